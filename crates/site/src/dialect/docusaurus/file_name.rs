//! Splits the path of a post into its date and its slug.

use feedwright_base::slice::Slice;

/// The date that a file or its folders begin with, as written, and the slug of the post: folders
/// around the date, then what follows it.
pub(super) fn dated(inner: &str) -> (Option<(String, String)>, String) {
    let bare = inner
        .rsplit_once('.')
        .map_or(inner, |(bare, _extension)| bare);
    // The last date counts, as the plugin's pattern is greedy.
    let found = (0..bare.len())
        .rev()
        .filter(|&at| bare.is_char_boundary(at))
        .find_map(|at| Some((at, day(bare.slice(at..))?)));
    match found {
        Some((at, (year, month, date, length))) => {
            let text = bare.slice(at + length..);
            let text = text.strip_prefix(['-', '/']).unwrap_or(text);
            let text = text.strip_suffix("/index").unwrap_or(text);
            let separated = format!("{year}/{month}/{date}");
            let slug = format!("{separated}/{}{text}", bare.slice(..at));
            (
                Some((format!("{year}-{month}-{date}"), slug)),
                text.to_owned(),
            )
        }
        None => {
            let text = bare.strip_suffix("/index").unwrap_or(bare);
            (None, text.to_owned())
        }
    }
}

/// The year, month and day at the start of a text, and their length together.
fn day(text: &str) -> Option<(&str, &str, &str, usize)> {
    let number = |at: usize, most: usize| {
        let digits = text
            .slice(at..)
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit);
        digits.count()
    };
    let separated = |at: usize| matches!(text.as_bytes().get(at), Some(b'-' | b'/'));
    if number(0, 4) != 4 || !separated(4) {
        return None;
    }
    let month = number(5, 2);
    let day_at = 5 + month + 1;
    if month == 0 || !separated(day_at - 1) {
        return None;
    }
    let day = number(day_at, 2);
    (day > 0).then(|| {
        (
            text.slice(..4),
            text.slice(5..5 + month),
            text.slice(day_at..day_at + day),
            day_at + day,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dated_files_and_folders() {
        let check = |inner: &str, date: Option<&str>, slug: &str| {
            let (found, text) = dated(inner);
            let (day, found_slug) = found.map_or((None, text), |(day, slug)| (Some(day), slug));
            assert_eq!(
                (day.as_deref(), found_slug.as_str()),
                (date, slug),
                "{inner}"
            );
        };
        check("2019-08-28-name.md", Some("2019-08-28"), "2019/08/28/name");
        check(
            "2019-08-28-name/index.mdx",
            Some("2019-08-28"),
            "2019/08/28/name",
        );
        check("2019/08/28/name.md", Some("2019-08-28"), "2019/08/28/name");
        check("2019/08-28-name.md", Some("2019-08-28"), "2019/08/28/name");
        check(
            "notes/2019-8-2-name.md",
            Some("2019-8-2"),
            "2019/8/2/notes/name",
        );
        check("welcome.md", None, "welcome");
        check("welcome/index.md", None, "welcome");
    }
}
