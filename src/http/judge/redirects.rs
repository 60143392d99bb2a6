//! The way from the address that readers have to the feed.

use super::super::fetch::REDIRECTS;
use super::{Case, Rule};

const NOWHERE: Rule = Rule::error("http-redirect-nowhere", "RFC 9110, section 10.2.2");
const LOOP: Rule = Rule::error("http-redirect-loop", "RFC 9110, section 15.4");
const LONG: Rule = Rule::error("http-redirect-long", "RFC 9110, section 15.4");
const CHAIN: Rule = Rule::warning("http-redirect-chain", "RFC 9110, section 15.4");
const DOWNGRADE: Rule = Rule::error("http-redirect-downgrade", "RFC 9110, section 17.2");
const TEMPORARY: Rule = Rule::warning("http-redirect-temporary", "RFC 9110, section 15.4.3");

pub(super) fn judge(case: &mut Case<'_, '_>) {
    let mut seen = Vec::new();
    let mut temporary = None;
    for exchange in case.chain {
        let from = &exchange.request.url;
        seen.push(from.clone());
        let Some(answer) = exchange.answered().filter(|answer| answer.is_redirect()) else {
            break;
        };
        let status = answer.status;
        let Some(target) = answer.target(from) else {
            let location = answer.headers.get("location").unwrap_or_default();
            case.report(
                &NOWHERE,
                format!("{from} answers {status} and leads to `{location}`"),
            );
            return;
        };
        if from.scheme() == "https" && target.scheme() == "http" {
            case.report(
                &DOWNGRADE,
                format!("{from} leads to {target}, which is not encrypted"),
            );
        }
        if matches!(status, 302 | 303 | 307) {
            temporary = temporary.or(Some(format!("{from} leads to {target} by {status}")));
        }
        if seen.contains(&target) {
            case.report(&LOOP, format!("{from} leads back to {target}"));
            return;
        }
    }
    if let Some(what) = temporary {
        case.report(&TEMPORARY, what);
    }
    let last = case.chain.last().and_then(|last| last.answered());
    let is_open = last.is_some_and(super::Answer::is_redirect);
    let redirects = case.chain.len().saturating_sub(usize::from(!is_open));
    if is_open && redirects > REDIRECTS {
        case.report(
            &LONG,
            format!("there is no feed after {redirects} redirects"),
        );
    } else if redirects > 1 {
        case.report(&CHAIN, format!("{redirects} redirects lead to the feed"));
    }
}
