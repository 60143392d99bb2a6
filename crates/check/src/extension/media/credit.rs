//! Checks credits of media objects.

use super::super::super::context::Context;
use super::super::super::schema::Spot;
use super::super::super::value::uri;
use super::CREDIT_ROLE;

/// The roles of the European Broadcasting Union. Two that it names with a slash are also in use
/// alone, even in examples of the specification.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "actor", "adaptor", "anchor person", "animal trainer", "animator", "announcer", "armourer",
    "art director", "artist", "artist/performer", "assistant camera",
    "assistant chief lighting technician", "assistant director", "assistant producer",
    "assistant visual editor", "author", "broadcast assistant", "broadcast journalist",
    "camera operator", "carpenter", "casting", "causeur", "chief lighting technician", "choir",
    "choreographer", "clapper loader", "commentary or commentator", "commissioning broadcaster",
    "composer", "computer programmer", "conductor", "consultant", "continuity checker",
    "correspondent", "costume designer", "dancer", "dialogue coach", "director",
    "director of photography", "distribution company", "draughtsman", "dresser", "dubber",
    "editor", "editor/producer", "ensemble", "executive producer", "expert", "fight director",
    "floor manager", "focus puller", "foley artist", "foley editor", "foley mixer",
    "graphic assistant", "graphic designer", "greensman", "grip", "hairdresser", "illustrator",
    "interviewed guest", "interviewer", "key character", "key grip", "key talents", "leadman",
    "librettist", "lighting director", "lighting technician", "location manager", "lyricist",
    "make up artist", "manufacturer", "matte artist", "music arranger", "music group", "musician",
    "news reader", "orchestra", "participant", "performer", "photographer", "post", "producer",
    "production assistant", "production company", "production department", "production manager",
    "production secretary", "programme production researcher", "programme proposal",
    "property manager", "publishing company", "puppeteer", "pyrotechnician", "reporter", "rigger",
    "runner", "scenario", "scenic operative", "script supervisor", "second assistant camera",
    "second assistant director", "second unit director", "set designer", "set dresser",
    "sign language", "singer", "sound designer", "sound mixer", "sound recordist",
    "special effects", "stunts", "subtitles", "technical director", "term", "translation",
    "transportation manager", "treatment", "treatment/programme proposal", "vision mixer",
    "visual editor", "visual effects", "wardrobe", "witness",
];

pub(super) fn role(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let scheme = spot.element.attribute("scheme").unwrap_or("urn:ebu").trim();
    let what = if spot.text.chars().any(char::is_uppercase) {
        "which is not in small letters"
    } else if scheme == "urn:ebu" && !ROLES.contains(&spot.text) {
        "which is no role of the EBU"
    } else {
        return;
    };
    spot.report(
        cx,
        &CREDIT_ROLE,
        format!("{spot} is “{}”, {what}", spot.shown()),
    );
}

/// Checks the scheme of a role. The schemes of the specification are no URNs by RFC 8141.
pub(super) fn scheme(spot: &Spot<'_>, cx: &mut Context<'_>) {
    if !matches!(spot.text, "urn:ebu" | "urn:yvs") {
        uri::absolute(spot, cx);
    }
}
