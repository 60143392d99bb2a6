//! Reads dates that a page shows in words, as in “Posted on January 5, 2024 · 5 min read”.

use feedwright_base::date;
use feedwright_base::slice::Slice;

/// Signs that set the parts of such a line apart.
const DIVIDERS: [char; 7] = ['·', '•', '|', '–', '—', '/', '\n'];

/// Words that may stand before a date that is when a text was published.
const BEFORE: [&str; 8] = [
    "posted",
    "published",
    "written",
    "created",
    "date",
    "on",
    "by",
    "from",
];

/// A line of this kind has at most so many bytes.
const LONGEST: usize = 200;

/// The date that a line consists of, but for the words that are usual around it. A day alone that can
/// be read in two ways is none.
pub(super) fn date(line: &str) -> Option<String> {
    let has_year = || {
        line.as_bytes()
            .windows(4)
            .any(|four| four.iter().all(u8::is_ascii_digit))
    };
    if line.len() > LONGEST || !has_year() {
        return None;
    }
    // Blanks of all kinds, and line ends, are one.
    let whole = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = std::iter::once(whole.as_str()).chain(whole.split(DIVIDERS));
    // The author may stand behind.
    let parts = parts.flat_map(|part| [Some(part), part.rsplit_once(" by ").map(|(date, _)| date)]);
    parts.flatten().map(str::trim).find_map(of_part)
}

fn of_part(part: &str) -> Option<String> {
    let first = part.split([' ', ':']).next()?.to_lowercase();
    let may_have_more = BEFORE.contains(&first.as_str());
    let starts = part.match_indices([' ', ':']).map(|(at, _)| at + 1);
    let starts = std::iter::once(0).chain(starts.filter(|_| may_have_more));
    starts.map(|at| part.slice(at..).trim()).find_map(|rest| {
        let date = date::parse(rest, None).ok()?;
        date.note.is_none().then(|| rest.to_owned())
    })
}

/// Whether the last words before a time say that it is when a text was changed.
pub(super) fn says_update(before: &str) -> bool {
    /// Words that say it, and words that say when a text was published, in some languages.
    const UPDATED: [&str; 16] = [
        "updated",
        "modified",
        "edited",
        "changed",
        "revised",
        "aktualisiert",
        "geändert",
        "mis à jour",
        "modifié",
        "actualizado",
        "modificado",
        "atualizado",
        "aggiornato",
        "更新",
        "修改",
        "更新日",
    ];
    const PUBLISHED: [&str; 12] = [
        "posted",
        "published",
        "created",
        "written",
        "veröffentlicht",
        "erstellt",
        "publié",
        "publicado",
        "pubblicato",
        "发布",
        "發布",
        "投稿",
    ];
    let before = before.to_lowercase();
    let last = |words: &[&str]| words.iter().filter_map(|word| before.rfind(word)).max();
    match (last(&UPDATED), last(&PUBLISHED)) {
        (Some(updated), published) => published.is_none_or(|published| updated > published),
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words() {
        for (line, expected) in [
            ("January 05, 2024", Some("January 05, 2024")),
            (" 5 Jan 2024\n", Some("5 Jan 2024")),
            (
                "Posted on January 5, 2024 · 5 min read",
                Some("January 5, 2024"),
            ),
            ("By Jane Roe on 2024-01-05", Some("2024-01-05")),
            ("Published: 2024-01-05", Some("2024-01-05")),
            ("Jane Roe | January 5, 2024 | news", Some("January 5, 2024")),
            (
                "Posted on January 5, 2024 by Jane Roe",
                Some("January 5, 2024"),
            ),
            ("Updated on January 5, 2024", None),
            ("Meeting of January 5, 2024", None),
            ("03/04/2024", None),
            ("Copyright 2024", None),
            ("Since 2024 all is well.", None),
        ] {
            assert_eq!(date(line).as_deref(), expected, "{line}");
        }
    }
}
