//! Encryption, IPv6, time and size.

use std::time::Duration;

use crate::network::is_public;

use super::{Case, Rule};

const UNREACHABLE: Rule = Rule::error("http-unreachable", "RFC 9110, section 7.3");
const TLS: Rule = Rule::error("http-tls", "RFC 9110, section 4.3.4");
const PLAIN: Rule = Rule::warning("http-plain", "RFC 7258, section 2");
const IPV6: Rule = Rule::warning("http-ipv6", "RFC 6724, section 2");
const SLOW: Rule = Rule::warning("http-slow", "");
const LARGE: Rule = Rule::warning("http-large", "");

/// How long readers of all kinds wait.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many bytes readers of all kinds take.
const LARGEST: u64 = 5_000_000;

pub(super) fn judge(case: &mut Case<'_, '_>) {
    let Some(last) = case.chain.last().copied() else {
        return;
    };
    let url = &last.request.url;
    if let Err(failure) = &last.answer {
        let rule = if failure.is_tls { &TLS } else { &UNREACHABLE };
        case.report(
            rule,
            format!("{url} cannot be fetched: {}", failure.message),
        );
        return;
    }
    if url.scheme() == "http" && last.peer.is_none_or(is_public) {
        case.report(&PLAIN, format!("{url} is not encrypted"));
    }
    if let Some(address) = case.dialogue.ipv6_refused {
        case.report(
            &IPV6,
            format!("the host has the address {address}, and nobody answers there"),
        );
    }
    if last.time > PATIENCE {
        let seconds = last.time.as_secs();
        case.report(&SLOW, format!("the feed takes {seconds} seconds"));
    }
    let size = case.last().map_or(0, |(_, answer)| answer.size);
    if size > LARGEST {
        case.report(&LARGE, format!("the feed has {size} bytes"));
    }
}
