//! Whether who has the feed already is told so: 304 by tag, by date and by both.

use super::super::dialogue::{Answer, Headers};
use super::{Case, Rule, etag};

const STATUS: Rule = Rule::error("http-condition-status", "RFC 9110, section 13.2.2");
const UNSTABLE: Rule = Rule::warning("http-unstable", "RFC 9110, section 8.8.1");
const ETAG_IGNORED: Rule = Rule::warning("http-etag-ignored", "RFC 9110, section 13.1.2");
const ETAG_GZIP: Rule = Rule::warning(
    "http-etag-gzip",
    "RFC 9110, section 8.8.3.3; Apache HTTP Server, bug 45023",
);
const ETAG_UNSTABLE: Rule = Rule::warning("http-etag-unstable", "RFC 9110, section 8.8.3");
const ETAG_STRONG: Rule = Rule::warning("http-etag-strong", "RFC 9110, section 13.1.2");
const DATE_IGNORED: Rule = Rule::warning("http-modified-ignored", "RFC 9110, section 13.1.3");
const DATE_UNSTABLE: Rule = Rule::warning("http-modified-unstable", "RFC 9110, section 8.8.2");
const BOTH_IGNORED: Rule = Rule::warning("http-both-ignored", "RFC 9110, section 13.2.2");
const PRECEDENCE: Rule = Rule::error("http-precedence", "RFC 9110, section 13.1.3");
const TAGLESS: Rule = Rule::warning("http-304-etag", "RFC 9110, section 15.4.5");

/// What a request says that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Condition {
    Tag,
    /// The tag with its weakness the other way round.
    Toggled,
    Date,
    Both,
    /// The right date, and another tag.
    Other,
}

impl Condition {
    fn of(asked: &Headers, first: &Answer) -> Option<Self> {
        let own = first.headers.get("etag").unwrap_or_default();
        let date = asked.get("if-modified-since");
        // Of an older date nobody knows what is right.
        if date.is_some() && date != first.headers.get("last-modified") {
            return None;
        }
        match (asked.get("if-none-match"), date) {
            (None, date) => date.map(|_| Condition::Date),
            (Some(tag), None) if tag == own => Some(Condition::Tag),
            (Some(tag), None) if etag::opaque(tag) == etag::opaque(own) => Some(Condition::Toggled),
            (Some(tag), Some(_)) if tag == own => Some(Condition::Both),
            (Some(etag::OTHER), Some(_)) => Some(Condition::Other),
            _ => None,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Condition::Tag | Condition::Toggled => "`If-None-Match`",
            Condition::Date => "`If-Modified-Since`",
            Condition::Both | Condition::Other => "`If-None-Match` with `If-Modified-Since`",
        }
    }
}

pub(super) fn judge(case: &mut Case<'_, '_>) {
    let Some((_, first)) = case.last() else {
        return;
    };
    let others = case.others().into_iter();
    let asked: Vec<(Condition, &Answer)> = others
        .filter(|(one, _)| {
            one.request.method == "GET" && one.request.headers.get("range").is_none()
        })
        .filter_map(|(one, answer)| Some((Condition::of(&one.request.headers, first)?, answer)))
        .collect();
    if let Some((condition, answer)) = asked.iter().find(|(_, answer)| answer.status >= 400) {
        let (words, status) = (condition.words(), answer.status);
        case.report(&STATUS, format!("{words} is answered by {status}"));
        return;
    }
    let of = |wanted: Condition| {
        let found = asked.iter().find(|(condition, _)| *condition == wanted);
        found.map(|(_, answer)| *answer)
    };
    let differs = |answer: &&Answer| answer.status == 200 && answer.body != first.body;
    let mut is_unstable = asked.iter().map(|(_, answer)| *answer).filter(differs);
    // What is another feed each time cannot be known again.
    if is_unstable.next().is_some() && of(Condition::Tag).is_none_or(|answer| answer.status == 200)
    {
        case.report(&UNSTABLE, "the content is another one at each request");
        return;
    }
    let tag = of(Condition::Tag).map(|answer| by_tag(case, first, answer));
    let date = of(Condition::Date).map(|answer| by_date(case, first, answer));
    if tag != Some(false) && date != Some(false) && is_full(of(Condition::Both)) {
        case.report(
            &BOTH_IGNORED,
            "the feed is sent again to who names its tag and its date",
        );
    }
    if tag == Some(true) && is_full(of(Condition::Toggled)) {
        case.report(
            &ETAG_STRONG,
            "the feed is sent again to who names its tag weak in place of strong, or the other way round",
        );
    }
    if of(Condition::Other).is_some_and(|answer| answer.status == 304) {
        case.report(
            &PRECEDENCE,
            "to who names another tag and the date the answer is 304",
        );
    }
}

fn is_full(answer: Option<&Answer>) -> bool {
    answer.is_some_and(|answer| answer.status == 200)
}

/// Whether the tag is honoured.
fn by_tag(case: &mut Case<'_, '_>, first: &Answer, answer: &Answer) -> bool {
    let own = first.headers.get("etag").unwrap_or_default();
    let now = answer.headers.get("etag");
    let is_same = now.is_some_and(|now| etag::opaque(now) == etag::opaque(own));
    if answer.status == 304 {
        // Of the answer that is not compressed it is as good.
        if now.is_none_or(|now| etag::bare(now) != etag::bare(own)) {
            let now = now.unwrap_or("none");
            case.report(
                &TAGLESS,
                format!("the tag of the feed is {own}, and that of 304 is {now}"),
            );
        }
        return true;
    }
    let bare = etag::bare(own);
    let is_compressed = first.headers.get("content-encoding").is_some();
    if is_compressed && format!("\"{bare}\"") != etag::opaque(own) {
        case.report(
            &ETAG_GZIP,
            format!("the feed is sent again to who names {own}, the tag that it has compressed"),
        );
    } else if is_same || now.is_none() {
        case.report(
            &ETAG_IGNORED,
            format!("the feed is sent again to who names its tag {own}"),
        );
    } else {
        let now = now.unwrap_or_default();
        case.report(
            &ETAG_UNSTABLE,
            format!("the same feed has the tag {own}, and then {now}"),
        );
    }
    false
}

/// Whether the date is honoured.
fn by_date(case: &mut Case<'_, '_>, first: &Answer, answer: &Answer) -> bool {
    if answer.status == 304 {
        return true;
    }
    let own = first.headers.get("last-modified").unwrap_or_default();
    let now = answer.headers.get("last-modified");
    match now.filter(|now| *now != own) {
        Some(now) => case.report(
            &DATE_UNSTABLE,
            format!("the same feed was modified on {own}, and then on {now}"),
        ),
        None => case.report(
            &DATE_IGNORED,
            format!("the feed is sent again to who has that of {own}"),
        ),
    }
    false
}
