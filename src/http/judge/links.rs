//! What names the feed beside its content: `Link`, its own address, and who may read it in a page.

use feedwright_feed::Format;
use url::Url;

use super::super::dialogue::Answer;
use super::{Case, Rule};

const HUB: Rule = Rule::error("http-hub-self", "WebSub, section 4");
const OWN: Rule = Rule::warning(
    "http-self-differs",
    "RFC 4287, section 4.2.7.2; WebSub, section 4",
);
const CORS: Rule = Rule::note("http-cors", "Fetch, section 3.3");

pub(super) fn judge(case: &mut Case<'_, '_>) {
    let Some((last, answer)) = case.last() else {
        return;
    };
    let url = &last.request.url;
    let links = links(answer, url);
    let linked = |rel: &str| {
        links
            .iter()
            .find(|(known, _)| known == rel)
            .map(|(_, url)| url)
    };
    let own = linked("self").cloned().or(case.content.own.clone());
    if let Some(hub) = linked("hub").filter(|_| linked("self").is_none()) {
        case.report(
            &HUB,
            format!("`Link` names the hub {hub}, and no address with `rel=self`"),
        );
    }
    let known = [url, &case.dialogue.asked];
    if let Some(own) = own.filter(|own| !known.contains(&own)) {
        case.report(
            &OWN,
            format!("the feed gives {own} as its own address, and is at {url}"),
        );
    }
    let from_page = case
        .others()
        .into_iter()
        .find(|(one, answer)| one.request.headers.get("origin").is_some() && answer.status == 200);
    let is_closed = from_page
        .is_some_and(|(_, answer)| answer.headers.get("access-control-allow-origin").is_none());
    if case.content.format == Some(Format::Json) && is_closed {
        case.report(
            &CORS,
            "no `Access-Control-Allow-Origin` lets readers that are web pages in",
        );
    }
}

/// The links of a head, each with a relation: RFC 8288, section 3.
pub(super) fn links(answer: &Answer, at: &Url) -> Vec<(String, Url)> {
    let mut links = Vec::new();
    for field in answer.headers.all("link") {
        let mut rest = field;
        while let Some((_, after)) = rest.split_once('<') {
            let Some((target, after)) = after.split_once('>') else {
                break;
            };
            // Parameters end where the next target begins.
            let parameters = after.split('<').next().unwrap_or_default();
            rest = after;
            let Ok(url) = at.join(target.trim()) else {
                continue;
            };
            for rel in relations(parameters) {
                links.push((rel, url.clone()));
            }
        }
    }
    links
}

fn relations(parameters: &str) -> Vec<String> {
    let parameters = parameters.trim().trim_end_matches(',').split(';');
    let mut named = parameters.filter_map(|one| one.split_once('='));
    let rel = named.find(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
    let value = rel.map_or("", |(_, value)| value.trim().trim_matches('"'));
    let relations = value.split_ascii_whitespace();
    relations.map(str::to_ascii_lowercase).collect()
}
