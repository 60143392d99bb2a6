//! Finds addresses that stand bare in a text, which some engines make links of.

use std::ops::Range;

use feedwright_base::slice::Slice;

use crate::dialect::BareLinks;

use super::fills::MARK;

/// The addresses in a text, each with where it leads.
pub(super) fn find(text: &str, rule: BareLinks) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = memchr::memchr3(b':', b'.', b'@', text.as_bytes().slice(at..)) {
        let mark = at + offset;
        at = mark + 1;
        let last = found
            .last()
            .map_or(0, |(range, _): &(Range<usize>, _)| range.end);
        let address = match text.as_bytes().get(mark) {
            Some(b':') => with_scheme(text, mark, rule),
            Some(b'.') => with_www(text, mark, rule),
            _ => email(text, mark),
        };
        if let Some((range, url)) = address.filter(|(range, _)| range.start >= last) {
            at = at.max(range.end);
            found.push((range, url));
        }
    }
    found
}

/// `https://example.gov`, given where its colon stands.
fn with_scheme(text: &str, colon: usize, rule: BareLinks) -> Option<(Range<usize>, String)> {
    let before = text.slice(..colon);
    let rest = text.slice(colon..).strip_prefix("://")?;
    let name = before.len() - letters_at_end(before);
    // Letters of another script may stand right before it.
    let scheme = ["https", "http", "ftp"]
        .into_iter()
        .find(|scheme| before.slice(name..).eq_ignore_ascii_case(scheme))?;
    let start = colon - scheme.len();
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    if !may_precede(text.slice(..start), rule) || host.is_empty() || rest.starts_with(['.', '-']) {
        return None;
    }
    if rule == BareLinks::Goldmark && !is_domain(host) {
        return None;
    }
    let end = end(text, start, rule);
    (end > colon + "://".len()).then(|| (start..end, text.slice(start..end).to_owned()))
}

/// Whether a host is one for Goldmark: `localhost` and numbers are none.
fn is_domain(host: &str) -> bool {
    let goes_on = |c: char| c.is_ascii_alphanumeric() || "-@%._+~=".contains(c) || c == MARK;
    let host = host.slice(..host.find(|c| !goes_on(c)).unwrap_or(host.len()));
    let host = host.trim_end_matches(|c: char| c != MARK && c.is_ascii_punctuation());
    let is_named = |(_, last): (&str, &str)| {
        !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    host.contains(MARK) || host.rsplit_once('.').is_some_and(is_named)
}

/// `www.example.gov`, given where its first full stop stands.
fn with_www(text: &str, stop: usize, rule: BareLinks) -> Option<(Range<usize>, String)> {
    let start = stop.checked_sub("www".len())?;
    let is_www = text
        .as_bytes()
        .slice(start..stop)
        .eq_ignore_ascii_case(b"www");
    if !is_www || !may_precede(text.get(..start)?, rule) {
        return None;
    }
    let end = end(text, start, rule);
    let host = text
        .get(stop + 1..end)?
        .split(['/', '?', '#', ':'])
        .next()?;
    let has_name = host.contains('.') && host.starts_with(|c: char| c.is_ascii_alphanumeric());
    let scheme = if rule == BareLinks::Goldmark {
        "https"
    } else {
        "http"
    };
    has_name.then(|| (start..end, format!("{scheme}://{}", text.slice(start..end))))
}

/// `name@example.gov`, given where its sign stands.
fn email(text: &str, sign: usize) -> Option<(Range<usize>, String)> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    let before = text.slice(..sign);
    let start = before.trim_end_matches(is_of_name).len();
    let is_of_host = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    let rest = text.slice(sign + 1..);
    let host = rest.slice(..rest.find(|c| !is_of_host(c)).unwrap_or(rest.len()));
    let host = host.trim_end_matches(['.', '-', '_']);
    let (name, last) = host.rsplit_once('.')?;
    let is_domain = last.len() > 1
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !name.is_empty()
        && !host.contains("..");
    // A letter before it belongs to the name, whatever its script; so does a slash to an address.
    let is_apart = !before
        .slice(..start)
        .ends_with(|c: char| c.is_alphanumeric() || c == '/');
    let end = sign + 1 + host.len();
    let is_over = !text.slice(end..).starts_with(['@', '/']);
    (start < sign && is_domain && is_apart && is_over)
        .then(|| (start..end, format!("mailto:{}", text.slice(start..end))))
}

fn letters_at_end(text: &str) -> usize {
    let letters = text.bytes().rev().take_while(u8::is_ascii_alphabetic);
    letters.count()
}

/// Whether an address may begin behind this text.
fn may_precede(before: &str, rule: BareLinks) -> bool {
    let Some(last) = before.chars().next_back() else {
        return true;
    };
    match rule {
        BareLinks::Off => false,
        BareLinks::Goldmark => last.is_whitespace() || "*_~(".contains(last),
        BareLinks::Gfm | BareLinks::LinkifyIt => !last.is_ascii_alphanumeric(),
    }
}

/// Where an address ends that begins at `start`.
fn end(text: &str, start: usize, rule: BareLinks) -> usize {
    let goes_on = |c: char| match rule {
        // What shortcodes made is part of it.
        BareLinks::Goldmark => (c.is_ascii_graphic() && c != '<') || c == MARK,
        BareLinks::LinkifyIt => {
            !c.is_whitespace() && !"<>|｜\"".contains(c) && (c.is_ascii() || c.is_alphanumeric())
        }
        BareLinks::Gfm | BareLinks::Off => !c.is_whitespace() && c != '<',
    };
    let rest = text.slice(start..);
    let mut url = rest.slice(..rest.find(|c| !goes_on(c)).unwrap_or(rest.len()));
    // What ends a sentence, and a bracket that was not opened in it, ends no address.
    loop {
        let trimmed = url.trim_end_matches(|c| "?!.,:*_~'\";".contains(c));
        let opened = trimmed.matches('(').count();
        let trimmed = match trimmed.strip_suffix(')') {
            Some(inner) if trimmed.matches(')').count() > opened => inner,
            _ => trimmed,
        };
        if trimmed.len() == url.len() {
            return start + url.len();
        }
        url = trimmed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, rule: BareLinks, expected: &[&str]) {
        let found: Vec<String> = find(text, rule)
            .into_iter()
            .map(|(range, url)| match text.slice(range) {
                shown if shown == url => url,
                shown => format!("{shown} to {url}"),
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses() {
        for rule in [BareLinks::Goldmark, BareLinks::Gfm, BareLinks::LinkifyIt] {
            check(
                "See https://example.gov/a_b?c=d#e.",
                rule,
                &["https://example.gov/a_b?c=d#e"],
            );
            check(
                "(http://a.gov/x_(y)), ftp://b.gov!",
                rule,
                &["http://a.gov/x_(y)", "ftp://b.gov"],
            );
            check(
                "pkg@1.2.3 a@b x.y 1:2 https:// httpx://a.gov a.www.b",
                rule,
                &[],
            );
            check(
                "me.x@a-b.gov.",
                rule,
                &["me.x@a-b.gov to mailto:me.x@a-b.gov"],
            );
            check(
                "https://a.gov/@me@b.gov",
                rule,
                &["https://a.gov/@me@b.gov"],
            );
        }
        check(
            "www.a.gov/b www.a",
            BareLinks::Goldmark,
            &["www.a.gov/b to https://www.a.gov/b"],
        );
        check(
            "http://localhost:1/x https://letsencrypt. org http://127.0.0.1/ http://a.b:80/c, https://b.gov. (http://x)",
            BareLinks::Goldmark,
            &["http://a.b:80/c", "https://b.gov"],
        );
        check(
            "http://localhost:1/x",
            BareLinks::Gfm,
            &["http://localhost:1/x"],
        );
        check(
            "www.a.gov",
            BareLinks::Gfm,
            &["www.a.gov to http://www.a.gov"],
        );
    }

    /// As Goldmark 1.7, marked 15, and linkify-it 5 have them.
    #[test]
    fn letters_of_other_scripts() {
        let text = "看https://a.gov/b，中文";
        check(text, BareLinks::Goldmark, &[]);
        check(text, BareLinks::Gfm, &["https://a.gov/b，中文"]);
        check(text, BareLinks::LinkifyIt, &["https://a.gov/b"]);
        check(
            "看 https://a.gov/b，中文",
            BareLinks::Goldmark,
            &["https://a.gov/b"],
        );
    }
}
