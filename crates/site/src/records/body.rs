//! The text of a record, which stands under one of three keys.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The keys of texts, in order of precedence: HTML, Markdown and plain text.
pub const BODIES: [&str; 3] = ["content_html", "content_markdown", "content_text"];

/// What a record has for a text.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    /// The first text that is not blank.
    pub(super) text: Option<Cow<'a, str>>,
    /// A key whose value is no text.
    pub(super) wrong: Option<&'static str>,
}

/// The text of a line; none where the line cannot be read.
pub(super) fn of(line: &str) -> Body<'_> {
    let Ok(All(texts)) = serde_json::from_str::<All<'_>>(line) else {
        return Body::default();
    };
    let mut body = Body::default();
    for (key, text) in BODIES.into_iter().zip(texts) {
        match text {
            Some(Text::Written(text)) if !text.trim().is_empty() && body.text.is_none() => {
                body.text = Some(text);
            }
            Some(Text::Other) => body.wrong = Some(key),
            _ => {}
        }
    }
    body
}

/// The values of the keys of texts.
struct All<'a>([Option<Text<'a>>; 3]);

impl<'de> Deserialize<'de> for All<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Of;
        impl<'de> Visitor<'de> for Of {
            type Value = All<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<All<'de>, A::Error> {
                let mut all = All([None, None, None]);
                while let Some(Word(key)) = map.next_key()? {
                    let at = BODIES.iter().position(|name| *name == key);
                    match at.and_then(|at| all.0.get_mut(at)) {
                        Some(text) => *text = Some(map.next_value()?),
                        None => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(all)
            }
        }
        deserializer.deserialize_map(Of)
    }
}

/// A key, without a copy where it has no escapes.
struct Word<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Word<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Text::deserialize(deserializer)? {
            Text::Written(text) => Ok(Word(text)),
            Text::Nothing | Text::Other => Ok(Word(Cow::Borrowed(""))),
        }
    }
}

/// A value that should be a text.
enum Text<'a> {
    Written(Cow<'a, str>),
    Nothing,
    Other,
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Of;
        impl<'de> Visitor<'de> for Of {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text::Written(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text::Written(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Text<'de>, E> {
                Ok(Text::Written(Cow::Owned(text)))
            }

            fn visit_unit<E>(self) -> Result<Text<'de>, E> {
                Ok(Text::Nothing)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Text<'de>, E> {
                Ok(Text::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Text<'de>, E> {
                Ok(Text::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Text<'de>, E> {
                Ok(Text::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Text<'de>, E> {
                Ok(Text::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Text<'de>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Text::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text<'de>, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Text::Other)
            }
        }
        deserializer.deserialize_any(Of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_text_counts() {
        let text = |line: &str| of(line).text.map(Cow::into_owned);
        assert_eq!(
            text(r#"{"content_text":"a","content_html":"<p>\u00e9</p>"}"#).as_deref(),
            Some("<p>é</p>")
        );
        assert_eq!(
            text(r#"{"content_html":" ","content_markdown":null,"content_text":"b"}"#).as_deref(),
            Some("b")
        );
        assert_eq!(text(r#"{"a":1}"#), None);
        assert_eq!(text("{"), None);
        assert_eq!(of(r#"{"content_html":[1]}"#).wrong, Some("content_html"));
    }
}
