//! Checks the place where a podcast is made, or that it is about.

use feedwright_base::slice::Slice;

use super::super::super::context::Context;
use super::super::super::schema::{Attr, Kind, Spot};
use super::super::super::tree::Element;
use super::super::super::value::{country, number, one_of};
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

/// Whether a text is a `geo:` URI: two or three coordinates, and optional parameters.
fn is_geo(text: &str) -> bool {
    let Some(rest) = text
        .get(..4)
        .filter(|scheme| scheme.eq_ignore_ascii_case("geo:"))
    else {
        return false;
    };
    let mut parts = text.slice(rest.len()..).split(';');
    let mut coordinates = parts
        .next()
        .unwrap_or_default()
        .split(',')
        .map(|coordinate| {
            // RFC 5870 has no plus sign.
            number::float(coordinate).filter(|_| !coordinate.starts_with('+'))
        });
    let is_within = |coordinate: Option<Option<f64>>, most: f64| {
        coordinate
            .flatten()
            .is_some_and(|degrees| degrees.abs() <= most)
    };
    is_within(coordinates.next(), 90.0)
        && is_within(coordinates.next(), 180.0)
        && coordinates.next().is_none_or(|altitude| altitude.is_some())
        && coordinates.next().is_none()
        && parts.all(|parameter| {
            let name = parameter.split('=').next().unwrap_or_default();
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
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

/// Whether a text names an object of OpenStreetMap, with an optional revision.
fn is_osm(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (object, revision) = text.split_once('#').unwrap_or((text, "0"));
    object.strip_prefix(['N', 'W', 'R']).is_some_and(is_number) && is_number(revision)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        for text in [
            "geo:30.2711286,-97.7436995",
            "geo:37.786971,-122.399677,250",
            "GEO:0,0;crs=wgs84;u=350",
        ] {
            assert!(is_geo(text), "{text}");
        }
        for text in [
            "",
            "geo:",
            "geo:1",
            "30,-97",
            "geo:91,0",
            "geo:0,181",
            "geo:1,2,3,4",
            "geo:+1,2",
            "geo:1, 2",
            "geo:1,2;",
            "geo:1,nan",
            "géo:1,2",
        ] {
            assert!(!is_geo(text), "{text}");
        }
        for text in ["R113314", "N1", "W5013364#3"] {
            assert!(is_osm(text), "{text}");
        }
        for text in ["", "R", "113314", "X1", "r1", "R1#", "R1#a", "R１"] {
            assert!(!is_osm(text), "{text}");
        }
    }
}
