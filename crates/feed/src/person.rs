//! People, as feeds name them.

use feedwright_base::email::is_address;
use feedwright_base::permalink;
use url::Url;

/// A person or an organization.
///
/// - Atom: a person construct, RFC 4287 section 3.2.
/// - RSS: `dc:creator`, by name alone.
/// - JSON Feed: an `authors` object; the e-mail address is left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Person {
    /// The name as people read it.
    pub name: String,
    /// An e-mail address.
    pub email: Option<String>,
    /// An absolute URL.
    pub url: Option<String>,
    /// A picture, as an absolute URL. JSON Feed alone has it.
    pub avatar: Option<String>,
}

impl Person {
    /// Somebody of whom nothing but the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Person {
            name: name.into(),
            email: None,
            url: None,
            avatar: None,
        }
    }

    /// The person with only such addresses as a feed may carry: an e-mail address with one `@`, which
    /// our own check finds right, and URLs that are absolute or can be made so.
    pub fn checked(self, base: &Url) -> Person {
        let email = self.email.filter(|email| {
            let is_usual = email.is_ascii() && !email.contains(['"', '[']);
            let domain = email.rsplit_once('@').map(|(_, domain)| domain);
            is_usual && domain.is_some_and(|domain| domain.contains('.')) && is_address(email)
        });
        let absolute = |url: String| permalink::absolute(&url, base).map(String::from);
        Person {
            name: self.name,
            email,
            url: self.url.and_then(absolute),
            avatar: self.avatar.and_then(absolute),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_no_feed_can_have_are_left_out() {
        let base = Url::parse("https://example.gov/").expect("a URL");
        let kept = |email: &str| {
            let person = Person {
                email: Some(email.to_owned()),
                ..Person::named("A")
            };
            person.checked(&base).email.is_some()
        };
        for email in ["a@example.gov", "a.b+c@sub.example.gov", "o'a@example.gov"] {
            assert!(kept(email), "{email}");
        }
        for email in [
            "a",
            "a@",
            "@example.gov",
            "a@local",
            "a@b@example.gov",
            "a b@example.gov",
            "\"a\"@example.gov",
            "a@[10.0.0.1]",
            "é@example.gov",
            "a@examp|le.gov",
            "a@-b.gov",
            "a@example..gov",
            "a..b@example.gov",
            ".a@example.gov",
            "<a@example.gov>",
        ] {
            assert!(!kept(email), "{email}");
        }
    }
}
