//! Checks places (GeoRSS Simple and GML; the W3C's Basic Geo vocabulary).

use super::super::context::Context;
use super::super::names::Ns;
use super::super::rule::rules;
use super::super::schema::{Attr, Child, Kind, Need, Spot};
use super::super::value::number::{self, float};

rules! {
    COORDINATES = Error "georss-coordinates", "GeoRSS, section “Encodings”",
        "A place is not given as latitude and longitude, with blanks between the numbers.",
        "write it as `45.256 -71.92`, or more such pairs for a line";
    COORDINATES_COMMA = Note "georss-comma", "GeoRSS, section “Encodings”",
        "A comma stands between latitude and longitude. GeoRSS allows it, and not all programs know.",
        "write it as `45.256 -71.92`";
}

const GEORSS: &str = "GeoRSS, section “Encodings”";
const BASIC: &str = "W3C Basic Geo Vocabulary";

/// Reads the numbers in a list of places, with or without commas inside of pairs.
fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split([' ', '\n', '\t', ','])
        .filter(|part| !part.is_empty())
        .map(float)
        .collect()
}

fn check(spot: &Spot<'_>, cx: &mut Context<'_>, fits: impl Fn(usize) -> bool) {
    let found = numbers(spot.text);
    let commas = spot.text.matches(',').count();
    let pairs = spot.text.split_whitespace().count();
    let right = found
        .as_ref()
        .is_some_and(|numbers| numbers.len() % 2 == 0 && fits(numbers.len() / 2))
        // Commas between pairs instead of within them are wrong.
        && (commas == 0 || commas == pairs);
    if !right {
        spot.report(
            cx,
            &COORDINATES,
            format!("{spot} is “{}”, which is no place", spot.shown()),
        );
    } else if commas > 0 {
        spot.report(cx, &COORDINATES_COMMA, format!("{spot} has commas in it"));
    }
}

fn point(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(spot, cx, |pairs| pairs == 1);
}

fn line(spot: &Spot<'_>, cx: &mut Context<'_>) {
    check(spot, cx, |pairs| pairs >= 2);
}

fn decimal(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if float(spot.text).is_none() {
        spot.report(
            cx,
            &number::NUMBER,
            format!("{spot} is “{}”, and not a decimal number", spot.shown()),
        );
    }
}

static POINT: Kind = Kind::text(GEORSS, &[point]).with(SHAPE);
static LINE: Kind = Kind::text(GEORSS, &[line]).with(SHAPE);
static TEXT: Kind = Kind::text(GEORSS, &[]);
static DECIMAL: Kind = Kind::text(GEORSS, &[decimal]);
static INTEGER: Kind = Kind::text(GEORSS, &[number::integer]);
static RADIUS: Kind = Kind::text(GEORSS, &[number::decimal]);

const SHAPE: &[Attr] = &[
    Attr::optional("featuretypetag", &[]),
    Attr::optional("relationshiptag", &[]),
    Attr::optional("featurename", &[]),
    Attr::optional("elev", &[]),
    Attr::optional("floor", &[]),
    Attr::optional("radius", &[]),
    Attr::optional("srsName", &[]),
];

const SRS: &[Attr] = &[
    Attr::optional("srsName", &[]),
    Attr::optional("srsDimension", &[]),
];

static GML_POS: Kind = Kind::text(GEORSS, &[point]).with(SRS);
static GML_LIST: Kind = Kind::text(GEORSS, &[line]).with(SRS);
static GML_POINT: Kind =
    Kind::elements(GEORSS, &[&[(Ns::Gml, &[Child::once("pos", &GML_POS)])]]).with(SRS);
static GML_LINE: Kind = Kind::elements(
    GEORSS,
    &[&[(Ns::Gml, &[Child::once("posList", &GML_LIST)])]],
)
.with(SRS);
static GML_POLYGON: Kind = Kind::elements(
    GEORSS,
    &[&[(Ns::Gml, &[Child::once("exterior", &GML_EXTERIOR)])]],
)
.with(SRS);
static GML_EXTERIOR: Kind = Kind::elements(
    GEORSS,
    &[&[(Ns::Gml, &[Child::once("LinearRing", &GML_LINE)])]],
);
static GML_ENVELOPE: Kind = Kind::elements(
    GEORSS,
    &[&[(
        Ns::Gml,
        &[
            Child::once("lowerCorner", &GML_POS),
            Child::once("upperCorner", &GML_POS),
        ],
    )]],
)
.with(SRS);
static WHERE: Kind = Kind::elements(
    GEORSS,
    &[&[(
        Ns::Gml,
        &[
            Child::many("Point", &GML_POINT),
            Child::many("LineString", &GML_LINE),
            Child::many("Polygon", &GML_POLYGON),
            Child::many("Envelope", &GML_ENVELOPE),
        ],
    )]],
);

/// The elements of GeoRSS, which are allowed anywhere.
pub(crate) static ELEMENTS: &[Child] = &[
    Child::many("where", &WHERE),
    Child::many("point", &POINT),
    Child::many("line", &LINE),
    Child::many("polygon", &LINE),
    Child::many("box", &LINE),
    Child::many("circle", &TEXT),
    Child::many("featuretypetag", &TEXT),
    Child::many("relationshiptag", &TEXT),
    Child::many("featurename", &TEXT),
    Child::many("featureTypeTag", &TEXT),
    Child::many("relationshipTag", &TEXT),
    Child::many("featureName", &TEXT),
    Child::many("elev", &DECIMAL),
    Child::many("floor", &INTEGER),
    Child::many("radius", &RADIUS),
];

static LATITUDE: Kind = Kind::text(BASIC, &[number::latitude]);
static LONGITUDE: Kind = Kind::text(BASIC, &[number::longitude]);
static ALTITUDE: Kind = Kind::text(BASIC, &[decimal]);
static GEO_POINT: Kind = Kind::elements(
    BASIC,
    &[&[(
        Ns::Geo,
        &[
            Child::once("lat", &LATITUDE),
            Child::once("long", &LONGITUDE),
            Child::once("alt", &ALTITUDE),
        ],
    )]],
)
.needing(&[
    Need::required("lat").of(Ns::Geo),
    Need::required("long").of(Ns::Geo),
]);

/// The elements of the W3C's vocabulary, which are allowed anywhere.
pub(crate) static GEO: &[Child] = &[
    Child::many("Point", &GEO_POINT),
    Child::many("lat", &LATITUDE),
    Child::many("long", &LONGITUDE),
    Child::many("alt", &ALTITUDE),
];

/// The elements of the older vocabularies GeoURL and ICBM.
pub(crate) static DEGREES: &[Child] = &[
    Child::many("latitude", &LATITUDE),
    Child::many("longitude", &LONGITUDE),
];
