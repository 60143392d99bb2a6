//! Entity tags: RFC 9110, section 8.8.3.

/// A tag that no server gives.
pub(crate) const OTHER: &str = "\"feedwright-no-such-tag\"";

/// What servers put at the end of a tag, inside its quotes, when they compress.
const ENDINGS: [&str; 6] = ["-gzip", "-br", "-deflate", "-zstd", ";gzip", "--gzip"];

/// The tag as a weak one, where it is strong, and the other way round.
pub(crate) fn toggled(tag: &str) -> String {
    match tag.strip_prefix("W/") {
        Some(strong) => strong.to_owned(),
        None => format!("W/{tag}"),
    }
}

/// The tag without its weakness, as conditions compare it.
pub(super) fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// Whether a text is a tag: quotes, and nothing in between that ends them.
pub(super) fn is_tag(tag: &str) -> bool {
    let inner = opaque(tag).strip_prefix('"');
    let inner = inner.and_then(|inner| inner.strip_suffix('"'));
    inner.is_some_and(|inner| !inner.contains(['"', ' ']))
}

/// The tag without what compressing adds.
pub(super) fn bare(tag: &str) -> String {
    let inner = opaque(tag).trim_matches('"');
    let bare = ENDINGS.iter().find_map(|ending| inner.strip_suffix(ending));
    bare.unwrap_or(inner).to_owned()
}
