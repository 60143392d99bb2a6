//! The rendered site, and checking where it is.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use chrono::NaiveDate;
use scraper::Selector;
use url::Url;

use crate::folder::Found;

use super::check::{By, Check};
use crate::settings::ContentSettings;
use crate::theme::Theme;

/// The site as its generator wrote it.
pub struct RenderedSite {
    /// Relative to the site's folder.
    pub folder: PathBuf,
    /// The selector of the article in a page; without one, the article is detected.
    pub selector: Option<Selector>,
    /// What its pages have in common, once somebody has asked.
    pub theme: OnceLock<Theme>,
    /// Its pages by their titles, once somebody has asked.
    pub titles: OnceLock<HashMap<String, Vec<TitledPage>>>,
}

/// Where a page of a rendered site is, and the day that it says it was published on.
#[derive(Debug, Clone)]
pub struct TitledPage {
    pub url: Url,
    pub day: Option<NaiveDate>,
}

/// A folder that was named from where the program runs, as the site's folder names it. One that lies
/// elsewhere stays as it is.
pub(super) fn below(root: &Path, folder: &Path) -> PathBuf {
    type Real = fn(&Path) -> std::io::Result<PathBuf>;
    let ways: [Real; 2] = [|path| std::path::absolute(path), |path| path.canonicalize()];
    let found = ways.iter().find_map(|real| {
        let (root, folder) = (real(root).ok()?, real(folder).ok()?);
        folder.strip_prefix(root).ok().map(Path::to_path_buf)
    });
    found.unwrap_or_else(|| folder.to_path_buf())
}

impl Check<'_> {
    /// The rendered site, and the selector of its articles. `pages` is where the pages of a site are
    /// that are its only source.
    pub(super) fn rendered(
        &mut self,
        settings: &ContentSettings,
        pages: Option<&Path>,
        by: By<'_>,
    ) -> Option<RenderedSite> {
        let Some(folder) = settings.rendered.as_deref().or(pages) else {
            if settings.selector.is_some() {
                self.error(
                    "config-selector",
                    "content.selector",
                    "`content.selector` selects from the pages of the rendered site, and \
                     `content.rendered` does not name it",
                    "set `content.rendered` to the folder that the generator writes",
                );
            }
            return None;
        };
        let parts = || {
            folder
                .components()
                .filter(|part| *part != Component::CurDir)
        };
        let found = self.root.find(folder);
        let climbs = parts().any(|part| !matches!(part, Component::Normal(_)));
        if climbs || matches!(found, Ok(Found::Outside)) {
            self.error(
                "config-rendered",
                by,
                format!(
                    "the folder {} of `content.rendered` lies outside of the site",
                    folder.display()
                ),
                "name the folder that the generator writes, relative to the site's folder",
            );
        } else if !matches!(found, Ok(Found::Inside(real)) if real.is_dir()) {
            self.error(
                "config-rendered",
                by,
                format!(
                    "there is no folder {} with a rendered site",
                    folder.display()
                ),
                "build the site before feedwright, or correct the name",
            );
        }
        let selector = settings.selector.as_deref().map(Selector::parse);
        if let Some(Err(_)) = selector {
            let text = settings.selector.as_deref().unwrap_or_default();
            self.error(
                "config-selector",
                "content.selector",
                format!("`content.selector` is `{text}`, which is no CSS selector"),
                "write it as `.post-content` or `article > .body`",
            );
        }
        Some(RenderedSite {
            folder: parts().collect(),
            selector: selector.and_then(Result::ok),
            theme: OnceLock::new(),
            titles: OnceLock::new(),
        })
    }
}
