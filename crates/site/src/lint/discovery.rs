//! Pages of the rendered site that do not say where the feeds are.

use std::cell::Cell;
use std::path::Path;

use feedwright_base::diagnostic::{Diagnostics, Location};
use lol_html::{RewriteStrSettings, element, rewrite_str};
use url::Url;

/// Looks whether a page names one of these feeds in a `<link rel="alternate">`. Addresses count
/// from the page's own, as far as it is known; the site may be rendered for another host, so that
/// only paths are compared. What sends its visitors on is no page.
pub fn lint(path: &Path, html: &str, page: &Url, feeds: &[Url], diags: &mut Diagnostics) {
    let (is_page, names_one) = (Cell::new(false), Cell::new(false));
    let base: Cell<Option<Url>> = Cell::new(None);
    let resolved = |href: &str| {
        let from = base.take();
        let url = from.as_ref().unwrap_or(page).join(href.trim()).ok();
        base.set(from);
        url
    };
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("html, head, title, body", |_| {
            is_page.set(true);
            Ok(())
        }))
        .append_element_content_handler(element!("base[href]", |element| {
            let href = element.get_attribute("href").unwrap_or_default();
            base.set(page.join(&unescaped(&href)).ok());
            Ok(())
        }))
        .append_element_content_handler(element!("meta[http-equiv]", |element| {
            let what = element.get_attribute("http-equiv").unwrap_or_default();
            let content = element.get_attribute("content").unwrap_or_default();
            // Without an address it only loads itself again.
            let leads_on = content.to_ascii_lowercase().contains("url");
            if what.eq_ignore_ascii_case("refresh") && leads_on {
                names_one.set(true);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("link[rel][href]", |element| {
            let value = |name| unescaped(&element.get_attribute(name).unwrap_or_default());
            let rel = value("rel");
            let mut rels = rel.split_ascii_whitespace();
            let is_alternate = rels.any(|rel| rel.eq_ignore_ascii_case("alternate"));
            let url = resolved(&value("href")).filter(|_| is_alternate);
            if url.is_some_and(|url| feeds.iter().any(|feed| feed.path() == url.path())) {
                names_one.set(true);
            }
            Ok(())
        }));
    // What cannot be read to its end was no HTML that a browser would care for.
    if rewrite_str(html, settings).is_err() || !is_page.get() || names_one.get() {
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

fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}
