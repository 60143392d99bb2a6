//! Checks how often a feed claims to change (RSS 1.0 module “syndication”).

use super::super::context::Context;
use super::super::rule::rules;
use super::super::schema::{Child, Kind, Spot, filled};
use super::super::value::{date, number, one_of};

rules! {}

const SECTION: &str = "RSS 1.0 module “syndication”";

fn period(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(
        spot,
        cx,
        &["hourly", "daily", "weekly", "monthly", "yearly"],
    );
}

static PERIOD: Kind = Kind::text(SECTION, &[period]);
static FREQUENCY: Kind = Kind::text(SECTION, &[filled, number::positive]);
static BASE: Kind = Kind::text(SECTION, &[date::w3c_any]);

/// The elements of the module in a feed.
pub(crate) static ELEMENTS: &[Child] = &[
    Child::once("updatePeriod", &PERIOD),
    Child::once("updateFrequency", &FREQUENCY),
    Child::once("updateBase", &BASE),
];
