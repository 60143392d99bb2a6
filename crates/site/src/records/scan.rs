//! Looks at the keys of JSON that may be cut off or broken further on.

use feedwright_base::slice::Slice;

/// The keys of the object that a text begins with, each with what follows its colon, as far as the
/// text can be followed. This is no parser: what is wrong in a value is passed over where that can
/// be.
pub fn keys(text: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let Some(start) = text.find('{') else {
        return found;
    };
    let (bytes, mut at, mut depth) = (text.as_bytes(), start, 0_usize);
    // Only after an opening brace or a comma a text is a key.
    let mut may_be_key = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' => {
                depth += 1;
                may_be_key = depth == 1;
                at += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
                at += 1;
            }
            b',' => {
                may_be_key = depth == 1;
                at += 1;
            }
            b'"' => {
                let end = string_end(bytes, at);
                let rest = text.slice(end.min(text.len())..).trim_start();
                if may_be_key
                    && let Some(value) = rest.strip_prefix(':')
                    && let Ok(key) = serde_json::from_str(text.slice(at..end))
                {
                    found.push((key, value.trim_start()));
                }
                may_be_key = false;
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The text or number that something begins with.
pub(super) fn scalar(value: &str) -> Option<String> {
    if value.starts_with('"') {
        let end = string_end(value.as_bytes(), 0);
        return serde_json::from_str(value.slice(..end)).ok();
    }
    number(value).map(str::to_owned)
}

/// The number that something begins with, with all its digits: an id may have more of them than
/// any type of number.
pub fn number(value: &str) -> Option<&str> {
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
    let number = value.slice(..end.unwrap_or(value.len()));
    number
        .starts_with(|c: char| c.is_ascii_digit() || c == '-')
        .then_some(number)
}

/// The byte behind a string that begins at a quote; the end of the text where it has none.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_has_keys_or_none(text in "([{}\\[\\]:,\"\\\\é1]|\"id\"){0,24}") {
            for (_, value) in keys(&text) {
                scalar(value);
            }
        }
    }

    #[test]
    fn keys_are_found_in_what_is_broken() {
        let names =
            |text: &str| -> Vec<String> { keys(text).into_iter().map(|(key, _)| key).collect() };
        assert_eq!(
            names(r#"{"a":{"b":1},"c":["d",{"e":2}],"f":"g:"}"#),
            ["a", "c", "f"]
        );
        assert_eq!(names(r#"{"a":?,"b":"\"x","c"#), ["a", "b"]);
        assert_eq!(names(r#"{"é\u0041": "cut"#), ["éA"]);
        assert!(names("[1]").is_empty());
        let value = |text: &str| keys(text).pop().and_then(|(_, value)| scalar(value));
        assert_eq!(value(r#"{"id": "a\"b", "#).as_deref(), Some("a\"b"));
        assert_eq!(value(r#"{"id": 42, ]"#).as_deref(), Some("42"));
        assert_eq!(value(r#"{"id": "a"#), None);
    }
}
