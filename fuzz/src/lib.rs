//! Looks for inputs that `feedwright check` cannot stand.
//!
//! ```text
//! cargo install cargo-fuzz
//! cargo +nightly fuzz run xml fuzz/corpus/xml feeds tests/adopt tests/golden -- -max_total_time=600
//! ```
//!
//! `xml` and `json` take files as they are, `html` takes what stands in an entry, and `tree` makes
//! feeds out of names and values that the checks know. New inputs go to the first folder; the
//! others are where to begin.

use std::path::Path;

use feedwright::{CheckOptions, Diagnostic, Diagnostics, Profile, Severity, Timestamp, check_feed};

/// All that may be asked of a feed.
pub const PROFILES: [Option<Profile>; 5] = [
    None,
    Some(Profile::Govdelivery),
    Some(Profile::Mailchimp),
    Some(Profile::Podcast),
    Some(Profile::GoogleNews),
];

/// Checks a feed, and what must hold of every report.
pub fn check(feed: &[u8], profile: Option<Profile>) -> Diagnostics {
    let report = || {
        let options = CheckOptions {
            now: Timestamp::from_epoch(1_700_000_000).expect("the time can be written"),
            html: true,
            profile,
        };
        let mut diags = Diagnostics::new();
        check_feed(feed, Path::new("feed"), &options, &mut diags).expect("bytes can be read");
        diags.sort();
        diags
    };
    let diags = report();
    assert_eq!(diags, report(), "the same feed gives another report");
    for diagnostic in diags.iter().filter(|found| found.code != "check-more") {
        let at = diagnostic.location.as_ref().expect("a place is known");
        assert!(at.line >= 1 && at.column >= 1, "{diagnostic:?}");
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
    }
    diags
}

/// Whether a problem means that the file is no XML at all.
pub fn is_fatal(diagnostic: &Diagnostic) -> bool {
    matches!(
        diagnostic.code,
        "encoding-invalid"
            | "encoding-unknown"
            | "xml-character"
            | "xml-declaration"
            | "xml-entity"
            | "xml-prefix"
            | "xml-syntax"
            | "xml-too-deep"
            | "xml-too-large"
            | "xml-version"
    ) && diagnostic.severity == Severity::Error
}
