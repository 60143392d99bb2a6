//! Where an Astro site keeps what.

use std::path::PathBuf;

use feedwright_base::error::Error;

use crate::folder::Folder;
use crate::front_matter::Value;
use crate::source::{self, inner_path};

/// The folders of a site, and what is made of the files in them.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    /// `srcDir`.
    pub source: PathBuf,
    pub pages: PathBuf,
    pub content: PathBuf,
    /// What is copied as it is.
    pub public: PathBuf,
    /// Whether MDX is made into pages.
    pub has_mdx: bool,
}

impl Folders {
    /// Reads the configuration, whose text is given, too.
    pub(super) fn read(root: &Folder, config: &Value, text: &str) -> Result<Self, Error> {
        let folder = |key: &str, usual: &str| {
            let said = config.text(&[key]);
            inner_path(said.as_deref().unwrap_or(usual).as_ref())
        };
        let package = source::read_setting(root, "package.json")?;
        let package = package.unwrap_or_default();
        let source = folder("srcDir", "src");
        // Starlight brings it along.
        let brings_mdx = |text: &str| text.contains("mdx") || text.contains("starlight");
        Ok(Folders {
            pages: source.join("pages"),
            content: source.join("content"),
            source,
            public: folder("publicDir", "public"),
            has_mdx: brings_mdx(text) || brings_mdx(&package),
        })
    }
}
