//! Checks the settings of content: the folders of posts, and the patterns of files that are taken
//! or left out.

use std::path::{Component, PathBuf};

use globset::{GlobSet, GlobSetBuilder};

use crate::dialect::Detected;
use crate::source;

use super::check::{By, Check};
use super::{Content, Overrides};
use crate::settings::Settings;

impl Check<'_> {
    /// Where the posts are and how they are read.
    pub(super) fn content(
        &mut self,
        settings: &Settings,
        overrides: &Overrides,
        folders: Vec<PathBuf>,
        detected: Detected,
    ) -> Content {
        let own = &settings.content;
        let ignore = self.globs("content.ignore", &own.ignore);
        let include = own.include.as_ref();
        let include = include.map(|patterns| self.globs("content.include", patterns));
        self.folders(own.folders.as_deref().unwrap_or_default());
        let root_itself = PathBuf::new();
        let pages = detected.dialect.reads_pages();
        let pages = pages.then(|| folders.first().unwrap_or(&root_itself).as_path());
        let by = match (&overrides.rendered, &own.rendered) {
            (Some(_), _) => By::Option("--rendered"),
            (None, Some(_)) => By::from("content.rendered"),
            (None, None) => By::from("content.folders"),
        };
        let rendered = self.rendered(own, pages, by);
        // All that is published lies in there.
        let all = rendered.as_ref().map(|site| site.folder.clone());
        let copied = detected.defaults.copied.into_iter().chain(all);
        Content {
            copied: copied
                .filter(|folder| !folder.as_os_str().is_empty())
                .collect(),
            folders,
            ignore,
            include,
            names: detected.dialect.names().with(own.fields.clone()),
            dialect: detected.dialect,
            drafts: own.drafts.unwrap_or(false),
            future: own.future.or(detected.defaults.future).unwrap_or(false),
            order: settings.dates.order.or(detected.defaults.order),
            order_is_usual: settings.dates.order.is_none(),
            updated: settings.dates.updated,
            rendered,
            image: own.image,
        }
    }

    /// The patterns of a setting as one set.
    fn globs(&mut self, key: &str, patterns: &[String]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for (at, pattern) in patterns.iter().enumerate() {
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            if let Err(error) = source::add_pattern(&mut set, pattern) {
                self.error(
                    "config-ignore",
                    format!("{key}[{at}]"),
                    format!("`{key}` has a pattern that cannot be read: {error}"),
                    "write globs such as `drafts/**` or `*.txt`",
                );
            }
        }
        set.build().unwrap_or_default()
    }

    /// Refuses content folders that lead out of the site.
    fn folders(&mut self, folders: &[PathBuf]) {
        for (at, folder) in folders.iter().enumerate() {
            let mut parts = folder.components();
            if parts.any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
                self.error(
                    "config-folders",
                    format!("content.folders[{at}]"),
                    format!(
                        "the content folder {} lies outside of the site",
                        folder.display()
                    ),
                    "name a folder below the site's folder, or run feedwright further up",
                );
            }
        }
    }
}
