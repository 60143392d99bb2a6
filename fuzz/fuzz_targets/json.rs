//! A JSON Feed of any bytes.

#![no_main]

use feedwright_fuzz::{PROFILES, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|feed: &[u8]| {
    check(feed, PROFILES[feed.len() % PROFILES.len()]);
    let mut object = b"{".to_vec();
    object.extend_from_slice(feed);
    check(&object, None);
});
