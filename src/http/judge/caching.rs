//! What the answer says of how long it holds, and by what it is known again.

use super::super::dialogue::Answer;
use super::{Case, Rule, date, etag};

const VALIDATOR: Rule = Rule::warning("http-validator-missing", "RFC 9110, section 8.8");
const ETAG: Rule = Rule::error("http-etag-malformed", "RFC 9110, section 8.8.3");
const MODIFIED: Rule = Rule::error("http-modified-malformed", "RFC 9110, section 8.8.2");
const FUTURE: Rule = Rule::warning("http-modified-future", "RFC 9110, section 8.8.2.1");
const FORBIDDEN: Rule = Rule::warning("http-cache-forbidden", "RFC 9111, section 5.2.2.5");
const LONG: Rule = Rule::warning("http-cache-long", "RFC 9111, section 4.2.1");
const UNSAID: Rule = Rule::note("http-cache-unsaid", "RFC 9111, section 4.2.2");
const COOKIE: Rule = Rule::note("http-cookie", "RFC 9111, section 7.3");

/// For how many seconds nobody misses a new post.
const FRESH: i64 = 24 * 60 * 60;

/// By how many seconds two clocks of a server differ.
const SLACK: i64 = 60;

pub(super) fn judge(case: &mut Case<'_, '_>) {
    let Some((_, answer)) = case.last() else {
        return;
    };
    validators(case, answer);
    lifetime(case, answer);
    if answer.headers.get("set-cookie").is_some() {
        case.report(&COOKIE, "the feed comes with a cookie");
    }
}

fn validators(case: &mut Case<'_, '_>, answer: &Answer) {
    let tag = answer.headers.get("etag");
    let modified = answer.headers.get("last-modified");
    if tag.is_none() && modified.is_none() {
        case.report(
            &VALIDATOR,
            "the answer has neither `ETag` nor `Last-Modified`",
        );
    }
    if let Some(tag) = tag.filter(|tag| !etag::is_tag(tag)) {
        case.report(&ETAG, format!("`ETag: {tag}` is no tag in quotes"));
    }
    let Some(modified) = modified else {
        return;
    };
    let Some(moment) = date(modified) else {
        case.report(
            &MODIFIED,
            format!("`Last-Modified: {modified}` is no date of HTTP"),
        );
        return;
    };
    let now = answer.headers.get("date").and_then(date);
    if now.is_some_and(|now| moment.epoch() > now.epoch() + SLACK) {
        case.report(
            &FUTURE,
            format!("`Last-Modified: {modified}` is later than `Date`"),
        );
    }
}

fn lifetime(case: &mut Case<'_, '_>, answer: &Answer) {
    let control = answer.headers.list("cache-control");
    if control.iter().any(|one| one == "no-store") {
        case.report(
            &FORBIDDEN,
            "`Cache-Control: no-store` forbids readers to keep the feed",
        );
        return;
    }
    let seconds = |name: &str| {
        let mut all = control.iter().filter_map(|one| one.split_once('='));
        let (_, value) = all.find(|(known, _)| *known == name)?;
        value.trim_matches('"').parse::<i64>().ok()
    };
    let is_checked = control.iter().any(|one| one == "no-cache");
    let expires = answer.headers.get("expires");
    let age = match seconds("max-age").max(seconds("s-maxage")) {
        Some(age) => Some(age),
        None => expires.and_then(date).and_then(|end| {
            let now = answer.headers.get("date").and_then(date)?;
            Some(end.epoch() - now.epoch())
        }),
    };
    if let Some(age) = age.filter(|age| *age > FRESH && !is_checked) {
        case.report(
            &LONG,
            format!("the feed may be kept for {age} seconds without a look"),
        );
    }
    if control.is_empty() && expires.is_none() && answer.headers.get("last-modified").is_some() {
        case.report(
            &UNSAID,
            "neither `Cache-Control` nor `Expires` says how long the feed holds",
        );
    }
}
