//! What pages of a rendered site say that they are about.

use feedwright_base::html::tokens::{self, Token};
use feedwright_base::text::one_line;

/// What stands between a page's own title and the site's, in its title.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " · ", " • ", " :: "];

/// More headings of the first rank than a page of one post has.
const MANY: usize = 2;

/// The titles of a page: its headings of the first rank unless they are many, its title with and
/// without that of the site, and the one that it has for others to show.
pub(super) fn titles(html: &str) -> Vec<String> {
    let (mut headings, mut all) = (Vec::new(), Vec::new());
    // The title of a picture is none of the page.
    let mut in_picture = false;
    let mut open: Option<String> = None;
    tokens::each(html, |token| match token {
        Token::Start(tag) => match &*tag.name {
            "svg" => in_picture = true,
            "h1" => open = Some(String::new()),
            "title" if !in_picture => open = Some(String::new()),
            "meta" if tokens::attribute(tag, "property") == Some("og:title") => {
                all.extend(tokens::attribute(tag, "content").map(str::to_owned));
            }
            _ => {}
        },
        Token::End("svg") => in_picture = false,
        Token::End("h1") => headings.extend(open.take()),
        Token::End("title") if !in_picture => all.extend(open.take()),
        Token::End(_) => {}
        Token::Text(text) => {
            if let Some(open) = &mut open {
                open.push_str(text);
            }
        }
    });
    headings.extend(open);
    let parts: Vec<String> = all.iter().flat_map(|title| own_part(title)).collect();
    all.extend(parts);
    if headings.len() <= MANY {
        all.extend(headings);
    }
    let all = all.iter().map(|title| one_line(title));
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
