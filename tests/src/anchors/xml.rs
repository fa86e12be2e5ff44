//! As much of XML as two tools write: the tags of a text one after another, with their attributes. A whole reader of XML
//! would be a dependency for a dozen lines.

/// A start tag's name and its attributes as they stand.
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    attributes: &'a str,
    /// The text between this tag and the next.
    pub(super) text: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, nothing in it undone: none that is read here has anything to undo.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let attributes = self.attributes;
        let place = attributes.match_indices(name).find(|(place, _)| {
            attributes[..*place].ends_with(' ')
                && attributes[place + name.len()..].starts_with("=\"")
        });
        let value = &attributes[place?.0 + name.len() + 2..];
        value.split_once('"').map(|(value, _)| value)
    }
}

/// All tags in their order; end tags begin with a slash.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    text.split('<').skip(1).filter_map(|part| {
        let (tag, text) = part.split_once('>')?;
        let tag = tag.trim_end_matches('/');
        let name = tag.split(' ').next()?;
        Some(Tag {
            name,
            attributes: &tag[name.len()..],
            text,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_follow_each_other() {
        let text = r#"<a one="1" stone="2"><elem key="name">TLS</elem><b/></a>"#;
        let names: Vec<_> = tags(text).map(|tag| tag.name).collect();
        assert_eq!(names, ["a", "elem", "/elem", "b", "/a"]);
        let first = tags(text).next().expect("a tag");
        assert_eq!(
            (first.attribute("one"), first.attribute("tone")),
            (Some("1"), None)
        );
        assert_eq!(tags(text).nth(1).expect("a tag").text, "TLS");
    }
}
