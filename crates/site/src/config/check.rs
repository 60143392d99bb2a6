//! Collects what is wrong with the settings, so that one run shows all of it.

use std::path::PathBuf;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::permalink;
use url::Url;

/// A check of the settings.
pub(super) struct Check<'a> {
    pub(super) file: PathBuf,
    pub(super) diags: &'a mut Diagnostics,
}

impl Check<'_> {
    pub(super) fn error(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diags
            .error(code, Location::file(&self.file), message, help);
    }

    /// The URL of an image of the site that the setting `name` has.
    pub(super) fn image(&mut self, name: &str, path: Option<&String>, base: &Url) -> Option<Url> {
        let path = path.filter(|path| !path.trim().is_empty())?;
        let url = permalink::absolute(path, base);
        if url.is_none() {
            self.error(
                "config-image",
                format!("`{name}` is `{path}`, which is neither a path on the site nor a URL"),
                "write it as `/assets/logo.png` or `https://…`",
            );
        }
        url
    }
}
