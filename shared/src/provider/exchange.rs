//! Providers that take mail for many domains, known by the names of their mail exchanges.
//!
//! What they ask their customers to publish changes rarely; nothing of it is handed over untried.

use crate::dns::Name;

/// A provider that takes mail.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Hosting {
    /// Its exchanges lie below this name.
    pub exchanges: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The SPF record of its servers, which customers include.
    pub spf: &'static str,
}

/// The provider that an exchange belongs to.
#[must_use]
pub fn of_exchange(exchange: &Name) -> Option<&'static Hosting> {
    PROVIDERS.iter().find(|provider| {
        let front = exchange.as_str().strip_suffix(provider.exchanges);
        front.is_some_and(|front| front.is_empty() || front.ends_with('.'))
    })
}

const fn provider(exchanges: &'static str, name: &'static str, spf: &'static str) -> Hosting {
    Hosting {
        exchanges,
        name,
        spf,
    }
}

static PROVIDERS: [Hosting; 22] = [
    provider("google.com", "Google", "_spf.google.com"),
    provider("googlemail.com", "Google", "_spf.google.com"),
    provider(
        "mail.protection.outlook.com",
        "Microsoft 365",
        "spf.protection.outlook.com",
    ),
    provider(
        "mx.microsoft",
        "Microsoft 365",
        "spf.protection.outlook.com",
    ),
    provider("zoho.com", "Zoho", "zohomail.com"),
    provider("zoho.eu", "Zoho", "zohomail.eu"),
    provider("yandex.net", "Yandex", "_spf.yandex.net"),
    provider("yandex.ru", "Yandex", "_spf.yandex.net"),
    provider("emx.mail.ru", "VK WorkSpace", "_spf.mail.ru"),
    provider("protonmail.ch", "Proton Mail", "_spf.protonmail.ch"),
    provider("messagingengine.com", "Fastmail", "spf.messagingengine.com"),
    provider("mail.icloud.com", "iCloud", "icloud.com"),
    provider("secureserver.net", "GoDaddy", "secureserver.net"),
    provider("emailsrvr.com", "Rackspace", "emailsrvr.com"),
    provider("mail.gandi.net", "Gandi", "_mailcust.gandi.net"),
    provider("mail.ovh.net", "OVHcloud", "mx.ovh.com"),
    provider("kundenserver.de", "IONOS", "_spf.kundenserver.de"),
    provider("mailbox.org", "mailbox.org", "mailbox.org"),
    provider("migadu.com", "Migadu", "spf.migadu.com"),
    provider("privateemail.com", "Namecheap", "spf.privateemail.com"),
    provider("hostinger.com", "Hostinger", "_spf.mail.hostinger.com"),
    provider("tutanota.de", "Tuta", "spf.tutanota.de"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanges_are_known_by_their_whole_labels() {
        let named = |text: &str| Some(of_exchange(&Name::parse(text).unwrap())?.name);
        assert_eq!(named("aspmx.l.google.com"), Some("Google"));
        assert_eq!(named("mailbox.org"), Some("mailbox.org"));
        assert_eq!(named("mx.notgoogle.com"), None);
        assert_eq!(named("google.com.example.org"), None);
    }

    #[test]
    fn every_include_can_be_published() {
        for provider in &PROVIDERS {
            let record = format!("v=spf1 include:{} ~all", provider.spf);
            assert!(crate::spf::Record::parse(&record).is_ok(), "{record}");
        }
    }
}
