//! What a plan says to each consumer, and its preview: what people would get.

mod consumers;
mod preview;

use crate::site::{NOW, Run, Site};

/// A site with three published entries, of the first three days of 2024.
fn site() -> Site {
    let site = Site::new()
        .article("a", "Alpha", "2024-01-01", "The first text.")
        .article("b", "Beta", "2024-01-02", "The second text.")
        .article("c", "Gamma", "2024-01-03", "The third text.");
    site.build().assert_ok();
    site
}

fn plan(site: &Site, arguments: &[&str]) -> Run {
    let run = site.run(&[&["plan", "--now", NOW], arguments].concat());
    run.assert_ok();
    run
}

/// The page of a plan.
fn page(site: &Site, arguments: &[&str]) -> String {
    plan(site, &[&["--preview", "p.html"], arguments].concat());
    site.read("p.html")
}
