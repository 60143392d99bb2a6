//! Reports are the same whoever looks at HTML, and how many do.

use std::fmt::Write;
use std::path::Path;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Diagnostics;
use rayon::ThreadPoolBuilder;

use super::super::{CheckOptions, check_feed};
use super::atom;

/// A feed of several megabytes in which each entry has problems that threads of their own find, and others.
fn feed() -> String {
    let mut entries = String::new();
    for number in 0..800 {
        let text = "&lt;p&gt;words and &lt;i&gt;more&lt;/i&gt;\n".repeat(number % 97);
        let _ = write!(
            entries,
            "<entry><id>tag:e.com,2021:{}</id><title>T</title><wrong/>\n<updated>now</updated>\n\
             <summary type='html'>&lt;b</summary><content type='html'>{text}\n\
             &lt;script&gt;</content></entry>",
            number % 700
        );
    }
    atom(&entries, "<summary>S</summary>")
}

fn report(feed: &str, threads: usize) -> Diagnostics {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let options = CheckOptions::new(Timestamp::from_epoch(1_700_000_000).unwrap());
    let mut diags = Diagnostics::new();
    let path = Path::new("feed");
    pool.install(|| check_feed(feed.as_bytes(), path, &options, &mut diags).unwrap());
    diags
}

#[test]
fn reports_keep_their_order() {
    let feed = feed();
    let one = report(&feed, 1);
    for code in [
        "html-broken",
        "html-dangerous",
        "element-unknown",
        "check-more",
    ] {
        assert!(one.iter().any(|found| found.code == code), "{code}");
    }
    // Within an entry they come in the order of its elements; what is wrong with the whole comes last.
    let places = |code: &str| -> Vec<usize> {
        let found = one.iter().filter(|found| found.code == code);
        found
            .map(|found| found.location.as_ref().unwrap().line)
            .collect()
    };
    assert!(places("html-broken").is_sorted());
    assert!(places("html-dangerous").is_sorted());
    let unknown = one.iter().position(|found| found.code == "element-unknown");
    let dangerous = one.iter().position(|found| found.code == "html-dangerous");
    assert!(unknown < dangerous);
    for threads in [2, 3, 8] {
        assert_eq!(report(&feed, threads), one, "{threads} threads");
    }
}
