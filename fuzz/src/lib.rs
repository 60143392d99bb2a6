//! Looks for inputs that feedwright cannot stand. `README.md` tells how to run it.
//!
//! A target takes any bytes and asserts what holds of them, beyond that nothing panics: the same
//! input comes to the same, places in files are there, what is written can be read, what comes out
//! is safe and well-formed. `TARGETS` lists them.

mod bodies;
mod browser;
mod feeds;
mod sites;
mod tree;

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::sync::LazyLock;

use rayon::{ThreadPoolBuilder, Yield, yield_now};

/// A target: any bytes.
type Target = fn(&[u8]);

/// All targets.
pub const TARGETS: [(&str, Target); 16] = [
    // Feeds of any program, as `feedwright check` has them.
    ("xml", feeds::xml),
    ("json", feeds::json),
    ("html", feeds::html),
    ("tree", tree::tree),
    // Feeds of any program, as `feedwright adopt --from` has them.
    ("adopt", sites::adopt),
    // Files of a site.
    ("site", sites::site),
    ("settings", sites::settings),
    ("front_matter", sites::front_matter),
    ("lock", sites::lock),
    ("cache", feedwright::fuzzing::cache),
    // Bodies of posts.
    ("markdown", bodies::markdown),
    ("kramdown", bodies::kramdown),
    ("liquid", bodies::liquid),
    ("shortcodes", bodies::shortcodes),
    ("jsx", bodies::jsx),
    ("sanitizer", bodies::sanitizer),
];

/// The target that is asked for.
static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    let names: Vec<&str> = TARGETS.iter().map(|(known, _)| *known).collect();
    found
        .unwrap_or_else(|| panic!("FUZZ_TARGET has to be one of {}", names.join(" ")))
        .1
});

/// Where the input stands that is looked at, if `FUZZ_LAST` names a file: a stack that runs over
/// ends the fuzzer before it can write one down.
static LAST: LazyLock<Option<File>> = LazyLock::new(|| {
    let path = std::env::var_os("FUZZ_LAST")?;
    Some(File::create(path).expect("the file can be written"))
});

/// Has all be done on the fuzzer's own thread, which need not wait for another one then.
static ALONE: LazyLock<()> = LazyLock::new(|| {
    let pool = ThreadPoolBuilder::new().num_threads(1);
    let made = pool.use_current_thread().build_global();
    made.expect("nothing was done before");
});

/// Runs the target that is asked for.
pub fn run(bytes: &[u8]) {
    LazyLock::force(&ALONE);
    if let Some(file) = &*LAST {
        let written = file.set_len(bytes.len() as u64);
        let written = written.and_then(|()| file.write_all_at(bytes, 0));
        written.expect("the file can be written");
    }
    TARGET(bytes);
    // What was left to be done later.
    while yield_now() == Some(Yield::Executed) {}
}
