//! What a server announces after EHLO (RFC 5321 §4.1.1.1).

use super::Reply;
use crate::gather::Gather;

/// The extensions of one EHLO reply.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Extensions {
    /// Keyword in upper case and its parameters, in order; unknown ones too.
    pub keywords: Vec<(String, Vec<String>)>,
}

impl Extensions {
    /// Reads a reply to EHLO; its first line is the server's name, not an extension.
    #[must_use]
    pub fn parse(reply: &Reply) -> Self {
        let keywords = reply.lines.iter().skip(1).filter_map(|line| {
            // `AUTH=LOGIN PLAIN` is an old spelling that some servers repeat beside the right one.
            let line = match line.split_at_checked(5) {
                Some((head, rest)) if head.eq_ignore_ascii_case("AUTH=") => format!("AUTH {rest}"),
                _ => line.clone(),
            };
            let mut words = line.split_ascii_whitespace().map(str::to_owned);
            Some((words.next()?.to_ascii_uppercase(), words.gather()))
        });
        Self {
            keywords: keywords.gather(),
        }
    }

    /// Whether `keyword` is announced.
    #[must_use]
    pub fn has(&self, keyword: &str) -> bool {
        self.keywords.iter().any(|(name, _)| name == keyword)
    }

    /// The SASL mechanisms announced (RFC 4954 §3), in upper case, each once, in order.
    #[must_use]
    pub fn auth_mechanisms(&self) -> Vec<String> {
        let mut mechanisms: Vec<String> = Vec::new();
        for (name, parameters) in &self.keywords {
            for parameter in parameters.iter().filter(|_| name == "AUTH") {
                let mechanism = parameter.to_ascii_uppercase();
                if !mechanisms.contains(&mechanism) {
                    mechanisms.push(mechanism);
                }
            }
        }
        mechanisms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_in_any_case_and_the_old_auth_spelling() {
        let lines = [
            "mx.example at your service",
            "size 35651584",
            "STARTTLS",
            "auth login plain",
            "AUTH=LOGIN",
            "",
        ];
        let reply = Reply {
            code: 250,
            lines: lines.map(str::to_owned).to_vec(),
        };
        let extensions = Extensions::parse(&reply);
        assert!(
            extensions.has("STARTTLS") && extensions.has("SIZE") && !extensions.has("MX.EXAMPLE")
        );
        assert_eq!(extensions.auth_mechanisms(), ["LOGIN", "PLAIN"]);
    }
}
