//! Whether there is a feed at all, and for those who only ask for its head.

use super::super::dialogue::{Answer, Fault};
use super::{Case, Rule, date};

const STATUS: Rule = Rule::error("http-status", "RFC 9110, section 15");
const RETRY_AFTER: Rule = Rule::warning("http-retry-after", "RFC 9110, section 10.2.3");
const EMPTY: Rule = Rule::error("http-empty", "RFC 9110, section 15.3.1");
const PAGE: Rule = Rule::error("http-page", "RFC 9110, section 15.5.5");
const CUT: Rule = Rule::error("http-cut", "RFC 9112, section 8");
const HEAD: Rule = Rule::warning("http-head", "RFC 9110, section 9.3.2");

/// Says whether there is something that may be a feed.
pub(super) fn judge(case: &mut Case<'_, '_>) -> bool {
    let Some((_, answer)) = case.last().filter(|(_, answer)| !answer.is_redirect()) else {
        return false;
    };
    if answer.status != 200 {
        status(case, answer);
        return false;
    }
    if let Some(Fault::Cut(what)) = &answer.fault {
        case.report(&CUT, format!("the answer does not arrive in full: {what}"));
        return false;
    }
    if answer.size == 0 {
        case.report(&EMPTY, "the answer is 200, and it is empty");
        return false;
    }
    if answer.is_page() {
        case.report(&PAGE, "the answer is 200, and it is a web page");
        return false;
    }
    head(case, answer);
    true
}

fn status(case: &mut Case<'_, '_>, answer: &Answer) {
    let status = answer.status;
    case.report(
        &STATUS,
        format!("the answer is {status}{}", meaning(status)),
    );
    if !matches!(status, 429 | 503) {
        return;
    }
    match answer.headers.get("retry-after") {
        None => case.report(
            &RETRY_AFTER,
            format!("the answer is {status}, and does not say when to come again"),
        ),
        Some(when) if when.parse::<u32>().is_err() && date(when).is_none() => case.report(
            &RETRY_AFTER,
            format!("`Retry-After: {when}` is neither a number of seconds nor a date"),
        ),
        Some(_) => {}
    }
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 => ": readers have no password",
        403 => ": readers are refused",
        404 => ": there is nothing",
        410 => ": it is gone for ever, and readers unsubscribe",
        429 => ": readers come too often",
        500..=599 => ": the server fails",
        200..=299 => ", which is no answer with a feed",
        _ => "",
    }
}

fn head(case: &mut Case<'_, '_>, answer: &Answer) {
    let others = case.others().into_iter();
    let mut heads = others.filter(|(one, _)| one.request.method == "HEAD");
    let Some((_, head)) = heads.next() else {
        return;
    };
    if head.status != answer.status {
        let (head, get) = (head.status, answer.status);
        case.report(
            &HEAD,
            format!("`HEAD` is answered by {head}, and `GET` by {get}"),
        );
    } else if head.media_type() != answer.media_type() {
        let name = |answer: &Answer| answer.media_type().unwrap_or_else(|| "none".to_owned());
        let (head, get) = (name(head), name(answer));
        case.report(
            &HEAD,
            format!("by `HEAD` the media type is {head}, and by `GET` {get}"),
        );
    }
}
