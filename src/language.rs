//! Language tags.

/// A BCP 47 language tag in its usual case, from what authors write: `en_us` is `en-US`.
pub(crate) fn language_tag(text: &str) -> Option<String> {
    // A POSIX locale ends in an encoding, as in `de_DE.UTF-8`.
    let text = text
        .trim()
        .split('.')
        .next()
        .unwrap_or_default()
        .replace('_', "-");
    let mut tag = String::new();
    for (at, part) in text.split('-').enumerate() {
        let alphanumeric =
            !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !alphanumeric {
            return None;
        }
        if at == 0 {
            // Primary subtags have two or three letters; longer ones are words such as "english".
            if !(2..=3).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphabetic()) {
                return None;
            }
            tag = part.to_ascii_lowercase();
            continue;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            ("en", Some("en")),
            ("en_us", Some("en-US")),
            ("EN-us", Some("en-US")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("de_DE.UTF-8", Some("de-DE")),
            ("es-419", Some("es-419")),
            ("english", None),
            ("", None),
            ("en-", None),
            ("e", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), expected, "{text}");
        }
    }
}
