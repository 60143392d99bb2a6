//! Where in a text parsers found a mistake, by lines that end in `\n` and columns of characters.
//!
//! Parsers count otherwise: for YAML, lines also end at marks that no editor ends them at, and for
//! JSON columns are bytes.

/// The line and the column, each from 1, of the character that a byte of a text belongs to.
pub fn position(text: &str, at: usize) -> (usize, usize) {
    let (before, _) = text.split_at(text.floor_char_boundary(at));
    let line = before.rsplit('\n').next().unwrap_or(before);
    (super::count_lines(before) + 1, line.chars().count() + 1)
}

/// A text without the byte-order mark in front, behind which YAML tells no mistake for what it is.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The byte of a text at which YAML has a mistake, where that is known, if it was read without the
/// mark.
pub fn yaml_mistake(text: &str, error: &serde_yaml::Error) -> Option<usize> {
    let mark = text.len() - without_mark(text).len();
    error.location().map(|at| mark + at.index())
}

/// The byte of a text at which JSON has a mistake.
pub fn json_mistake(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n');
    let before: usize = lines
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    before + error.column().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        for (text, at, expected) in [
            ("", 0, (1, 1)),
            ("", 9, (1, 1)),
            ("éa", 1, (1, 1)),
            ("éa", 2, (1, 2)),
            ("a\r\nb", 3, (2, 1)),
            ("a\rb\u{2028}c\u{85}d", 9, (1, 7)),
            ("a\n", 2, (2, 1)),
        ] {
            assert_eq!(position(text, at), expected, "{text:?} {at}");
        }
    }

    #[test]
    fn mistakes_of_yaml_stand_where_editors_show_them() {
        for (text, expected) in [
            ("a: b\nc: \"é\n", (3, 1)),
            ("a: é\rb\u{2028}c: [é\u{85}}", (1, 8)),
            ("a: b\r\nc: ]\r\n", (2, 4)),
            ("\u{feff}é: b\nc: ]", (2, 4)),
        ] {
            let error = super::super::from_yaml(text).expect_err(text);
            let at = yaml_mistake(text, &error).expect("a place");
            assert_eq!(position(text, at), expected, "{text:?}: {error}");
        }
    }

    #[test]
    fn mistakes_of_json_stand_where_editors_show_them() {
        for (text, expected) in [
            ("{\"a\": \"éé\", ?}", (1, 13)),
            ("{\n\"日本\": ?}", (2, 7)),
            ("{\"é", (1, 3)),
            ("{\n", (2, 1)),
        ] {
            let error = serde_json::from_str::<super::super::Value>(text).expect_err(text);
            let at = json_mistake(text, &error);
            assert_eq!(position(text, at), expected, "{text:?}: {error}");
        }
    }
}
