//! YAML as nearly all authors write it: lines of `key: value`, of words, quoted text and lists.
//!
//! A parser of all of YAML takes as long as all else that is done with the front matter of a post.
//! What is understood here means the same to every parser, and anything else is left to ours.

use std::iter::{Enumerate, Peekable};
use std::str::Lines;

use super::Field;
use super::value::Value;

/// Lines with their numbers, from 0.
type Numbered<'a> = Peekable<Enumerate<Lines<'a>>>;

/// The longest text that is looked at, in bytes: front matter is shorter.
const LONGEST: usize = 64 << 10;

/// Beyond 1,024 characters it would be no key.
const LONGEST_KEY: usize = 64;

/// What is no text, or not to everybody.
const WORDS: [&str; 11] = [
    "true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan",
];

/// The fields of a mapping that begins on a line of the file; `None` where anything in it is less
/// plain than that, whether it is YAML or not.
pub(super) fn fields(text: &str, first_line: usize) -> Option<Vec<Field>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut fields = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        if line.is_empty() || (line.starts_with('#') && is_printable(line)) {
            continue;
        }
        let (key, rest) = line.split_once(':').filter(|(key, _)| is_key(key))?;
        let written = rest.trim_matches(' ');
        let value = match written {
            "" => items(&mut lines)?,
            // What a space does not set apart belongs to the key.
            _ if !rest.starts_with(' ') => return None,
            ">-" => Value::String(block(&mut lines, " ")?),
            "|-" => Value::String(block(&mut lines, "\n")?),
            _ if written.starts_with('[') => list(written)?,
            _ => scalar(written)?,
        };
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        fields.push(Field {
            key: key.to_owned(),
            value,
            line: first_line + number,
            column: match written {
                "" => 1,
                _ => key.len() + 1 + blanks + 1,
            },
            quoted: written.starts_with(['"', '\'']),
        });
    }
    (!fields.is_empty()).then_some(fields)
}

fn is_key(key: &str) -> bool {
    let mut bytes = key.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        && key.len() <= LONGEST_KEY
        && !is_word(key)
}

fn is_word(text: &str) -> bool {
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Lines of `- item`, all as far to the right; null where there are none.
fn items(lines: &mut Numbered<'_>) -> Option<Value> {
    let mut items = Vec::new();
    let mut indent = None;
    while let Some((_, line)) = lines.peek() {
        let item = line.trim_start_matches(' ');
        let Some(written) = item.strip_prefix("- ") else {
            break;
        };
        let own = line.len() - item.len();
        if *indent.get_or_insert(own) != own {
            return None;
        }
        items.push(scalar(written.trim_matches(' '))?);
        lines.next();
    }
    Some(match indent {
        None => Value::Null,
        Some(_) => Value::List(items),
    })
}

/// Indented lines without blank ones between them, which something joins.
fn block(lines: &mut Numbered<'_>, joint: &str) -> Option<String> {
    let mut text = String::new();
    let mut indent = None;
    while let Some((_, line)) = lines.peek() {
        let written = line.trim_start_matches(' ');
        let own = line.len() - written.len();
        if own == 0 && !written.is_empty() {
            break;
        }
        let is_first = indent.is_none();
        let is_like = *indent.get_or_insert(own) == own;
        if written.is_empty() || !is_like || written.ends_with(' ') || !is_printable(written) {
            return None;
        }
        if !is_first {
            text.push_str(joint);
        }
        text.push_str(written);
        lines.next();
    }
    indent.map(|_| text)
}

/// A list between brackets on one line.
fn list(written: &str) -> Option<Value> {
    let inner = written.strip_prefix('[')?.strip_suffix(']')?;
    if inner.trim_matches(' ').is_empty() {
        return Some(Value::List(Vec::new()));
    }
    let item = |written: &str| {
        let written = written.trim_matches(' ');
        let quotes = ['"', '\''];
        let is_plain = !written.contains(['[', ']', '{', '}', ':', '#', '?'])
            && (written.starts_with(quotes) || !written.contains(quotes));
        scalar(written).filter(|_| is_plain)
    };
    let items: Option<Vec<Value>> = inner.split(',').map(item).collect();
    items.map(Value::List)
}

/// Words or quoted text on one line.
fn scalar(written: &str) -> Option<Value> {
    if !is_printable(written) {
        return None;
    }
    let quoted = |quote: char| {
        let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
        let is_plain = !inner.contains([quote, '\\']);
        is_plain.then(|| Value::String(inner.to_owned()))
    };
    match written.chars().next()? {
        '"' => return quoted('"'),
        '\'' => return quoted('\''),
        '0'..='9' => return number_or_text(written),
        'a'..='z' | 'A'..='Z' | '/' | '(' => {}
        // Beyond ASCII nothing means more than itself.
        first if !first.is_ascii() && !first.is_whitespace() => {}
        _ => return None,
    }
    (is_text(written) && !is_word(written)).then(|| Value::String(written.to_owned()))
}

/// What begins with a digit.
fn number_or_text(written: &str) -> Option<Value> {
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_short = written.len() < 18 && !(written.len() > 1 && written.starts_with('0'));
        return is_short.then(|| Value::Number(written.to_owned()));
    }
    // No number has these, nor a hyphen after a digit, as days have.
    let bytes = written.as_bytes();
    let is_day = bytes
        .windows(2)
        .any(|two| matches!(two, [b'0'..=b'9', b'-']));
    let is_no_number = is_day || written.contains([' ', ':', '/', ',']);
    (is_no_number && is_text(written)).then(|| Value::String(written.to_owned()))
}

/// Whether nothing within the words ends them.
fn is_text(written: &str) -> bool {
    !(written.contains(": ") || written.contains(" #") || written.ends_with(':'))
}

/// Whether there is nothing but what YAML takes for a character of text, and no end of a line.
fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        || text.chars().all(|c| {
            matches!(
                c,
                ' '..='~'
                    | '\u{a0}'..='\u{2027}'
                    | '\u{202a}'..='\u{d7ff}'
                    | '\u{e000}'..='\u{fefe}'
                    | '\u{ff00}'..='\u{fffd}'
                    | '\u{10000}'..
            )
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::index;
    use super::super::languages::place;
    use super::super::value::from_yaml;
    use super::*;

    /// What the parser makes of a text.
    fn parsed(text: &str) -> Option<Vec<Field>> {
        match from_yaml(text) {
            Ok(Value::Map(entries)) => Some(place(entries, index::yaml(text), 2)),
            _ => None,
        }
    }

    /// Reads what is plain, and sees that the parser agrees.
    fn check(text: &str) {
        let read = fields(text, 2);
        assert!(read.is_some(), "{text:?}");
        assert_eq!(read, parsed(text), "{text:?}");
    }

    #[test]
    fn what_authors_write_is_plain() {
        check("title: \"A: b\"\ndate: 2021-12-13 08:00:00 -0500\nlayout: post\n");
        check("title: 'It is “é”' \r\npermalink: /a/b.html\r\ndraft-of:\r\n# why\r\nx: 10");
        check("tags: [a, 'b c', \"d\", 2020, 2020-01-01]\ntopics: []\nweight: 17\n");
        check("tags:\n- a\n- 5 b\nauthors:\n  - 'C. D'\n  - E\nnone:\n\nlast: http://a.gov/#b");
        check("description: >-\n  One & two\n  three: # four\ntitle: A\n");
        check("description: |-\n   - One\n   two");
    }

    #[test]
    fn the_rest_is_left_to_the_parser() {
        let long = format!("{}: 1", "a".repeat(1_025));
        for text in [
            "",
            "# a",
            "a: b: c",
            "a: b #c",
            "a: b:",
            "a: b\n c: d",
            "a: 1.10",
            "a: 0x1f",
            "a: 007",
            "a: true",
            "a: Null",
            "a: ~",
            "a: [b, [c]]",
            "a: [b: c]",
            "a: [b,]",
            "a: [b\"]",
            "a: {b: c}",
            "a: \"b\\n\"",
            "a: 'it''s'",
            "a: &b c",
            "a: *b",
            "a: !b c",
            "a: >\n  b\n",
            "a: @b",
            "a: >-\n  b\n\n  c",
            "a: >-\n",
            "a:\n  - b\n - c",
            "a:\n- b\n  c",
            "a:\n- b: c",
            "a:\n-",
            "---\na: b",
            "a: b\tc",
            "a: b\u{85}c",
            "a: b\u{feff}",
            "true: a",
            "a :b",
            "a:b",
            "<<: a",
            &long,
        ] {
            assert_eq!(fields(text, 2), None, "{text:?}");
        }
    }

    /// What lines begin with, and what stands in them.
    const STARTS: [&str; 16] = [
        "a: ",
        "b: ",
        "c:",
        "d: [",
        "e: \"",
        "f: '",
        "- ",
        "- \"",
        "  - ",
        "g: >-\n  ",
        "h: |-\n ",
        "  ",
        "",
        "# ",
        "null: ",
        "y: ",
    ];
    const PIECES: [&str; 57] = [
        "a",
        "a b",
        "Yes",
        "null",
        "~",
        "1",
        "0x1",
        "1e5",
        "-5",
        "2020-01-02",
        "10:30",
        "-",
        ": ",
        ":",
        "#",
        " #",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        " ",
        "  ",
        "\t",
        "\r",
        "\n",
        "é",
        "\u{a0}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        ".inf",
        "<<",
        "\\",
        "---",
        "...",
        "+1",
        "_1",
        "1_0",
        "/",
        "(",
        "=",
        "🎉",
        "’",
        "]\n",
    ];

    fn line() -> impl Strategy<Value = String> {
        let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..4);
        (prop::sample::select(&STARTS[..]), pieces)
            .prop_map(|(start, pieces)| format!("{start}{}\n", pieces.concat()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn both_read_the_same(lines in prop::collection::vec(line(), 0..4), ends in any::<bool>()) {
            let text = lines.concat();
            let text = if ends { &text } else { text.trim_end_matches('\n') };
            let read = fields(text, 2);
            if read.is_some() {
                prop_assert_eq!(read, parsed(text));
            }
        }
    }
}
