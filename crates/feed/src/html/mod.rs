//! HTML that is safe to show in a feed.

mod footnotes;
mod links;
mod picture;
mod prepare;
mod sanitize;
mod still;
mod style;
mod tree;
mod writer;

use std::borrow::Cow;

use feedwright_base::text;
use pulldown_cmark::Event;

pub use self::links::{Base, Files, LOST, prefix};
pub use self::still::still;

/// HTML that is safe to show: only this module makes it.
///
/// Every element and attribute is on the allow-list, every URL is absolute, every id begins
/// with a prefix of its entry, and no character is one that XML forbids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// The HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Makes HTML of any source safe; `None` where it nests too deeply to be parsed, or is too much
    /// in another way.
    ///
    /// What no feed may have goes, and frames become links to what they would show.
    pub fn sanitize(html: &str, base: &Base<'_>) -> Option<Html> {
        Some(finished(&sanitize::sanitize(html, base).ok()?))
    }

    /// Writes the events of a Markdown text of this length; `None` where it nests too deeply.
    pub fn of_markdown<'a>(
        events: impl Iterator<Item = Event<'a>>,
        length: usize,
        base: &Base<'_>,
    ) -> Option<Html> {
        let written = writer::write(events, length, base).ok()?;
        if written.raw {
            Html::sanitize(&written.html, base)
        } else {
            Some(finished(&written.html))
        }
    }
}

/// Entities can name characters that XML forbids.
fn finished(html: &str) -> Html {
    let html = text::clean(html.trim());
    let html = if html.contains(LOST) {
        Cow::Owned(html.replace(LOST, ""))
    } else {
        html
    };
    // Entries are held until all feeds are written: no byte more than they need.
    Html(line_ends(html).into_owned().into_boxed_str().into_string())
}

/// A text whose lines end in line feeds alone.
pub fn line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text::has(&text, "\r") {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Options, Parser};
    use url::Url;

    use super::*;

    fn options() -> Options {
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_HEADING_ATTRIBUTES
    }

    /// Markdown without `<` outside of code, so that none of it is raw HTML.
    fn markdown() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            3 => "[a-zA-Z0-9 .,]{0,10}",
            2 => any::<char>().prop_filter("no raw HTML", |c| *c != '<').prop_map(String::from),
            4 => prop::sample::select(vec![
                "&", ">", "\"", "'", "&amp;", "&lt;", "&quot;", "&nbsp;", "&#8;", "&#13;", "`<b>`",
                "```\n<i>\n```\n", "```rust\n", "~~~", "*", "**", "_", "~~", "[x](y)", "[x](</y z>)",
                "[x](javascript:y)", "![a](b \"c & <d>\")", "![a [b](c)](d)", "[^1]", "[^1]: n\n",
                "[[^1]](x)", "\n\n", "\n", "  \n", "# ", "## a {#b .c}\n", "- ", "1. ", "7. ", "> ",
                "| a | b |\n|---|:-:|\n| 1 | 2 |\n", "\t", "    ", "\u{a0}", "\r\n", "t\n: d\n",
                "- [x] ", "\\", "---\n", "===\n", "http://x.y/?a=1&b=2", "\u{2028}", "\"q\" -- ...",
                "[r]\n\n[r]: /s \"t\"\n\n",
            ]).prop_map(String::from),
        ];
        prop::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

        /// A post without raw HTML is not sanitized, because the sanitizer would change nothing.
        #[test]
        fn what_the_writer_wrote_is_already_clean(markdown in markdown(), smart in any::<bool>()) {
            let url = Url::parse("https://example.gov/post/").expect("a URL");
            let base = Base { url: &url, prefix: "p1", files: None };
            let markdown = line_ends(text::clean(&markdown));
            let events = Parser::new_ext(&markdown, { let mut options = options(); options.set(Options::ENABLE_SMART_PUNCTUATION, smart); options });
            if let Ok(written) = writer::write(events, markdown.len(), &base) && !written.raw {
                let clean = sanitize::sanitize(&written.html, &base).expect("no deep nesting");
                prop_assert_eq!(finished(&clean), finished(&written.html));
            }
        }
    }
}
