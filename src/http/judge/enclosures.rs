//! The files that entries name.

use super::super::content::Enclosure;
use super::super::dialogue::Answer;
use super::{Case, Rule};

const STATUS: Rule = Rule::error("http-enclosure-status", "RSS 2.0, section “<enclosure>”");
const RANGES: Rule = Rule::warning(
    "http-enclosure-ranges",
    "RFC 9110, section 14.2; Apple, “Podcast RSS feed requirements”",
);
const LENGTH: Rule = Rule::warning("http-enclosure-length", "RSS 2.0, section “<enclosure>”");
const TYPE: Rule = Rule::warning("http-enclosure-type", "RSS 2.0, section “<enclosure>”");

/// Media types that are called by two names.
const ALIKE: [(&str, &str); 6] = [
    ("audio/mp3", "audio/mpeg"),
    ("audio/x-mp3", "audio/mpeg"),
    ("audio/x-m4a", "audio/mp4"),
    ("audio/m4a", "audio/mp4"),
    ("audio/x-wav", "audio/wav"),
    ("video/x-m4v", "video/mp4"),
];

pub(super) fn judge(case: &mut Case<'_, '_>) {
    for enclosure in std::mem::take(&mut case.content.enclosures) {
        let chain = case.dialogue.chain(&enclosure.url, |request| {
            request.headers.get("range").is_some()
        });
        let url = &enclosure.url;
        match chain.last().map(|last| &last.answer) {
            None => {}
            Some(Ok(answer)) => one(case, &enclosure, answer),
            Some(Err(failure)) => {
                case.report(
                    &STATUS,
                    format!("{url} cannot be fetched: {}", failure.message),
                );
            }
        }
    }
}

fn one(case: &mut Case<'_, '_>, enclosure: &Enclosure, answer: &Answer) {
    let url = &enclosure.url;
    let status = answer.status;
    let length = match status {
        206 => {
            let range = answer.headers.get("content-range").unwrap_or_default();
            range
                .rsplit_once('/')
                .and_then(|(_, total)| total.trim().parse().ok())
        }
        200 => {
            case.report(
                &RANGES,
                format!("{url} is sent in full to who asks for a part"),
            );
            answer
                .headers
                .get("content-length")
                .and_then(|length| length.parse().ok())
        }
        _ => {
            case.report(&STATUS, format!("{url} answers {status}"));
            return;
        }
    };
    let length: Option<u64> = length;
    if let (Some(real), Some(named)) = (length, enclosure.length)
        && real != named
    {
        case.report(
            &LENGTH,
            format!("{url} has {real} bytes, and by the feed {named}"),
        );
    }
    let named = enclosure.media_type.as_deref().unwrap_or_default();
    let named = named
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let real = answer.media_type().unwrap_or_else(|| "no type".to_owned());
    if !named.is_empty() && one_name(&named) != one_name(&real) {
        case.report(
            &TYPE,
            format!("{url} is sent as {real}, and is {named} by the feed"),
        );
    }
}

fn one_name(name: &str) -> &str {
    let known = ALIKE.iter().find(|(other, _)| *other == name);
    known.map_or(name, |(_, usual)| usual)
}
