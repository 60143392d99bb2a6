//! Where a body's text writes its links.

use std::ops::Range;

use feedwright_base::slice::Slice;

/// What stands behind these is where a link leads.
const BEFORE: [&str; 4] = ["](", "]: ", "href=\"", "href='"];

/// A longer destination in bytes is none.
const LONGEST: usize = 2_000;

/// How many are looked at.
const MOST: usize = 10_000;

/// The destinations of links as they are written, in order. Not all of them are links to readers:
/// who has one that is asks here where it stands.
pub(super) fn destinations(body: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for mark in BEFORE {
        for (at, _) in body.match_indices(mark).take(MOST) {
            let start = at + mark.len();
            let rest = body.slice(start..);
            let rest = rest.slice(..rest.floor_char_boundary(LONGEST));
            let quote = mark.chars().last().filter(|c| matches!(c, '"' | '\''));
            let (start, end) = match quote {
                Some(quote) => (start, rest.find(quote)),
                None => match rest.strip_prefix('<') {
                    Some(inner) => (start + 1, inner.find('>')),
                    None => (start, Some(bare(rest))),
                },
            };
            found.extend(end.map(|end| start..start + end));
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// How long a destination without quotes is: parentheses in it come in pairs.
fn bare(text: &str) -> usize {
    let mut open = 0;
    text.find(|c: char| {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        open < 0 || c.is_whitespace()
    })
    .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_as_written() {
        let check = |body: &str, expected: &[&str]| {
            let found: Vec<&str> = destinations(body).into_iter().map(|at| &body[at]).collect();
            assert_eq!(found, expected, "{body}");
        };
        check(
            "[a](/x) [b](y(z).md \"t\") [c](<p q>)",
            &["/x", "y(z).md", "p q"],
        );
        check("<a class=c href=\"/x\">a</a> <a href='y'>", &["/x", "y"]);
        check("[a][b]\n\n[b]: /x\n", &["/x"]);
        check("[a](", &[""]);
    }
}
