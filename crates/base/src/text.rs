//! Plain text: what may appear in it, and how it is got out of HTML.

use std::borrow::Cow;

use memchr::memmem;

use crate::bidi;
use crate::html::elements;
use crate::slice::Slice;

/// Removes what a feed may not contain: characters that XML 1.0 section 2.2 forbids, and those
/// that only mark a broken encoding (U+FFFD).
///
/// C1 control characters are what Windows-1252 punctuation turns into when a file is read as
/// Latin-1; they become the punctuation they were, as browsers do with `&#146;`.
pub fn clean(text: &str) -> Cow<'_, str> {
    // Most texts have no byte that such a character could begin with.
    if !has_byte(text, may_begin_unwanted) || !text.chars().any(is_unwanted) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter_map(|c| match c {
                '\u{80}'..='\u{9f}' => windows_1252(c),
                c if is_unwanted(c) => None,
                c => Some(c),
            })
            .collect(),
    )
}

/// Whether a text has a byte of some kind. Whole runs are looked at without a way out in the middle,
/// which processors do many bytes at a time.
fn has_byte(text: &str, is_of_kind: impl Fn(u8) -> bool) -> bool {
    const RUN: usize = 128;
    let has = |run: &[u8]| run.iter().fold(false, |has, &byte| has | is_of_kind(byte));
    text.as_bytes().chunks(RUN).any(has)
}

/// Whether a text has a part. Faster than `contains` for texts as long as bodies.
pub fn has(text: &str, part: &str) -> bool {
    memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

/// What some signs of ASCII become in a text that is escaped.
pub struct Escapes<const N: usize> {
    signs: [(u8, &'static str); N],
    /// The place of each byte among the signs, from 1; 0 where it stays.
    places: [u8; 256],
}

impl<const N: usize> Escapes<N> {
    #[expect(
        clippy::indexing_slicing,
        reason = "the loop bounds one index, the length of the table the other; `get` is not const"
    )]
    pub const fn new(signs: [(u8, &'static str); N]) -> Self {
        let mut places = [0; 256];
        let mut place = 0;
        while place < N {
            places[signs[place].0 as usize] = place as u8 + 1;
            place += 1;
        }
        Escapes { signs, places }
    }

    /// Appends a text, escaped.
    pub fn write(&self, out: &mut String, text: &str) {
        const RUN: usize = 16;
        let mut done = 0;
        let mut write = |from: usize, run: &[u8]| {
            for (at, byte) in run.iter().enumerate() {
                let place = self.places.get(usize::from(*byte));
                let place = place.and_then(|place| place.checked_sub(1));
                if let Some(place) = place
                    && let Some((_, escaped)) = self.signs.get(usize::from(place))
                {
                    out.push_str(text.slice(done..from + at));
                    out.push_str(escaped);
                    done = from + at + 1;
                }
            }
        };
        let (runs, rest) = text.as_bytes().as_chunks::<RUN>();
        for (at, run) in runs.iter().enumerate() {
            // Whole runs, as in `has_byte()`: most have no sign.
            let signs = self.signs.iter();
            if signs.fold(false, |has, (sign, _)| has | has_sign(run, *sign)) {
                write(at * RUN, run);
            }
        }
        write(text.len() - rest.len(), rest);
        out.push_str(text.slice(done..));
    }
}

fn has_sign(run: &[u8], sign: u8) -> bool {
    run.iter().fold(false, |has, byte| has | (*byte == sign))
}

/// The lines of a text with their ends, as `split_inclusive` gives them, for texts as long as
/// bodies.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    ends.chain([text.len()])
        .map(move |end| {
            let line = text.slice(start..end);
            start = end;
            line
        })
        .filter(|line| !line.is_empty())
}

fn may_begin_unwanted(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127 | 0xc2 | 0xef..)
}

fn is_unwanted(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        '\u{fffd}'..='\u{ffff}' | '\u{fdd0}'..='\u{fdef}' => true,
        // The last two code points of every plane are no characters.
        c => (c as u32) & 0xfffe == 0xfffe,
    }
}

fn windows_1252(c: char) -> Option<char> {
    const TABLE: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0',
        '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    let index = (c as usize).checked_sub(0x80)?;
    TABLE.get(index).copied().filter(|&c| c != '\0')
}

/// One line: runs of white space become one blank, none at either end.
pub fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in clean(text).split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether a text is nothing but words of ASCII with a blank between them, as most are.
fn is_one_line(text: &str) -> bool {
    let mut before = b' ';
    let are_words = text.bytes().all(|byte| {
        let is_word = byte.is_ascii_graphic() || (byte == b' ' && before != b' ');
        before = byte;
        is_word
    });
    are_words && before != b' '
}

/// The plain text of a title, tag or summary that an author may have written as HTML: tags of
/// HTML removed, entities decoded, on one line, and no mark of direction left open.
///
/// Only what really is HTML goes: in `Vec<T>` the brackets are text.
pub fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return closed_line(text);
    }
    closed_line(&html_escape::decode_html_entities(&strip_tags(text)))
}

/// One line that leaves no mark of direction open.
pub fn closed_line(text: &str) -> String {
    let line = one_line(text);
    match bidi::closed(&line) {
        Cow::Borrowed(_) => line,
        Cow::Owned(closed) => closed,
    }
}

/// Removes HTML tags and comments. Tags that end a line of text leave a blank.
pub fn strip_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(rest.slice(..open));
        rest = rest.slice(open..);
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment
                .find("-->")
                .map_or("", |end| comment.slice(end + 3..));
            continue;
        }
        match tag_at(rest) {
            Some((name, length)) => {
                if !elements::is(&name, elements::INLINE) {
                    text.push(' ');
                }
                rest = rest.slice(length..);
            }
            None => {
                text.push('<');
                rest = rest.slice(1..);
            }
        }
    }
    text.push_str(rest);
    text
}

/// A longer tag in a title or summary is no tag, or nobody's loss.
const LONGEST_TAG: usize = 2_000;

/// The lower-case name and length of the HTML tag at the start of a text, if one is there.
fn tag_at(text: &str) -> Option<(String, usize)> {
    let name = text.strip_prefix("</").or_else(|| text.strip_prefix('<'))?;
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    let after = name.slice(end..).chars().next()?;
    let found = name.slice(..end).to_ascii_lowercase();
    if !(after.is_whitespace() || after == '>' || after == '/')
        || !elements::is(&found, elements::MARKUP)
    {
        return None;
    }
    // A `>` inside a quoted attribute does not end the tag.
    let mut quote = None;
    for (at, c) in text.char_indices().take(LONGEST_TAG) {
        match (quote, c) {
            (Some(q), c) if c == q => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return Some((found, at + 1)),
            (None, _) => {}
        }
    }
    None
}

/// Finds a text again and again from places that only move forward, reading each part once.
pub struct Finder<'a> {
    text: &'a str,
    needle: memmem::Finder<'static>,
    /// The first occurrence at or behind the last place asked for.
    next: Option<usize>,
    asked: bool,
}

impl<'a> Finder<'a> {
    pub fn new(text: &'a str, needle: &'static str) -> Self {
        Finder {
            text,
            needle: memmem::Finder::new(needle),
            next: None,
            asked: false,
        }
    }

    /// The first occurrence at or behind `from`, which is never less than in the call before.
    pub fn find(&mut self, from: usize) -> Option<usize> {
        let known = self.asked && self.next.is_none_or(|next| next >= from);
        if !known {
            self.asked = true;
            let found = self.needle.find(self.text.as_bytes().slice(from..));
            self.next = found.map(|at| from + at);
        }
        self.next
    }
}

/// Cuts a text at a word so that it has at most `most` characters, with an ellipsis.
pub fn cut(text: &str, most: usize) -> String {
    let Some((limit, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    // A text without blanks, as in Chinese or Japanese, is cut between characters.
    let end = text
        .slice(..limit)
        .rfind(char::is_whitespace)
        .filter(|&end| end > limit / 2)
        .unwrap_or(limit);
    let head = text
        .slice(..end)
        .trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    format!("{}…", bidi::closed(head))
}

/// The known name that is nearest to what somebody wrote, where the number of changes fits.
pub fn nearest<'a>(
    written: &str,
    known: impl Iterator<Item = &'a str>,
    fits: impl Fn(usize, &str) -> bool,
) -> Option<&'a str> {
    known
        .map(|known| (strsim::damerau_levenshtein(written, known), known))
        .filter(|(distance, known)| fits(*distance, known))
        .min()
        .map(|(_, known)| known)
}

/// The first `most` of a list, with `…` where there are more.
pub fn first_of(items: impl IntoIterator<Item = String>, most: usize) -> String {
    let mut items = items.into_iter();
    let mut first: Vec<String> = items.by_ref().take(most).collect();
    if items.next().is_some() {
        first.push("…".to_owned());
    }
    first.join(", ")
}

/// A name behind its article: `a Hugo`, `an Astro`.
pub fn with_article(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'A', 'E']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}

/// `1 feed`, `2 feeds`.
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected, "{text}");
    }

    #[test]
    fn html_becomes_plain() {
        check("October 1<sup>st</sup> &amp; on", "October 1st & on");
        check("Years &#58; The <em>Modern</em>", "Years : The Modern");
        check("Vec<T> and a < b", "Vec<T> and a < b");
        check("a<br>b <img alt='x>y'> c", "a b c");
        check("a <!-- b --> c", "a c");
        check("&lt;b&gt; stays text", "<b> stays text");
        check("  two\n lines ", "two lines");
        check("<script>alert(1)</script>", "alert(1)");
        check("R&D <unclosed", "R&D <unclosed");
    }

    #[test]
    fn forbidden_characters() {
        assert_eq!(
            clean("a\0b\u{8}c\u{fffe}d\u{fffd}e\u{1ffff}\t\n"),
            "abcde\t\n"
        );
        assert_eq!(clean("it\u{92}s \u{81}"), "it’s ");
        assert!(matches!(clean("plain — ünïcode 🦀"), Cow::Borrowed(_)));
        assert_eq!(plain("a&#x200B;b&#65534;"), "a\u{200b}b");
    }

    #[test]
    fn lines_of_words() {
        for text in ["a", "a b", "it's 1 < 2"] {
            assert!(is_one_line(text), "{text:?}");
        }
        for text in ["", " ", " a", "a ", "a  b", "a\tb", "a\u{7f}", "ü"] {
            assert!(!is_one_line(text), "{text:?}");
        }
        assert_eq!(one_line(" a \n\u{a0}b\0 "), "a b");
    }

    #[test]
    fn escaping() {
        const ESCAPES: Escapes<2> = Escapes::new([(b'<', "&lt;"), (b'&', "&amp;")]);
        for length in 0..40 {
            let blank = " ".repeat(length);
            let mut out = String::from("<");
            ESCAPES.write(&mut out, &format!("{blank}<ü>{blank}&<"));
            assert_eq!(out, format!("<{blank}&lt;ü>{blank}&amp;&lt;"));
        }
    }

    #[test]
    fn lines_with_their_ends() {
        for text in ["", "\n", "a", "a\n", "a\r\n\nb", "\n\n"] {
            assert!(lines(text).eq(text.split_inclusive('\n')), "{text:?}");
        }
    }

    #[test]
    fn cutting() {
        assert_eq!(cut("one two three", 20), "one two three");
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("一二三四五六", 3), "一二三…");
        assert_eq!(cut("one, two", 4), "one…");
    }
}
