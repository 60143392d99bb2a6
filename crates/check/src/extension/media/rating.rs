//! Checks ratings of media objects, in the schemes of several authorities.

use super::super::super::context::Context;
use super::super::super::schema::Spot;
use super::super::super::value::uri;
use super::RATING;

const SIMPLE: &[&str] = &["adult", "nonadult"];

/// The ratings of the Motion Picture Association, including its former ones.
const MPAA: &[&str] = &["g", "m", "pg", "pg-13", "r", "nc-17", "x"];

/// The ratings of V-chips of the United States and Canada.
const V_CHIP: &[&str] = &[
    "tv-y", "tv-y7", "tv-y7-fv", "tv-g", "tv-pg", "tv-14", "tv-ma", "c", "c8", "g", "pg", "14+",
    "18+",
];

/// The categories of the Internet Content Rating Association, each with the last letter of its
/// ratings. `z` is the rating for none.
const ICRA: &[(u8, u8)] = &[
    (b'c', b'b'),
    (b'l', b'c'),
    (b'n', b'c'),
    (b'o', b'h'),
    (b's', b'f'),
    (b'v', b'j'),
    (b'x', b'e'),
];

/// Whether a text is a rating such as `r (cz 1 lz 1 …)`.
fn is_icra(text: &str) -> bool {
    let Some(inner) = text
        .strip_prefix("r (")
        .and_then(|rest| rest.strip_suffix(')'))
    else {
        return false;
    };
    let mut words = inner.split(' ');
    let mut count = 0;
    while let Some(code) = words.next() {
        count += 1;
        let is_code = match code.as_bytes() {
            [of, what] => ICRA.iter().any(|(known, last)| {
                known == of && (*what == b'z' || (b'a'..=*last).contains(what))
            }),
            _ => false,
        };
        if !is_code || !matches!(words.next(), Some("0" | "1")) {
            return false;
        }
    }
    count > 0
}

fn is_one_of(text: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(text))
}

pub(super) fn rating(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let scheme = spot
        .element
        .attribute("scheme")
        .unwrap_or("urn:simple")
        .trim();
    let is_known = match scheme {
        "urn:simple" => SIMPLE.contains(&spot.text),
        "urn:mpaa" => is_one_of(spot.text, MPAA),
        "urn:v-chip" => is_one_of(spot.text, V_CHIP),
        "urn:icra" => is_icra(spot.text),
        _ => true,
    };
    if !is_known {
        spot.report(
            cx,
            &RATING,
            format!(
                "{spot} is “{}”, which `{scheme}` does not have",
                spot.shown()
            ),
        );
    }
}

/// Checks the scheme of a rating. The schemes of the specification are no URNs by RFC 8141.
pub(super) fn scheme(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !matches!(
        spot.text,
        "urn:simple" | "urn:mpaa" | "urn:v-chip" | "urn:icra"
    ) {
        uri::absolute(spot, cx);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_of_icra() {
        for text in ["r (cz 1 lz 1 nz 1 oz 1 vz 1)", "r (nb 1)", "r (va 0 xe 1)"] {
            assert!(is_icra(text), "{text}");
        }
        for text in [
            "",
            "r ()",
            "r (mz 1)",
            "r (nz)",
            "r (nz 2)",
            "r (nd 1)",
            "nz 1",
            "r (ñz 1)",
        ] {
            assert!(!is_icra(text), "{text}");
        }
    }
}
