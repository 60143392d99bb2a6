//! Compression.

use super::super::dialogue::Fault;
use super::{Case, Rule};

const NONE: Rule = Rule::warning("http-uncompressed", "RFC 9110, section 8.4.1.3");
const VARY: Rule = Rule::warning("http-vary-missing", "RFC 9110, section 12.5.5");
const UNASKED: Rule = Rule::error("http-encoding-unasked", "RFC 9110, section 12.5.3");
const BROKEN: Rule = Rule::error("http-encoding-broken", "RFC 9110, section 8.4");

/// Up to how many bytes compressing is not worth a word.
const SMALL: u64 = 8192;

pub(super) fn judge(case: &mut Case<'_, '_>) {
    let Some((last, answer)) = case.last() else {
        return;
    };
    if let Some(Fault::Encoding(what)) = &answer.fault {
        case.report(
            &BROKEN,
            format!("what is sent is not gzip, as it says: {what}"),
        );
    }
    let coding = answer.headers.list("content-encoding");
    let accepted = |headers: &super::super::dialogue::Headers| {
        let list = headers.list("accept-encoding").into_iter();
        let names = list.filter_map(|one| one.split(';').next().map(|name| name.trim().to_owned()));
        names.collect::<Vec<String>>()
    };
    if coding.is_empty() && answer.size > SMALL && !accepted(&last.request.headers).is_empty() {
        let size = answer.size;
        case.report(&NONE, format!("{size} bytes are sent as they are"));
    }
    let vary = answer.headers.list("vary");
    if !coding.is_empty()
        && !vary
            .iter()
            .any(|one| one == "accept-encoding" || one == "*")
    {
        case.report(&VARY, "a compressed answer has no `Vary: Accept-Encoding`");
    }
    let mut all = case.others();
    all.insert(0, (last, answer));
    let unasked = all.into_iter().find_map(|(one, answer)| {
        let accepted = accepted(&one.request.headers);
        let mut coding = answer.headers.list("content-encoding").into_iter();
        let coding = coding.find(|coding| {
            coding != "identity" && !accepted.iter().any(|one| one == coding || one == "*")
        })?;
        Some((coding, accepted.join(", ")))
    });
    if let Some((coding, accepted)) = unasked {
        case.report(
            &UNASKED,
            format!("the answer to `Accept-Encoding: {accepted}` is in {coding}"),
        );
    }
}
