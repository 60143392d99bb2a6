//! Gives typographic quotes their direction as Goldmark has it: by the characters around them in the
//! text, and by what is open.

use feedwright_base::slice::Slice;
use unicode_normalization::char::is_combining_mark;

/// How many quotes are open in a block.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    single: usize,
    double: usize,
}

/// What stands around a quote.
struct Around<'a> {
    before: char,
    /// The rest of the line, with its end.
    behind: &'a str,
    opens: bool,
    closes: bool,
}

impl Quotes {
    /// What a quote between two texts is shown as. One that is neither stays as it is.
    pub(super) fn directed(&mut self, quote: &str, before: &str, behind: &str) -> &'static str {
        let around = Around::of(before, behind);
        if quote == "\"" {
            self.double(&around)
        } else {
            self.single(&around)
        }
    }

    fn double(&mut self, around: &Around<'_>) -> &'static str {
        if around.opens {
            self.double += 1;
            return "“";
        }
        // An inch within quotes: "a 21"".
        let is_inch = around.behind.starts_with('"') && around.before.is_numeric();
        if self.double == 0 || is_inch || !(around.closes || around.may_close()) {
            return "\"";
        }
        self.double -= 1;
        "”"
    }

    fn single(&mut self, around: &Around<'_>) -> &'static str {
        let next = around.next(0);
        let is_short = (is_text_sign(around.before) || around.before.is_whitespace())
            && matches!(next, Some('t' | 'e' | 'n' | 'l'));
        let is_within = is_letter(around.before) && next.is_some_and(char::is_alphabetic);
        if around.is_decade() || is_short || is_within {
            return "’";
        }
        if around.opens {
            if around.is_ending() {
                return "’";
            }
            self.single += 1;
            return "‘";
        }
        if around.behind.len() > 1 && !next.is_some_and(char::is_numeric) {
            return "’";
        }
        if self.single == 0 || !(around.closes || around.may_close()) {
            return "'";
        }
        self.single -= 1;
        "’"
    }
}

impl<'a> Around<'a> {
    fn of(before: &str, behind: &'a str) -> Self {
        let end = behind.find('\n').map_or(behind.len(), |end| end + 1);
        let behind = behind.slice(..end);
        let before = before.chars().next_back().unwrap_or('\n');
        let next = behind.chars().next().unwrap_or('\n');
        let is_left =
            !next.is_whitespace() && (!is_sign(next) || before.is_whitespace() || is_sign(before));
        let is_right =
            !before.is_whitespace() && (!is_sign(before) || next.is_whitespace() || is_sign(next));
        Around {
            before,
            behind,
            opens: is_left && !is_right,
            closes: is_right && !is_left,
        }
    }

    fn next(&self, at: usize) -> Option<char> {
        self.behind.chars().nth(at)
    }

    /// Whether a sign follows, and then the end of the word.
    fn may_close(&self) -> bool {
        self.next(0).is_some_and(is_text_sign) && self.is_end(1)
    }

    /// Whether a word ends behind so many characters.
    fn is_end(&self, at: usize) -> bool {
        self.next(at)
            .is_none_or(|c| c.is_whitespace() || is_sign(c))
    }

    /// Whether it stands for a century: the '90s.
    fn is_decade(&self) -> bool {
        let is_digit = |at| self.next(at).is_some_and(|c| c.is_ascii_digit());
        self.opens && is_digit(0) && is_digit(1) && self.next(2) == Some('s') && self.is_end(3)
    }

    /// Whether it begins what is joined to other words: 's, 've.
    fn is_ending(&self) -> bool {
        let one = matches!(self.next(0), Some('s' | 'm' | 't' | 'd')) && self.is_end(1);
        let two = ["ve", "ll", "re"]
            .iter()
            .any(|ending| self.behind.starts_with(ending));
        one || (two && self.is_end(2))
    }
}

/// A character that is no part of a word.
fn is_sign(c: char) -> bool {
    c.is_ascii_punctuation()
        || !(c.is_ascii() || is_letter(c) || c.is_whitespace() || is_private(c))
}

/// A letter, a digit, or a mark on one.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// A sign that is none of mathematics or money.
fn is_text_sign(c: char) -> bool {
    is_sign(c) && !"$+<=>^`|~".contains(c)
}

/// Marks stand for what shortcodes made.
fn is_private(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Hugo 0.168 has them.
    #[test]
    fn quotes_by_what_is_around() {
        for (text, expected) in [
            (
                "'tis the season, 'twas 'em rock 'n' roll\n",
                "’tis the season, ’twas ’em rock ’n’ roll\n",
            ),
            ("\"'nested' quotes\"\n", "“’nested’ quotes”\n"),
            (
                "(\"'a' b\") and 5'10\" tall\n",
                "(\"‘a’ b\") and 5'10\" tall\n",
            ),
            ("dogs' \"c\"? 'd'!\n", "dogs’ “c”? ’d’!\n"),
            ("class of '68; the '90s\n", "class of ‘68; the ’90s\n"),
            ("a/\"b\" a=\"c\" /\"z\"/\n", "a/“b” a=“c” /“z”/\n"),
            ("ලෙට්'ස් ක්'x\n", "ලෙට්’ස් ක්’x\n"),
            ("\"Foo\"'s \"3's\"\n", "“Foo”’s “3’s”\n"),
        ] {
            let mut quotes = Quotes::default();
            let mut found = String::new();
            for (at, c) in text.char_indices() {
                let (before, behind) = (text.slice(..at), text.slice(at + c.len_utf8()..));
                match c {
                    '\'' => found.push_str(quotes.directed("'", before, behind)),
                    '"' => found.push_str(quotes.directed("\"", before, behind)),
                    c => found.push(c),
                }
            }
            assert_eq!(found, expected);
        }
    }
}
