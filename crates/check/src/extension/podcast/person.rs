//! Checks the persons of a podcast, their roles and groups.

use super::super::super::context::Context;
use super::super::super::schema::{Attr, Kind, Spot};
use super::TAXONOMY;
use super::page;
use super::text::{at_most_128, https, present};

pub(super) static PERSON: Kind = Kind::text(page!("Person"), &[present, at_most_128]).with(&[
    Attr::optional("role", &[role]),
    Attr::optional("group", &[group]),
    Attr::optional("img", &[https]),
    Attr::optional("href", &[https]),
]);

/// The groups of the Podcast Taxonomy. Any role may have any group: the namespace's own example has
/// a guest in `writing`.
const GROUPS: &[&str] = &[
    "creative direction",
    "cast",
    "writing",
    "audio production",
    "audio post-production",
    "administration",
    "visuals",
    "community",
    "misc.",
    "video production",
    "video post-production",
];

/// The roles of the Podcast Taxonomy.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "announcer", "assistant camera", "assistant director", "assistant editor",
    "associate producer", "audio editor", "audio engineer", "author", "booking coordinator",
    "camera grip", "camera operator", "co-host", "co-writer", "composer", "consultant",
    "content manager", "cover art designer", "creative director", "development producer",
    "director", "editor", "editorial director", "executive producer", "fact checker",
    "foley artist", "graphic designer", "guest", "guest host", "guest writer", "host", "intern",
    "lighting designer", "logger", "managing editor", "marketing manager", "music contributor",
    "music production", "narrator", "post production engineer", "producer",
    "production assistant", "production coordinator", "remote recording engineer", "reporter",
    "researcher", "sales manager", "sales representative", "script coordinator", "script editor",
    "senior producer", "social media manager", "songwriter", "sound designer", "story editor",
    "studio coordinator", "technical director", "technical manager", "theme music", "transcriber",
    "translator", "voice actor", "writer",
];

fn known(spot: &Spot<'_>, cx: &mut Context<'_>, list: &[&str]) {
    if !list
        .iter()
        .any(|known| known.eq_ignore_ascii_case(spot.text))
    {
        spot.report(
            cx,
            &TAXONOMY,
            format!(
                "{spot} is “{}”, which the taxonomy does not have",
                spot.shown()
            ),
        );
    }
}

fn role(spot: &Spot<'_>, cx: &mut Context<'_>) {
    known(spot, cx, ROLES);
}

fn group(spot: &Spot<'_>, cx: &mut Context<'_>) {
    known(spot, cx, GROUPS);
}
