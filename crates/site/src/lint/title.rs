//! Titles that readers see as their authors did not mean them.

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::slice::Slice;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::Subject;

/// The longest title in characters. A title becomes the subject of an e-mail, of which mail
/// programs show some 60 to 80 characters, and the line of a chat: behind a hundred, hardly anybody
/// reads on.
const LONGEST: usize = 100;

pub(super) fn lint(subject: &Subject<'_>, diags: &mut Diagnostics) {
    let Some(title) = &subject.metadata.title else {
        return;
    };
    let shown = &subject.post.title;
    let length = shown.chars().count();
    if length > LONGEST {
        diags.warning(
            "title-long",
            subject.at(title),
            format!("the title has {length} characters, and mail programs cut it off"),
            format!("shorten it to {LONGEST} or less; the rest can stand in the summary"),
        );
    }
    // Markup of HTML was found when the post was read.
    if title.text.contains('<') && !shown.contains('<') {
        return;
    }
    if let Some(part) = markdown(&title.text) {
        diags.warning(
            "title-markup",
            subject.at(title),
            format!("feed readers show the Markdown of the title as it is written: `{part}`"),
            "write the title as plain text",
        );
    } else if html_escape::decode_html_entities(&title.text) != title.text {
        diags.warning(
            "title-markup",
            subject.at(title),
            format!("the title is written with entities of HTML; in feeds it is “{shown}”"),
            "write the characters themselves",
        );
    }
}

/// The first part of a title that is Markdown.
fn markdown(title: &str) -> Option<&str> {
    if !title.contains(['*', '_', '`', '[', '~']) {
        return None;
    }
    Parser::new_ext(title, Options::ENABLE_STRIKETHROUGH)
        .into_offset_iter()
        .find_map(|(event, range)| {
            let is_marked = matches!(
                event,
                Event::Code(_)
                    | Event::Start(
                        Tag::Emphasis
                            | Tag::Strong
                            | Tag::Strikethrough
                            | Tag::Link { .. }
                            | Tag::Image { .. }
                    )
            );
            let part = title.slice(range);
            // `__init__` is a name.
            let is_name = part.starts_with("__") && !part.contains(char::is_whitespace);
            (is_marked && !is_name).then_some(part)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_in_titles() {
        let check = |title, expected| assert_eq!(markdown(title), expected, "{title}");
        check("Why **not**?", Some("**not**"));
        check("The _other_ one", Some("_other_"));
        check("`Vec<T>` explained", Some("`Vec<T>`"));
        check(
            "See [this](https://example.gov)",
            Some("[this](https://example.gov)"),
        );
        check("~~Old~~ new", Some("~~Old~~"));
        check("snake_case_name and 2 * 3 * 4", None);
        check("[Draft] C* and **kwargs", None);
        check("Python's __init__ and *args", None);
        check("# 1 of 3", None);
        check("1. First", None);
    }
}
