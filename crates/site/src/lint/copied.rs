//! Looks whether the generator publishes feedwright's own files with the site.

use std::path::Path;

use feedwright_base::diagnostic::{Diagnostics, Location};

use crate::config::{Config, ENCLOSURES, FILE, LOCK};

/// Warns of files of ours that would be found on the site.
pub fn lint(config: &Config, diags: &mut Diagnostics) {
    let is_there = |name: &&str| config.root.has_file(name);
    let Some(copied) = copied(config).filter(|copied| copied.iter().any(is_there)) else {
        return;
    };
    let generator = config.content.dialect.title();
    diags.warning(
        "files-published",
        Location::file(config.generator.as_deref().unwrap_or(FILE)),
        format!(
            "{generator} publishes {} with the site",
            copied.join(" and ")
        ),
        format!("add to `exclude` there: [{}]", copied.join(", ")),
    );
}

/// The files of ours that the generator publishes; `None` where it publishes none.
pub fn copied(config: &Config) -> Option<Vec<&'static str>> {
    let dialect = &config.content.dialect;
    // Few sites have the last one.
    let names = [FILE, LOCK, ENCLOSURES].into_iter();
    let names = names.filter(|name| *name != ENCLOSURES || config.root.has_file(name));
    let copied: Vec<&str> = names
        .filter(|name| dialect.copies(Path::new(name)))
        .collect();
    (!copied.is_empty()).then_some(copied)
}
