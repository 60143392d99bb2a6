//! Words and forms that directories and apps of podcasts know.

use crate::slice::Slice;

/// A category with its subcategories.
pub type Category = (&'static str, &'static [&'static str]);

/// The categories of Apple, which other directories take over: “Apple Podcasts categories”.
#[rustfmt::skip]
pub const CATEGORIES: &[Category] = &[
    ("Arts", &[
        "Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts",
    ]),
    ("Business", &[
        "Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit",
    ]),
    ("Comedy", &["Comedy Interviews", "Improv", "Stand-Up"]),
    ("Education", &["Courses", "How To", "Language Learning", "Self-Improvement"]),
    ("Fiction", &["Comedy Fiction", "Drama", "Science Fiction"]),
    ("Government", &[]),
    ("Health & Fitness", &[
        "Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality",
    ]),
    ("History", &[]),
    ("Kids & Family", &[
        "Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids",
    ]),
    ("Leisure", &[
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies",
        "Home & Garden", "Video Games",
    ]),
    ("Music", &["Music Commentary", "Music History", "Music Interviews"]),
    ("News", &[
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics",
        "Sports News", "Tech News",
    ]),
    ("Religion & Spirituality", &[
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality",
    ]),
    ("Science", &[
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics",
        "Natural Sciences", "Nature", "Physics", "Social Sciences",
    ]),
    ("Society & Culture", &[
        "Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships",
    ]),
    ("Sports", &[
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey",
        "Rugby", "Running", "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness",
        "Wrestling",
    ]),
    ("Technology", &[]),
    ("True Crime", &[]),
    ("TV & Film", &[
        "After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews",
    ]),
];

/// The licenses that the Podcasting 2.0 namespace names: “License”.
pub const LICENSES: &[&str] = &[
    "arr",
    "cc-by-4.0",
    "cc-by-nc-4.0",
    "cc-by-nc-nd-4.0",
    "pod-v4v-1.0",
];

/// The groups of the Podcast Taxonomy. Any role may have any group: the namespace's own example has
/// a guest in `writing`.
pub const GROUPS: &[&str] = &[
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
pub const ROLES: &[&str] = &[
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

/// Whether a text is a `geo:` URI: two or three coordinates, and optional parameters.
pub fn is_geo(text: &str) -> bool {
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
            decimal(coordinate).filter(|_| !coordinate.starts_with('+'))
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

/// Whether a text names an object of OpenStreetMap, with an optional revision.
pub fn is_osm(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (object, revision) = text.split_once('#').unwrap_or((text, "0"));
    object.strip_prefix(['N', 'W', 'R']).is_some_and(is_number) && is_number(revision)
}

/// A decimal number without an exponent.
fn decimal(text: &str) -> Option<f64> {
    let is_plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+');
    text.bytes().all(is_plain).then(|| text.parse().ok())?
}

/// Whether a text is a UUID, RFC 9562 section 4.
pub fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

/// A word of a list, whatever its case and its hyphens: `Cohost` is `co-host`.
pub fn word(list: &[&'static str], written: &str) -> Option<&'static str> {
    let bare = |text: &str| text.to_lowercase().replace(['-', ' ', '_'], "");
    let written = bare(written);
    list.iter().find(|known| bare(known) == written).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_people_write_them() {
        assert_eq!(word(ROLES, "Cohost"), Some("co-host"));
        assert_eq!(
            word(ROLES, "Executive_Producer"),
            Some("executive producer")
        );
        assert_eq!(word(ROLES, "boss"), None);
    }

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
