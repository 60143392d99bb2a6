//! Finds the title of a post.

use std::path::Path;

use feedwright_base::slice::Slice;
use feedwright_base::{permalink, slug, text};

use crate::body;
use crate::dialect::Metadata;

use super::normalize::Normalize;

impl Normalize<'_> {
    /// The title in plain text: the post's own, or one made of its first heading or file name.
    pub(super) fn title(&mut self, metadata: &Metadata) -> Option<String> {
        if let Some(title) = &metadata.title {
            // What stands in backticks is the name of an element, not one.
            let written = title.text.replace("`<", "`&lt;");
            let plain = text::plain(&written);
            if !plain.is_empty() {
                if written.contains('<') && !plain.contains('<') {
                    let message = format!("the markup of the title goes: it is “{plain}”");
                    self.diags.note("title-markup", self.at(title), message);
                }
                return Some(plain);
            }
        }
        let source = self.source;
        let heading = || body::first_heading(source.text.slice(self.front_matter.body_start..));
        let makes_up = self.config.content.dialect.makes_up_titles();
        let made_up = makes_up.then(|| text::plain(&slug::titleize(&metadata.slug)));
        let name = match metadata.slug.as_str() {
            "" => file_name(&self.source.path),
            slug => slug,
        };
        // What is called by its day alone has no words, and what has capitals or blanks has them as its
        // author writes them.
        let is_day = permalink::noted_name(name).is_some_and(|(_, rest)| rest.is_empty());
        let is_title = name.contains(|c: char| c.is_uppercase() || c.is_whitespace());
        let slug = match is_day || is_title {
            true => text::closed_line(name),
            false => text::closed_line(&slug::titleize(name)),
        };
        let (named, help) = match self.config.content.dialect.has_records() {
            true => ("its address", "give it a `title`"),
            false => ("its file name", "add `title:` to the front matter"),
        };
        let (title, from) = match (made_up, heading()) {
            (Some(title), _) if !title.is_empty() => (title, named),
            (_, Some(heading)) => (heading, "its first heading"),
            _ if !slug.is_empty() => (slug, named),
            _ => {
                self.diags.error(
                    "title-missing",
                    self.file(),
                    "the post has no title, and neither a heading nor a file name to take one from",
                    "add `title:` to the front matter",
                );
                return None;
            }
        };
        // Where none of the front matter counts, the title that it has is not missing.
        if self
            .diags
            .iter()
            .any(|found| found.code == "front-matter-late")
        {
            return Some(title);
        }
        self.diags.warning(
            "title-missing",
            self.file(),
            format!("the post has no title; “{title}” is taken from {from}"),
            help,
        );
        Some(title)
    }
}

/// The name of a file, or of its folder where it is an `index`, without a date in front.
fn file_name(path: &Path) -> &str {
    let stem = path.file_stem().and_then(|name| name.to_str());
    let folder = path
        .parent()
        .and_then(|folder| folder.file_name()?.to_str());
    let name = match (stem, folder) {
        (Some("index" | "_index") | None, Some(folder)) => folder,
        (stem, _) => stem.unwrap_or_default(),
    };
    match (permalink::dated_name(name), permalink::noted_name(name)) {
        (Some((_, slug)), _) => slug,
        // `2021-06-07.md` is called by its day.
        (None, Some((_, rest))) if !rest.is_empty() => rest,
        _ => name,
    }
}
