//! Takes a post's HTML from the page that the site's own generator made of it.
//!
//! What a theme puts around the text is told from it by the post's source: the article is the
//! smallest element that holds the words of the source, and what goes is what the source does not
//! have, where its place or its name says that it is no text.

mod clean;
mod find;
mod mend;
mod words;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::html::nesting;
use feedwright_base::text;
use feedwright_feed::Html;
use feedwright_feed::html::Base;
use scraper::{ElementRef, Html as Page, Selector};

use crate::post::Post;

use self::words::{Outline, Wording};
use super::summary::{SUMMARY_LENGTH, first_paragraph, plain};

use super::{Rendered, prefix};

/// Makes a body of the page of a post. `source` is what was made of the Markdown, if that could
/// be rendered: it is compared with the page.
///
/// `None` means that the page has no article; the diagnostics say so.
pub fn render(
    page: &str,
    selector: Option<&Selector>,
    post: &Post,
    source: Option<&Rendered>,
    diags: &mut Diagnostics,
) -> Option<Rendered> {
    if nesting::is_excessive(page) {
        diags.warning(
            "rendered-nested",
            Location::file(&post.path),
            format!(
                "the elements of the rendered page of {} nest too deeply; its entry is made from \
                 the source",
                post.url
            ),
            "look for elements of the theme that are not closed",
        );
        return None;
    }
    let found = article(page, selector, post, source);
    // A post without a text has a page without an article.
    let is_empty = source.is_some_and(|source| source.html.as_str().is_empty());
    if found.is_none() && !(is_empty && selector.is_none()) {
        let (what, help) = match selector {
            Some(_) => (
                "has nothing that `content.selector` selects",
                "correct `content.selector` in feedwright.yaml",
            ),
            None => (
                "has no article with the post's text",
                "build the site before feedwright, or name the article's element in \
                 `content.selector` of feedwright.yaml",
            ),
        };
        diags.warning(
            "rendered-selector",
            Location::file(&post.path),
            format!(
                "the rendered page of {} {what}; its entry is made from the source",
                post.url
            ),
            help,
        );
    }
    found
}

fn article(
    page: &str,
    selector: Option<&Selector>,
    post: &Post,
    source: Option<&Rendered>,
) -> Option<Rendered> {
    let wording =
        Wording::new(&source.map_or_else(String::new, |source| plain(source.html.as_str())));
    let mut page = Page::parse_document(page);
    let outline = Outline::new(&page, &wording);
    let id = find::find(&page, &outline, wording.len(), selector, &post.title)?;
    clean::clean(&mut page, id, &outline, &post.title);
    mend::mend(&mut page, id);
    let inner = page.tree.get(id).and_then(ElementRef::wrap)?.inner_html();
    let prefix = prefix(post);
    let base = Base {
        url: &post.url,
        prefix: &prefix,
        files: None,
    };
    let html = Html::sanitize(&inner, &base)?;
    let shown = plain(html.as_str());
    if shown.is_empty() && !html.as_str().contains("<img") && !html.as_str().contains("<a ") {
        return None;
    }
    let marked = source.filter(|source| source.is_marked);
    let summary = match marked {
        _ if post.summary.is_some() => None,
        Some(source) => source.summary.clone(),
        None => first_paragraph(html.as_str())
            .or(Some(shown).filter(|text| !text.is_empty()))
            .map(|text| text::cut(&text, SUMMARY_LENGTH))
            .or_else(|| source.and_then(|source| source.summary.clone())),
    };
    Some(Rendered {
        html,
        summary,
        is_marked: marked.is_some(),
    })
}
