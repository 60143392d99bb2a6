//! The order in which people look for names.

use unicode_normalization::UnicodeNormalization;

/// What a name is sorted by: `2` before `10`, whatever the case and the accents of letters; names that
/// are the same but for these stay apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Natural {
    parts: Vec<Part>,
    name: String,
}

/// A run of digits, by how many there are without zeros before them, or one character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Number(usize, String),
    Character(char),
}

/// What a name is sorted by.
pub fn natural(name: &str) -> Natural {
    let mut parts = Vec::new();
    let mut digits: Option<String> = None;
    let is_accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    for c in name.nfkd().filter(|c| !is_accent(c)) {
        if c.is_ascii_digit() {
            digits.get_or_insert_default().push(c);
            continue;
        }
        parts.extend(digits.take().map(number));
        parts.extend(c.to_lowercase().map(Part::Character));
    }
    parts.extend(digits.map(number));
    Natural {
        parts,
        name: name.to_owned(),
    }
}

fn number(digits: String) -> Part {
    let digits = digits.trim_start_matches('0').to_owned();
    Part::Number(digits.len(), digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_people_look_for_them() {
        let sorted = [
            "2",
            "010",
            "10",
            "Äpfel",
            "apple",
            "Apple 2",
            "apple 10",
            "Éclair",
            "edge",
            "Zoo",
            "Ελλάδα",
            "日本語",
        ];
        let mut names = sorted;
        names.reverse();
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, sorted);
        assert_eq!(natural("É1"), natural("É1"));
        assert_ne!(natural("é"), natural("e"));
    }
}
