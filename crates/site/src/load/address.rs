//! Finds the addresses of pages that are no posts, to which posts may link by their files.

use std::path::PathBuf;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink;
use url::Url;

use crate::config::Config;
use crate::source::{self, Source};

use super::decode;

/// The address of the page that the generator makes of a file, by its path from the site's root; `None`
/// where there is no such file, or where its dialect does not know.
pub fn address(path: &str, config: &Config) -> Option<Url> {
    let dialect = config.content.dialect.as_ref();
    if !dialect.knows_addresses() {
        return None;
    }
    let source = Source {
        path: PathBuf::from(path),
        text: source::read_include(&config.root, path)?,
    };
    // What is wrong with a page that no feed has is nothing to report.
    let (_, metadata) = decode(&source, config, &mut Diagnostics::new())?;
    let page = dialect.page(&source.path, &metadata)?;
    let base = dialect.base(&source.path).unwrap_or(&config.site.url);
    permalink::on_site(base, &page).ok()
}
