//! How Eleventy's engine of Markdown, markdown-it, is set up by the code of the configuration.

use feedwright_base::error::Error;

use crate::dialect::{BareLinks, RawHtml, literals};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::source;

/// What is set of markdown-it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct MarkdownIt {
    pub(super) bare_links: BareLinks,
    pub(super) hard_breaks: bool,
    pub(super) raw_html: RawHtml,
    pub(super) typographer: bool,
    pub(super) no_indented_code: bool,
    pub(super) definitions: bool,
}

impl MarkdownIt {
    /// Reads what the code says as literals. Without any Eleventy's own settings apply.
    pub(super) fn read(root: &Folder, code: &str) -> Result<Self, Error> {
        let package = source::read_setting(root, "package.json")?.unwrap_or_default();
        Ok(Self::of(code, &package))
    }

    fn of(code: &str, package: &str) -> Self {
        let is_own = code.contains("setLibrary(");
        let is_amended = code.contains("amendLibrary(");
        let keys = ["html", "linkify", "breaks", "typographer"];
        let set = literals::javascript(code, &keys);
        let flag = |key: &str| {
            let value = set.get(key).filter(|_| is_own || is_amended);
            value.and_then(Value::as_bool)
        };
        // An engine that is made without settings shows no HTML; Eleventy's own does.
        let is_bare = code.to_ascii_lowercase().contains("markdownit()");
        let shows_html = flag("html").unwrap_or(!(is_own && is_bare));
        MarkdownIt {
            bare_links: BareLinks::LinkifyIt.when(flag("linkify") == Some(true)),
            hard_breaks: flag("breaks") == Some(true),
            raw_html: if shows_html {
                RawHtml::Shown
            } else {
                RawHtml::Text
            },
            typographer: flag("typographer") == Some(true),
            definitions: code.contains("deflist"),
            no_indented_code: !is_first(package) && !code.contains("enable(\"code\")"),
        }
    }
}

/// Whether a package asks for Eleventy 0 or 1, in which indented lines are code.
fn is_first(package: &str) -> bool {
    let Some((_, rest)) = package.split_once("\"@11ty/eleventy\"") else {
        return false;
    };
    let version = rest.trim_start_matches([':', ' ', '"', '^', '~', '=', 'v', '>']);
    version.starts_with("0.") || version.starts_with("1.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        let default = MarkdownIt {
            no_indented_code: true,
            ..MarkdownIt::default()
        };
        assert_eq!(MarkdownIt::of("", ""), default);
        let old = MarkdownIt::of("", "{\"dependencies\": {\"@11ty/eleventy\": \"^1.0.0\"}}");
        assert!(!old.no_indented_code);
        let code = "c.setLibrary('md', markdownIt({ html: true, linkify: true, breaks: true }))";
        let found = MarkdownIt::of(code, "");
        assert!(found.hard_breaks && found.bare_links == BareLinks::LinkifyIt);
        assert_eq!(found.raw_html, RawHtml::Shown);
        let found = MarkdownIt::of("c.setLibrary('md', markdownIt())", "");
        assert_eq!(found.raw_html, RawHtml::Text);
        let found = MarkdownIt::of("c.amendLibrary('md', (md) => md.set({ breaks: true }))", "");
        assert!(found.hard_breaks && !found.definitions);
        let code = "c.amendLibrary('md', (md) => md.use(require('markdown-it-deflist')))";
        assert!(MarkdownIt::of(code, "").definitions);
    }
}
