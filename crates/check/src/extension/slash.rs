//! Checks sections and comments (RSS 1.0 module “slash”).

use super::super::context::Context;
use super::super::rule::rules;
use super::super::schema::{Child, Kind, Spot};
use super::super::value::number;

rules! {
    HIT_PARADE = Error "slash-hit-parade", "RSS 1.0 module “slash”",
        "`slash:hit_parade` is not a list of numbers with commas between them.",
        "write it as `4,2,1,0`";
}

const SECTION: &str = "RSS 1.0 module “slash”";

fn hit_parade(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_number = |part: &str| {
        let part = part.trim();
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !spot.text.split(',').all(is_number) {
        spot.report(cx, &HIT_PARADE, format!("{spot} is “{}”", spot.shown()));
    }
}

static TEXT: Kind = Kind::text(SECTION, &[]);
static COMMENTS: Kind = Kind::text(SECTION, &[number::non_negative]);
static HITS: Kind = Kind::text(SECTION, &[hit_parade]);

/// The elements of the module in an entry.
pub(crate) static ELEMENTS: &[Child] = &[
    Child::once("comments", &COMMENTS),
    Child::many("section", &TEXT),
    Child::many("department", &TEXT),
    Child::once("hit_parade", &HITS),
];
