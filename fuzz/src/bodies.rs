//! Bodies of posts.

use feedwright::fuzzing::{DIALECTS, body};

use crate::browser::is_safe;

/// By which of some generators' rules a text is read, so that a change of any byte may change it.
pub fn choice<T: Copy>(all: &[T], bytes: &[u8]) -> T {
    let sum: usize = bytes.iter().map(|byte| usize::from(*byte)).sum();
    all[sum % all.len()]
}

/// A body by the rules of one of some generators.
fn by(dialects: &[&str], bytes: &[u8], is_html: bool) {
    let text = String::from_utf8_lossy(bytes);
    let name = choice(dialects, bytes);
    let dialect = DIALECTS.iter().position(|known| *known == name);
    let dialect = dialect.expect("there is such a dialect");
    let Some((html, summary)) = body(&text, dialect, is_html) else {
        return;
    };
    is_safe(&html);
    if let Some(summary) = summary {
        assert!(!summary.trim().is_empty(), "{summary:?}");
        assert!(!summary.contains(is_forbidden), "{summary:?}");
    }
    // What is safe stays as it is.
    if is_html {
        let (again, _) = body(&html, 0, true).expect("what came out is not too much to go in");
        is_safe(&again);
    }
}

/// Whether XML has no such character.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Markdown without template code.
pub fn markdown(bytes: &[u8]) {
    by(&["plain", "pelican", "astro"], bytes, false);
}

/// Markdown as kramdown has it, with Liquid.
pub fn kramdown(bytes: &[u8]) {
    by(&["jekyll"], bytes, false);
}

/// Liquid and Nunjucks in Markdown and in HTML.
pub fn liquid(bytes: &[u8]) {
    by(&["jekyll", "eleventy", "hexo"], bytes, bytes.len() % 4 == 0);
}

/// Shortcodes of Hugo and Zola.
pub fn shortcodes(bytes: &[u8]) {
    by(&["hugo", "zola"], bytes, false);
}

/// MDX.
pub fn jsx(bytes: &[u8]) {
    by(&["docusaurus"], bytes, false);
}

/// HTML.
pub fn sanitizer(bytes: &[u8]) {
    by(&["plain"], bytes, true);
}
