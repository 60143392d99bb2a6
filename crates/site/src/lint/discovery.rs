//! Pages of the rendered site that do not say where the feeds are.

use std::path::Path;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::html::tokens::{self, Tag, Token};
use url::Url;

/// Looks whether a page names one of these feeds in a `<link rel="alternate">`. Addresses count
/// from the page's own, as far as it is known; the site may be rendered for another host, so that
/// only paths are compared. What sends its visitors on is no page.
pub fn lint(path: &Path, html: &str, page: &Url, feeds: &[Url], diags: &mut Diagnostics) {
    let mut found = Found::default();
    tokens::each(html, |token| {
        if let Token::Start(tag) = token {
            found.tag(tag, page, feeds);
        }
    });
    if !found.is_page || found.names_one {
        return;
    }
    diags.warning(
        "page-without-feed",
        Location::file(path),
        "the page does not say where the site's feed is, so that readers and browsers cannot find \
         it from there",
        "put what `feedwright links` prints into the head of the site's layout",
    );
}

/// What the tags of a page have said so far.
#[derive(Default)]
struct Found {
    is_page: bool,
    /// Whether it names a feed, or sends its visitors on.
    names_one: bool,
    base: Option<Url>,
}

impl Found {
    fn tag(&mut self, tag: &Tag, page: &Url, feeds: &[Url]) {
        let value = |name| tokens::attribute(tag, name).map(str::trim);
        match &*tag.name {
            "html" | "head" | "title" | "body" => self.is_page = true,
            "base" => {
                if let Some(href) = value("href") {
                    self.base = page.join(href).ok();
                }
            }
            "meta" => {
                let refreshes =
                    value("http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh"));
                // Without an address it only loads itself again.
                let content = value("content").unwrap_or_default();
                self.names_one |= refreshes && content.to_ascii_lowercase().contains("url");
            }
            "link" => {
                let mut rels = value("rel").unwrap_or_default().split_ascii_whitespace();
                let is_alternate = rels.any(|rel| rel.eq_ignore_ascii_case("alternate"));
                let from = self.base.as_ref().unwrap_or(page);
                let url = value("href").and_then(|href| from.join(href).ok());
                self.names_one |= url.is_some_and(|url| {
                    is_alternate && feeds.iter().any(|feed| feed.path() == url.path())
                });
            }
            _ => {}
        }
    }
}
