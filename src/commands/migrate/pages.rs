//! What pages of a rendered site say that they are about.

use std::cell::RefCell;

use feedwright_base::text::one_line;
use lol_html::{RewriteStrSettings, element, rewrite_str, text};

/// What stands between a page's own title and the site's, in its title.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: "];

/// More headings of the first rank than a page of one post has.
const MANY: usize = 2;

/// The titles of a page: its headings of the first rank unless they are many, its title with and
/// without that of the site, and the one that it has for others to show.
pub(super) fn titles(html: &str) -> Vec<String> {
    let (headings, titles) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let open = |all: &RefCell<Vec<String>>| all.borrow_mut().push(String::new());
    let add = |all: &RefCell<Vec<String>>, text: &str| {
        if let Some(last) = all.borrow_mut().last_mut() {
            last.push_str(text);
        }
    };
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("h1", |_| {
            open(&headings);
            Ok(())
        }))
        .append_element_content_handler(text!("h1", |chunk| {
            add(&headings, chunk.as_str());
            Ok(())
        }))
        .append_element_content_handler(element!("head > title", |_| {
            open(&titles);
            Ok(())
        }))
        .append_element_content_handler(text!("head > title", |chunk| {
            add(&titles, chunk.as_str());
            Ok(())
        }))
        .append_element_content_handler(element!("meta[property='og:title']", |element| {
            titles.borrow_mut().extend(element.get_attribute("content"));
            Ok(())
        }));
    // A page that cannot be read to its end has said its titles before.
    let _ = rewrite_str(html, settings);
    let headings = headings.into_inner();
    let mut all = titles.into_inner();
    let parts: Vec<String> = all.iter().flat_map(|title| own_part(title)).collect();
    all.extend(parts);
    if headings.len() <= MANY {
        all.extend(headings);
    }
    let all = all
        .iter()
        .map(|title| one_line(&html_escape::decode_html_entities(title)));
    all.filter(|title| !title.is_empty()).collect()
}

/// A title without that of the site, which stands before or behind it.
fn own_part(title: &str) -> Vec<String> {
    let split = SEPARATORS.iter().flat_map(|separator| {
        let behind = title.rsplit_once(separator).map(|(own, _)| own);
        let before = title.split_once(separator).map(|(_, own)| own);
        behind.into_iter().chain(before)
    });
    split.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_pages() {
        let check = |html: &str, expected: &[&str]| assert_eq!(titles(html), expected, "{html}");
        check("", &[]);
        check(
            "<head><title>A &amp; B | Site</title><meta property='og:title' content='A &amp; B'>\
             </head><h1>Site</h1><h1>A <em>&amp;</em>\nB</h1><svg><title>x</title></svg>",
            &["A & B | Site", "A & B", "A & B", "Site", "Site", "A & B"],
        );
        check("<h1>1</h1><h1>2</h1><h1>3</h1>", &[]);
        check("<h1>Open", &["Open"]);
    }
}
