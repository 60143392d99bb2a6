//! Checks the place where a podcast is made, or that it is about.

use feedwright_base::podcast::{is_geo, is_osm};

use super::super::super::context::Context;
use super::super::super::schema::{Attr, Kind, Spot};
use super::super::super::tree::Element;
use super::super::super::value::{country, one_of};
use super::text::{at_most_128, present};
use super::{GEO, OSM, advise, page};

pub(super) static LOCATION: Kind = Kind::text(page!("Location"), &[present, at_most_128])
    .with(&[
        Attr::optional("rel", &[rel]),
        Attr::optional("geo", &[geo]),
        Attr::optional("osm", &[osm]),
        Attr::optional("country", &[country::country]),
    ])
    .ruled(&[location]);

fn location(element: &Element, cx: &mut Context<'_>) {
    advise(
        element,
        LOCATION.section,
        &["rel", "geo", "osm", "country"],
        cx,
    );
}

fn rel(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["subject", "creator"]);
}

fn geo(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_geo(spot.text) {
        spot.report(
            cx,
            &GEO,
            format!("{spot} is “{}”, which is no `geo:` URI", spot.shown()),
        );
    }
}

fn osm(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !is_osm(spot.text) {
        let message = format!(
            "{spot} is “{}”, which is no object of OpenStreetMap",
            spot.shown()
        );
        spot.report(cx, &OSM, message);
    }
}
