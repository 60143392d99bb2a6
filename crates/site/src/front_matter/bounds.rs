//! How large front matter and settings may be, and how deeply YAML may nest, before a parser sees
//! them.
//!
//! A YAML parser keeps hundreds of bytes for each level and each node, and loads all of them
//! before it finds that they are too many. The parsers of TOML and JSON stop at their own limits
//! of nesting; for them the size is what bounds.

/// The largest front matter or file of settings, in bytes. Front matter of real posts has less
/// than 64 KiB, and the largest configurations some 100.
pub const LARGEST: usize = 1 << 20;

/// How many levels may be open at once: the YAML scanner's cost grows with the square of its
/// brackets, and its parser refuses far fewer levels, but only when it has loaded them all.
const DEEPEST: usize = 500;

/// How many `%TAG` directives there may be: each is compared with all before it. Nobody has any.
const MOST_DIRECTIVES: usize = 100;

/// Whether front matter or settings, in whatever language, have more bytes than any have.
pub fn is_too_large(text: &str) -> bool {
    text.len() > LARGEST
}

/// What is wrong with a text that is too large, for people.
pub fn too_large() -> String {
    format!("it is larger than {} MiB", LARGEST >> 20)
}

/// Whether a YAML text nests deeper than any front matter or configuration does.
pub fn nests_too_deeply(text: &str) -> bool {
    deep_line(text).is_some()
}

/// The line, from 1, on which a YAML text becomes deeper than any front matter or configuration.
///
/// This is no parser. It counts brackets and the levels that indentation opens whether they mean
/// anything or not, so that what it lets pass is never deeper than it thinks.
pub fn deep_line(text: &str) -> Option<usize> {
    let mut levels = Levels::default();
    let mut number = 0;
    for line in text.split_inclusive(is_break) {
        // What separates lines for YAML separates no lines for people.
        levels.line(line.trim_end_matches(is_break));
        if levels.are_too_many() {
            return Some(number + 1);
        }
        number += usize::from(line.ends_with('\n'));
    }
    None
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What is open at a place of a text.
#[derive(Default)]
struct Levels {
    brackets: usize,
    /// The columns at which something began that lines further to the right belong to.
    columns: Vec<usize>,
    directives: usize,
}

impl Levels {
    fn are_too_many(&self) -> bool {
        self.brackets > DEEPEST || self.columns.len() > DEEPEST || self.directives > MOST_DIRECTIVES
    }

    /// Follows a line as far as there are not too many levels.
    fn line(&mut self, line: &str) {
        self.directives += usize::from(line.starts_with("%TAG"));
        let mut chars = line.chars().enumerate().peekable();
        while let Some((column, c)) = chars.next() {
            if matches!(c, ' ' | '\t' | '\u{feff}') {
                continue;
            }
            // A comment has no level, and neither ends nor begins one.
            if c == '#' {
                break;
            }
            self.open(column);
            let is_indicator = matches!(c, '-' | '?' | ':')
                && chars
                    .peek()
                    .is_none_or(|(_, next)| matches!(next, ' ' | '\t'));
            if !is_indicator || self.are_too_many() {
                break;
            }
        }
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => self.brackets += 1,
                b']' | b'}' => self.brackets = self.brackets.saturating_sub(1),
                _ => {}
            }
            if self.brackets > DEEPEST {
                return;
            }
        }
    }

    /// Something stands at a column: what began further to the right has ended.
    fn open(&mut self, column: usize) {
        while self.columns.last().is_some_and(|last| *last > column) {
            self.columns.pop();
        }
        if self.columns.last() != Some(&column) {
            self.columns.push(column);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_each_kind_are_seen() {
        let stairs = |mark: &str| -> String {
            (0..600)
                .map(|at| format!("{}{mark}\n", " ".repeat(at)))
                .collect()
        };
        for (text, line) in [
            ("[".repeat(600), 1),
            (format!("a: b\nc: {}", "{a: ".repeat(600)), 2),
            ("- ".repeat(600), 1),
            ("-\t".repeat(600), 1),
            (format!("a:\n  {}a", "? ".repeat(600)), 2),
            (": ".repeat(600), 1),
            ("? - : ".repeat(200), 1),
            (stairs("-"), 501),
            (stairs("a:"), 501),
            (stairs("?").replace('\n', "\n# b\n\n"), 1501),
            (stairs("-").replace('\n', "\u{2028}"), 1),
            ("%TAG !a! b\n".repeat(600), 101),
        ] {
            assert_eq!(deep_line(&text), Some(line), "{}…", &text[..12]);
        }
    }

    #[test]
    fn what_real_settings_hold_passes() {
        for text in [
            "- a\n- b: c\n  d:\n    - e\n".repeat(2_000),
            "a:\n  b:\n    c: [1, {d: e}]\n".repeat(2_000),
            format!("a: |\n  {}\n", "- ".repeat(200)),
            format!("a: b {}\n", "- ".repeat(5_000)),
            format!("# {}\n", "- ".repeat(5_000)),
            "---\n".repeat(2_000),
        ] {
            assert_eq!(deep_line(&text), None, "{}…", &text[..10]);
        }
    }
}
