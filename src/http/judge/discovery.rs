//! Whether the home page leads to the feed.

use feedwright_base::html::tokens::{self, Tag, Token};
use url::Url;

use super::super::dialogue::{Answer, Request};
use super::links::links;
use super::{Case, Rule};

const HOME: Rule = Rule::warning("http-home", "RSS 2.0, section “Required channel elements”");
const UNDISCOVERED: Rule = Rule::warning("http-undiscovered", "HTML, section 4.6.7.1");

/// The media types by which browsers and readers know a feed in a page.
const TYPES: [&str; 4] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/json",
];

pub(super) fn judge(case: &mut Case<'_, '_>) {
    let (Some((feed, _)), Some(home)) = (case.last(), case.content.home.clone()) else {
        return;
    };
    let feed = feed.request.url.clone();
    // A feed that gives itself as its page has none.
    if home == feed {
        return;
    }
    let chain = case.dialogue.chain(&home, Request::is_plain);
    let Some(last) = chain.last() else {
        return;
    };
    match &last.answer {
        Err(failure) => {
            case.report(
                &HOME,
                format!("{home} cannot be fetched: {}", failure.message),
            );
        }
        Ok(answer) if answer.status != 200 => {
            let status = answer.status;
            case.report(&HOME, format!("{home} answers {status}"));
        }
        Ok(answer) if answer.is_page() && !names_feed(answer, &last.request.url, &feed) => {
            case.report(&UNDISCOVERED, format!("{home} names no feed"));
        }
        Ok(_) => {}
    }
}

fn names_feed(answer: &Answer, at: &Url, feed: &Url) -> bool {
    let by_head = links(answer, at);
    let mut is_named = by_head
        .iter()
        .any(|(rel, url)| rel == "alternate" && url == feed);
    let page = String::from_utf8_lossy(&answer.body);
    tokens::each(&page, |token| {
        if let Token::Start(tag) = token {
            is_named |= is_feed(tag, at, feed);
        }
    });
    is_named
}

/// Whether a tag names this feed, or another one.
fn is_feed(tag: &Tag, at: &Url, feed: &Url) -> bool {
    let value = |name| {
        tokens::attribute(tag, name)
            .map(str::trim)
            .unwrap_or_default()
    };
    let mut rels = value("rel").split_ascii_whitespace();
    let is_alternate = rels.any(|rel| rel.eq_ignore_ascii_case("alternate"));
    let url = at.join(value("href")).ok();
    let media_type = value("type").to_ascii_lowercase();
    &*tag.name == "link"
        && is_alternate
        && (TYPES.contains(&media_type.as_str()) || url.as_ref() == Some(feed))
}
