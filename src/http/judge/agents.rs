//! Whether readers get what browsers get.

use super::super::dialogue::{Answer, Exchange};
use super::{Case, Rule};

const WALL: Rule = Rule::error("http-wall", "RFC 9110, section 15.5.4");

/// What pages say that want to see a person first.
const CHALLENGES: [&str; 7] = [
    "just a moment...",
    "captcha",
    "challenge-platform",
    "enable javascript and cookies",
    "_incapsula_resource",
    "making sure you're not a bot",
    "ddos protection by",
];

/// Says whether a wall stands before the feed for whoever asked first.
pub(super) fn judge(case: &mut Case<'_, '_>) -> bool {
    let Some((first, answer)) = case.last() else {
        return false;
    };
    let others: Vec<_> = case
        .others()
        .into_iter()
        .filter(|(one, _)| one.request.is_plain())
        .collect();
    let is_feed = |answer: &Answer| answer.status == 200 && !answer.is_page();
    let is_open = is_feed(answer) || others.iter().any(|(_, answer)| is_feed(answer));
    let is_walled = |answer: &Answer| {
        is_challenge(answer)
            || (is_open && (matches!(answer.status, 401 | 403 | 406 | 503) || answer.is_page()))
    };
    if is_walled(answer) {
        let what = words(answer);
        case.report(&WALL, format!("{} gets {what}", name(first)));
        return true;
    }
    // A browser may be shown a page where readers get the feed.
    let readers = others.into_iter().filter(|(one, _)| !is_browser(one));
    let walled = readers.filter(|(_, answer)| is_feed_asked(answer) && is_walled(answer));
    for (one, answer) in walled {
        let what = words(answer);
        case.report(
            &WALL,
            format!("{} gets {what}, and others the feed", name(one)),
        );
    }
    false
}

/// Who asks too often is told so, whoever it is.
fn is_feed_asked(answer: &Answer) -> bool {
    answer.status != 429
}

fn words(answer: &Answer) -> String {
    match answer.status {
        200 => "a web page that asks for a person".to_owned(),
        status => status.to_string(),
    }
}

fn name(exchange: &Exchange) -> String {
    let name = exchange
        .request
        .headers
        .get("user-agent")
        .unwrap_or("a reader");
    format!("`{name}`")
}

fn is_browser(exchange: &Exchange) -> bool {
    let name = exchange
        .request
        .headers
        .get("user-agent")
        .unwrap_or_default();
    ["Firefox/", "Chrome/", "Safari/"]
        .iter()
        .any(|browser| name.contains(browser))
}

/// Whether an answer asks who is there.
fn is_challenge(answer: &Answer) -> bool {
    if answer.headers.get("cf-mitigated") == Some("challenge") {
        return true;
    }
    // An error page may talk of anything.
    if !answer.is_page() || !matches!(answer.status, 200 | 403 | 429 | 503) {
        return false;
    }
    let page = String::from_utf8_lossy(&answer.body).to_ascii_lowercase();
    CHALLENGES.iter().any(|words| page.contains(words))
}
