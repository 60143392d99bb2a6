//! The media type and the encoding, against what is there.

use feedwright_feed::Format;

use super::{Case, Rule};

const MISSING: Rule = Rule::warning("http-type-missing", "RFC 9110, section 8.3");
const HTML: Rule = Rule::error(
    "http-type-html",
    "RFC 4287, section 7; RFC 9110, section 8.3",
);
const WRONG: Rule = Rule::warning(
    "http-type-wrong",
    "RFC 4287, section 7; RFC 9110, section 8.3",
);
const GENERIC: Rule = Rule::note("http-type-generic", "RFC 7303, section 4.1");
const CHARSET: Rule = Rule::error("http-charset", "RFC 7303, section 3.2");

/// The media types of a format, the best one first.
pub(super) fn types(format: Format) -> &'static [&'static str] {
    match format {
        Format::Rss => &["application/rss+xml", "application/rdf+xml"],
        Format::Atom => &["application/atom+xml"],
        Format::Json => &["application/feed+json", "application/json"],
    }
}

pub(super) fn judge(case: &mut Case<'_, '_>) {
    let (Some((_, answer)), Some(format)) = (case.last(), case.content.format) else {
        return;
    };
    let Some(found) = answer.media_type() else {
        case.report(&MISSING, "the answer has no `Content-Type`");
        return;
    };
    let fitting = types(format);
    let best = fitting.first().copied().unwrap_or_default();
    let rule = match found.as_str() {
        found if fitting.contains(&found) => None,
        "text/xml" | "application/xml" if format != Format::Json => Some(&GENERIC),
        "text/html" | "application/xhtml+xml" => Some(&HTML),
        _ => Some(&WRONG),
    };
    if let Some(rule) = rule {
        case.report(
            rule,
            format!("the media type is {found}, and that of the feed is {best}"),
        );
    }
    let charset = answer.headers.get("content-type").and_then(charset);
    let Some(charset) = charset.filter(|_| !answer.body.is_empty()) else {
        return;
    };
    let declared = declared(&answer.body, format);
    // Where all is ASCII the two say the same.
    if !answer.body.is_ascii() && alike(&charset) != alike(&declared) {
        case.report(
            &CHARSET,
            format!("by `Content-Type` the text is in {charset}, and by itself in {declared}"),
        );
    }
}

/// The encoding that a field names.
fn charset(field: &str) -> Option<String> {
    let mut parameters = field
        .split(';')
        .skip(1)
        .filter_map(|one| one.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let value = value.trim().trim_matches(['"', '\'']);
    Some(value.to_ascii_lowercase()).filter(|value| !value.is_empty())
}

/// The encoding that a feed itself names, or has by default.
fn declared(body: &[u8], format: Format) -> String {
    let default = match body {
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] => "utf-16",
        _ => "utf-8",
    };
    let head = body.get(..body.len().min(200)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let named = head.split_once("?>").and_then(|(declaration, _)| {
        let (_, value) = declaration.split_once("encoding")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let quote = value
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\''))?;
        value.split(quote).nth(1)
    });
    let named = named.filter(|_| format != Format::Json);
    named.unwrap_or(default).to_ascii_lowercase()
}

/// An encoding by one of its names.
fn alike(name: &str) -> &str {
    match name {
        "utf8" => "utf-8",
        "utf-16le" | "utf-16be" => "utf-16",
        "latin1" | "iso8859-1" | "iso_8859-1" => "iso-8859-1",
        name => name,
    }
}
