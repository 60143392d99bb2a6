//! Media types.

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&b))
}

/// Whether a text is a media type, with parameters perhaps.
pub fn is_media_type(text: &str) -> bool {
    let mut parts = text.split(';');
    let essence = parts.next().unwrap_or_default().trim_end();
    let fits = essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
    fits && parts.all(|parameter| {
        parameter
            .trim()
            .split_once('=')
            .is_some_and(|(name, value)| {
                let quoted = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
                is_token(name) && (quoted || is_token(value))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for text in [
            "text/html",
            "image/svg+xml",
            "text/html; charset=utf-8",
            "a/b;c=\"d e\"",
        ] {
            assert!(is_media_type(text), "{text}");
        }
        for text in [
            "",
            "html",
            "text/",
            "/html",
            "text/html/x",
            "te xt/html",
            "a/b;c",
            "a/b;",
        ] {
            assert!(!is_media_type(text), "{text}");
        }
    }
}
