//! The filters of Liquid that turn one text into another.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use feedwright_base::slice::Slice;
use feedwright_base::{permalink, slug, text};

use super::{Context, LONGEST_VALUE};

/// What a filter makes of a text; `None` for one that is not known, or whose result would be
/// no text.
pub(super) fn apply(
    name: &str,
    text: String,
    argument: &dyn Fn(usize) -> Option<String>,
    context: &Context<'_>,
) -> Option<String> {
    let number = |at: usize, default: usize| match argument(at) {
        Some(text) => text.parse::<usize>().ok(),
        None => Some(default),
    };
    Some(match name {
        "relative_url" | "url" => relative(context, &text)?,
        "absolute_url" => permalink::on_site(context.base, &text).ok()?.to_string(),
        "prepend" => argument(0)? + &text,
        "append" => text + &argument(0)?,
        "replace" => replaced(&text, &argument(0)?, &argument(1)?)?,
        "replace_first" => text.replacen(&argument(0)?, &argument(1)?, 1),
        "remove" => text.replace(&argument(0)?, ""),
        "remove_first" => text.replacen(&argument(0)?, "", 1),
        "escape" | "xml_escape" | "escape_once" => html_escape::encode_safe(&text).into_owned(),
        "strip" => text.trim().to_owned(),
        "lstrip" => text.trim_start().to_owned(),
        "rstrip" => text.trim_end().to_owned(),
        "downcase" => text.to_lowercase(),
        "upcase" => text.to_uppercase(),
        "capitalize" => capitalized(&text),
        "uri_escape" => permalink::encode(&text),
        "url_encode" | "cgi_escape" => form_encoded(&text),
        "strip_html" => text::strip_tags(&text),
        "strip_newlines" => text.replace(['\n', '\r'], ""),
        "newline_to_br" => replaced(&text, "\n", "<br>\n")?,
        "normalize_whitespace" => text.split_whitespace().collect::<Vec<_>>().join(" "),
        "slugify" | "slug" => slug::jekyll(&text, false, false),
        "truncate" => truncated(&text, number(0, 50)?, argument(1)),
        "truncatewords" => first_words(&text, number(0, 15)?, argument(1)),
        "size" => text.chars().count().to_string(),
        "date" => dated(&text, &argument(0)?)?,
        "date_to_string" => dated(&text, "%d %b %Y")?,
        "date_to_long_string" => dated(&text, "%d %B %Y")?,
        "date_to_xmlschema" => instant(&text)?.to_rfc3339(),
        "date_to_rfc822" => dated(&text, "%a, %d %b %Y %H:%M:%S %z")?,
        "markdownify" | "smartify" => text,
        _ => return None,
    })
}

/// A path with the site's own path in front.
fn relative(context: &Context<'_>, path: &str) -> Option<String> {
    if path.contains("://") {
        return Some(path.to_owned());
    }
    permalink::on_site(context.base, path)
        .ok()
        .map(|url| url.path().to_owned())
}

/// The text with one part replaced, unless that would make it too long.
fn replaced(text: &str, from: &str, to: &str) -> Option<String> {
    let growth = text.matches(from).count().checked_mul(to.len())?;
    (text.len() + growth <= LONGEST_VALUE).then(|| text.replace(from, to))
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn form_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The length counts the ellipsis, as in Liquid.
fn truncated(text: &str, length: usize, ellipsis: Option<String>) -> String {
    let ellipsis = ellipsis.unwrap_or_else(|| "...".to_owned());
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let kept = length.saturating_sub(ellipsis.chars().count());
    text.chars().take(kept).collect::<String>() + &ellipsis
}

fn first_words(text: &str, count: usize, ellipsis: Option<String>) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= count.max(1) {
        return text.to_owned();
    }
    words.slice(..count.max(1)).join(" ") + &ellipsis.unwrap_or_else(|| "...".to_owned())
}

/// A date in a format whose directives mean the same to Ruby and to us. There is no `now`: the
/// same files give the same feeds on any day.
fn dated(text: &str, format: &str) -> Option<String> {
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            continue;
        }
        let directive = match chars.next()? {
            '-' => chars.next()?,
            directive => directive,
        };
        if !"YCymBbhdejHIklMSpPaAuwFDTRzGVUs%".contains(directive) {
            return None;
        }
    }
    // What is left of the padding flag may still be refused, and must not panic.
    let items: Vec<_> = chrono::format::StrftimeItems::new(format).collect();
    if items.contains(&chrono::format::Item::Error) {
        return None;
    }
    Some(instant(text)?.format_with_items(items.iter()).to_string())
}

fn instant(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant);
    }
    if let Ok(instant) = DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S %z") {
        return Some(instant);
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").ok();
    let local = local.or_else(|| {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        day.and_hms_opt(0, 0, 0)
    });
    local.map(|local| local.and_utc().fixed_offset())
}
