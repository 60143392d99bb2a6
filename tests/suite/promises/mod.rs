//! Promises under odd circumstances: each case was once broken.

mod feeds;
mod ids;

use crate::site::Site;

/// Titles with what follows the address of the site in their ids.
fn ids(site: &Site) -> Vec<(String, String)> {
    let entries = site.entries().into_iter();
    entries
        .map(|entry| {
            let id = entry.id.replace("https://example.gov", "");
            (entry.title, id)
        })
        .collect()
}
