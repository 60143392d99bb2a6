//! What is done to a file: small changes of its bytes, drawn by numbers that a seed decides.

use std::fmt;
use std::ops::Range;

/// Numbers that look drawn and are the same for the same seed: SplitMix64.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = self.0;
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        drawn ^ (drawn >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// One time in `count`.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

const BLANKS: &[&str] = &[
    " ", "  ", "    ", "\t", " \t ", "\u{a0}", "\u{3000}", "\u{85}", "\u{2009}", "\u{200b}", "\r",
    "\n", "\r\n", "\n\n", "\u{b}", "\u{c}",
];

const LETTERS: &[&str] = &[
    "é",
    "e\u{301}",
    "ß",
    "ﬁ",
    "語",
    "日本語",
    "\u{1f389}",
    "👩\u{200d}👧",
    "🇫🇷",
    "𝔘",
    "İ",
    "ı",
    "ſ",
    "Ⅻ",
    "٣",
    "שלום",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{301}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{fffd}",
    "\u{fdd0}",
    "\u{2028}",
    "\u{2029}",
    "\u{ad}",
    "\u{0}",
    "\u{1}",
    "\u{8}",
    "\u{1b}",
    "\u{7f}",
    "\u{80}",
    "\u{9f}",
    "\u{e000}",
    "\u{10ffff}",
    "’",
    "—",
    "…",
    "：",
];

const MARKS: &[&str] = &[
    "\"",
    "'",
    "''",
    "\"\"\"",
    "---",
    "+++",
    ";;;",
    "...",
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    "#",
    " #",
    "|",
    ">",
    "&",
    "*",
    "<",
    "!",
    "%",
    "@",
    "=",
    ",",
    "-",
    "- ",
    "? ",
    "(",
    ")",
    "\\",
    "/",
    "//",
    "~",
    "^",
    "$",
    "_",
    "**",
    "__",
    "`",
    "``",
    "```",
    "~~~",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "{{<",
    ">}}",
    "{{%",
    "%}}",
    "{%raw%}",
    "{% highlight a %}",
    "<!--",
    "-->",
    "<!--more-->",
    "]]>",
    "<![CDATA[",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&nosuch;",
    "<b>",
    "</p>",
    "<a href=\"",
    "<script>",
    "![",
    "](",
    "[^1]:",
    "[a]: ",
    "|-|\n|-|",
    "\\u",
    "\\x",
    "\\ud800",
    "\\\n",
    "%e9",
    "%zz",
    ":a:",
    ":::",
    ":tada:",
    "{#a}",
    "{.a}",
    "{: a=b}",
    "://",
    "https://é",
    "mailto:",
    "../",
    "?",
    "import a\n",
    "export ",
    "0",
    "-1",
    "1e999",
    "99999999999999999999",
    "2024-02-30",
    "24:61",
    "+25:00",
    "null",
    "true",
    "~~",
    "|2",
    ">-",
    "!!str ",
    "&a ",
    "*a",
    "<<: ",
    "'''",
];

/// Bytes that are not UTF-8 wherever they stand, or are not to be there.
const BROKEN: &[&[u8]] = &[
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\x80",
    b"\xc3",
    b"\xe2\x82",
    b"\xf0\x9f\x8e",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xf4\x90\x80\x80",
];

/// One change of a file.
#[derive(Clone)]
pub enum Edit {
    /// Some bytes become others.
    Splice {
        at: usize,
        taken: usize,
        put: Vec<u8>,
    },
    /// Everywhere, some text becomes another.
    Each {
        from: &'static str,
        to: &'static str,
    },
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Edit::Splice { at, taken, put } => {
                write!(f, "at byte {at}, {taken} bytes become ")?;
                match std::str::from_utf8(put) {
                    Ok(text) => write!(f, "{text:?}"),
                    Err(_) => write!(f, "b\"{}\"", put.escape_ascii()),
                }
            }
            Edit::Each { from, to } => write!(f, "every {from:?} becomes {to:?}"),
        }
    }
}

impl Edit {
    /// Does it. Another edit before it may have been left out, so that the place is no more.
    pub fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Edit::Splice { at, taken, put } => {
                let start = (*at).min(bytes.len());
                let end = (start + taken).min(bytes.len());
                bytes.splice(start..end, put.iter().copied());
            }
            Edit::Each { from, to } => {
                let text = bytes.as_slice();
                if let Ok(text) = std::str::from_utf8(text) {
                    *bytes = text.replace(from, to).into_bytes();
                }
            }
        }
    }

    /// An edit of a file as it is now. Files of posts are mostly changed at their top.
    pub fn draw(dice: &mut Dice, bytes: &[u8]) -> Vec<Edit> {
        let splice = |range: Range<usize>, put: Vec<u8>| Edit::Splice {
            at: range.start,
            taken: range.len(),
            put,
        };
        let line = line(dice, bytes);
        let value = value(&bytes[line.clone()], line.start);
        let text = |dice: &mut Dice| -> Vec<u8> {
            let count = 1 + dice.below(3);
            (0..count).flat_map(|_| piece(dice)).collect()
        };
        vec![match dice.below(24) {
            0 | 1 => splice(value.start..value.start, text(dice)),
            2 | 3 => splice(value.end..value.end, text(dice)),
            4 | 5 => splice(value.clone(), text(dice)),
            6..=8 => splice(value.end..value.end, blank(dice)),
            9 => splice(value.start..value.start, blank(dice)),
            10 => splice(line.end..line.end, blank(dice)),
            20..=22 => {
                // The end first: the beginning stays where it is.
                let put = if dice.once_in(2) {
                    blank(dice)
                } else {
                    text(dice)
                };
                let after = splice(value.end..value.end, put);
                return vec![after, splice(value.start..value.start, piece(dice))];
            }
            11 => splice(line.start..line.start, text(dice)),
            12 => splice(line.end..line.end, text(dice)),
            13 | 14 => {
                let at = boundary(dice, bytes);
                splice(at..at, text(dice))
            }
            15 => {
                let at = dice.below(bytes.len() + 1);
                splice(at..at, text(dice))
            }
            16 => {
                let (a, b) = (boundary(dice, bytes), dice.below(12));
                let all = dice.once_in(2).then(|| line.clone());
                splice(all.unwrap_or(a..(a + b).min(bytes.len())), Vec::new())
            }
            17 => {
                let twice = if dice.once_in(2) { line } else { value };
                splice(twice.end..twice.end, bytes[twice.clone()].to_vec())
            }
            18 => {
                let at = if dice.once_in(2) {
                    value.end
                } else {
                    dice.below(bytes.len())
                };
                splice(at..bytes.len(), Vec::new())
            }
            _ => {
                let all = [
                    ("\n", "\r\n"),
                    ("\n", "\r"),
                    (" ", "\u{a0}"),
                    (" ", "\t"),
                    (" ", "\u{3000}"),
                    ("\n", " \n"),
                    ("\n", "\u{85}"),
                    ("\n", "\u{2028}"),
                    ("\n\n", "\n"),
                    ("a", "é"),
                    ("\n", "\n\t"),
                    ("e", "\u{1f389}"),
                    (":", "："),
                    ("\"", "'"),
                    ("---\n", "--- \n"),
                ];
                let (from, to) = *dice.one_of(&all);
                Edit::Each { from, to }
            }
        }]
    }
}

/// A blank; mostly the one that nobody sees at the end of a line.
fn blank(dice: &mut Dice) -> Vec<u8> {
    if dice.once_in(3) {
        return b" ".to_vec();
    }
    dice.one_of(BLANKS).as_bytes().to_vec()
}

/// Some text, seldom bytes that are none.
fn piece(dice: &mut Dice) -> Vec<u8> {
    match dice.below(24) {
        0..=7 => blank(dice),
        8..=14 => dice.one_of(LETTERS).as_bytes().to_vec(),
        15..=21 => dice.one_of(MARKS).as_bytes().to_vec(),
        22 => {
            let any = u32::try_from(dice.below(0x11_0000)).unwrap_or(0);
            let any = char::from_u32(any).unwrap_or(' ');
            any.to_string().into_bytes()
        }
        _ if dice.once_in(4) => dice.one_of(BROKEN).to_vec(),
        _ => b"a".repeat(1 + dice.below(300)),
    }
}

/// A line without its end. Half of the time it is one of the first.
fn line(dice: &mut Dice, bytes: &[u8]) -> Range<usize> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let bare = line.strip_suffix(b"\n").unwrap_or(line);
        lines.push(at..at + bare.strip_suffix(b"\r").unwrap_or(bare).len());
        at += line.len();
    }
    let most = if dice.once_in(2) { 8 } else { lines.len() };
    lines.truncate(most);
    if lines.is_empty() {
        return 0..0;
    }
    dice.one_of(&lines).clone()
}

/// What stands behind the first mark that sets keys apart, without blanks and quotes; or the line.
fn value(line: &[u8], start: usize) -> Range<usize> {
    let mark = line.iter().position(|byte| matches!(byte, b':' | b'='));
    let from = mark.map_or(0, |at| at + 1);
    let is_around = |byte: &&u8| matches!(**byte, b' ' | b'"' | b'\'' | b'[' | b']' | b',');
    let before = line[from..].iter().take_while(is_around).count();
    let rest = &line[from + before..];
    let after = rest.iter().rev().take_while(is_around).count();
    start + from + before..start + line.len() - after
}

/// A place between two characters.
fn boundary(dice: &mut Dice, bytes: &[u8]) -> usize {
    let mut at = dice.below(bytes.len() + 1);
    while bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
        at -= 1;
    }
    at
}
