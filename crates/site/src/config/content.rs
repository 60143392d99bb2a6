//! Checks the settings of content: the folders of posts, and the patterns of files that are taken
//! or left out.

use std::path::{Component, PathBuf};

use globset::{GlobSet, GlobSetBuilder};

use crate::dialect::Detected;
use crate::folder::Folder;
use crate::source;

use super::Content;
use super::check::Check;
use crate::settings::Settings;

impl Check<'_> {
    /// Where the posts are and how they are read.
    pub(super) fn content(
        &mut self,
        settings: &Settings,
        folders: Vec<PathBuf>,
        detected: Detected,
        root: &Folder,
    ) -> Content {
        let own = &settings.content;
        let ignore = self.globs("content.ignore", &own.ignore);
        let include = own.include.as_ref();
        let include = include.map(|patterns| self.globs("content.include", patterns));
        self.folders(&folders);
        let root_itself = PathBuf::new();
        let pages = detected.dialect.reads_pages();
        let pages = pages.then(|| folders.first().unwrap_or(&root_itself).as_path());
        let rendered = self.rendered(own, pages, root);
        Content {
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
        }
    }

    /// The patterns of a setting as one set.
    fn globs(&mut self, key: &str, patterns: &[String]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            if let Err(error) = source::add_pattern(&mut set, pattern) {
                self.error(
                    "config-ignore",
                    format!("`{key}` has a pattern that cannot be read: {error}"),
                    "write globs such as `drafts/**` or `*.txt`",
                );
            }
        }
        set.build().unwrap_or_default()
    }

    /// Refuses content folders that lead out of the site.
    fn folders(&mut self, folders: &[PathBuf]) {
        for folder in folders {
            let climbs = folder
                .components()
                .any(|part| !matches!(part, Component::Normal(_)));
            if climbs {
                self.error(
                    "config-folders",
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
