//! Takes a post's HTML from the page that the site's own generator made of it.
//!
//! What a theme puts around the text is told from it by the post's source: the article is the
//! smallest element that holds the words of the source, and what goes is what the source does not
//! have, where its place or its name says that it is no text.

mod chrome;
mod clean;
mod find;
mod mend;
mod trim;

use std::borrow::Cow;

use ego_tree::NodeId;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::html::nesting;
use feedwright_base::text;
use feedwright_feed::Html;
use feedwright_feed::html::Base;
use scraper::{ElementRef, Html as Page, Selector};
use url::Url;

use crate::dialect::SummaryRule;
use crate::post::Post;
use crate::theme::Theme;

use self::trim::Facts;
use super::summary::{SUMMARY_LENGTH, first_paragraph, plain};
use crate::theme::words::{Outline, Wording};

use super::{Rendered, prefix};

/// What the titles of a post and of its page have in common, whatever their quotes and dashes.
pub fn title_letters(title: &str) -> String {
    find::letters(title)
}

/// How articles are found in the pages of a site.
#[derive(Clone, Copy)]
pub struct Finder<'s> {
    /// What selects them, where the configuration says it.
    pub selector: Option<&'s Selector>,
    /// What the pages have in common.
    pub theme: &'s Theme,
    /// By which rule summaries are taken from texts.
    pub summary: SummaryRule,
}

/// The text of the article in a page, each block on a line of its own: what changes when the post
/// does, and not when the theme does.
pub fn text(page: &str, finder: Finder<'_>, post: &Post) -> String {
    if nesting::is_excessive(page) {
        return String::new();
    }
    let Some((page, id)) = found(page, finder, post, None) else {
        return String::new();
    };
    let element = page.tree.get(id).and_then(ElementRef::wrap);
    let texts = element
        .iter()
        .flat_map(ElementRef::text)
        .map(text::one_line);
    texts
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Makes a body of a page that is the only source of its post.
///
/// `None` means that the page has no article; the diagnostics say so.
pub fn alone(
    page: &str,
    finder: Finder<'_>,
    post: &Post,
    diags: &mut Diagnostics,
) -> Option<Rendered> {
    let place = || Location::file(&post.path);
    if nesting::is_excessive(page) {
        let message = "the elements of the page nest too deeply, so no feed has the post";
        let help = "look for elements of the theme that are not closed";
        diags.error("rendered-nested", place(), message, help);
        return None;
    }
    let article = article(page, finder, post, None);
    if article.is_none() {
        let (what, help) = match finder.selector {
            Some(_) => (
                "nothing that `content.selector` selects",
                "correct `content.selector` in feedwright.yaml",
            ),
            None => (
                "a date and no article",
                "name the article's element in `content.selector` of feedwright.yaml, or the page in \
                 `content.ignore` if it is no post",
            ),
        };
        let message = format!("the page has {what}, so no feed has the post");
        diags.error("rendered-selector", place(), message, help);
    }
    article
}

/// Makes a body of the page of a post. `source` is what was made of the Markdown, if that could
/// be rendered: it is compared with the page.
///
/// `None` means that the page has no article; the diagnostics say so.
pub fn render(
    page: &str,
    finder: Finder<'_>,
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
    let found = article(page, finder, post, source);
    let selector = finder.selector;
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
    finder: Finder<'_>,
    post: &Post,
    source: Option<&Rendered>,
) -> Option<Rendered> {
    let (mut page, id) = found(page, finder, post, source)?;
    mend::mend(&mut page, id);
    let inner = page.tree.get(id).and_then(ElementRef::wrap)?.inner_html();
    let prefix = prefix(post);
    let url = links_from(&page, &post.url);
    let base = Base {
        url: &url,
        prefix: &prefix,
        files: None,
    };
    let html = Html::sanitize(&inner, &base)?;
    let shown = plain(html.as_str());
    if shown.is_empty() && !html.as_str().contains("<img") && !html.as_str().contains("<a ") {
        return None;
    }
    let marked = source.filter(|source| source.is_marked);
    // What the source says by a mark, or by the generator's rule, a page does not know.
    let is_own = finder.summary == SummaryRule::Paragraph;
    let summary = match source.filter(|source| source.is_marked || !is_own) {
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

/// Where the links of a page count from: what `<base href>` says, else its own address.
fn links_from<'a>(page: &Page, own: &'a Url) -> Cow<'a, Url> {
    let elements = page.root_element().descendent_elements();
    let mut head = elements.take_while(|element| element.value().name() != "body");
    let href = head.find_map(|element| match element.value().name() {
        "base" => element.value().attr("href"),
        _ => None,
    });
    let url = href.and_then(|href| own.join(href).ok());
    url.map_or(Cow::Borrowed(own), Cow::Owned)
}

/// A page, and in it the article without what a theme puts around its text.
fn found(
    page: &str,
    finder: Finder<'_>,
    post: &Post,
    source: Option<&Rendered>,
) -> Option<(Page, NodeId)> {
    let wording =
        Wording::new(&source.map_or_else(String::new, |source| plain(source.html.as_str())));
    let mut page = Page::parse_document(page);
    let outline = Outline::new(&page, &wording);
    let id = find::find(&page, &outline, wording.len(), finder, &post.title)?;
    let mut id = id;
    if source.is_none() && finder.selector.is_none() {
        let whole = finder.theme.whole(&page, id, post.summary.as_deref());
        id = whole.article;
        for foreign in whole.foreign {
            if let Some(mut node) = page.tree.get_mut(foreign) {
                node.detach();
            }
        }
    }
    let may_trim = source.is_none() || finder.selector.is_none();
    let facts = may_trim.then(|| Facts::of(post, source.map(|source| source.html.as_str())));
    if let Some(facts) = &facts {
        // The title and the date, which go next, say what is before them.
        trim::trim(&mut page, id, finder.theme, facts);
    }
    clean::clean(&mut page, id, &outline, &post.title);
    if let Some(mut facts) = facts {
        facts.is_clean = true;
        trim::trim(&mut page, id, finder.theme, &facts);
    }
    Some((page, id))
}
