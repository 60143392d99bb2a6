//! The one way to standard output and standard error, and what no text may carry there.
//!
//! Titles, paths and addresses come from strangers, and what is written ends in terminals and in
//! the logs of CI systems. Characters that steer a terminal or turn text around are shown, not
//! sent, and what a log would take for a command is broken up. A value that belongs on one line
//! goes through [`in_line()`] before it is put into a text, since the way out leaves line ends alone.

use std::borrow::Cow;
use std::io::{ErrorKind, Write};

use feedwright_base::error::Error;
use serde::Serialize;

use super::DONE;

/// Writes text that people read to standard output.
pub(super) fn print(text: &str) -> Result<u8, Error> {
    print_as_it_is(&in_text(text))
}

/// Writes a value to standard output as JSON of many lines.
pub(super) fn print_json(value: &impl Serialize) -> Result<u8, Error> {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    print_as_it_is(&(in_json(&text).into_owned() + "\n"))
}

/// Writes a text that has nothing of strangers in it, or is escaped by its own format, to standard
/// output. A reader that has seen enough, as `head` has, is no failure.
pub(super) fn print_as_it_is(text: &str) -> Result<u8, Error> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::new(format!(
            "cannot write to standard output: {error}"
        ))),
        _ => Ok(DONE),
    }
}

/// Writes a text that is escaped already to standard error. When that is gone there is nobody to
/// tell.
pub(super) fn tell(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// A value as it may stand within a line that people read.
pub(super) fn in_line(value: &str) -> Cow<'_, str> {
    escaped(value, |_| false, |c| c.escape_unicode().to_string())
}

/// A text of several lines as people may read it. No line begins with what would be a command of
/// GitHub's runners.
fn in_text(text: &str) -> Cow<'_, str> {
    let is_command = |line: &str| line.trim_start().starts_with("::");
    if !text.lines().any(is_command) {
        return escaped(text, |c| c == '\n', |c| c.escape_unicode().to_string());
    }
    let lines = text.split_inclusive('\n').map(|line| {
        if is_command(line) {
            Cow::Owned(line.replacen(':', "\\u{3a}", 1))
        } else {
            Cow::Borrowed(line)
        }
    });
    Cow::Owned(in_text(&lines.collect::<String>()).into_owned())
}

/// JSON with the same characters in escapes of JSON: outside of its strings there are none.
pub(super) fn in_json(json: &str) -> Cow<'_, str> {
    let escape = |c: char| {
        let mut units = [0; 2];
        let units = c.encode_utf16(&mut units).iter();
        units.map(|unit| format!("\\u{unit:04x}")).collect()
    };
    escaped(json, |c| c == '\n', escape)
}

/// HTML with the same characters as character references.
pub(super) fn in_html(html: &str) -> Cow<'_, str> {
    escaped(html, |c| c == '\n', |c| format!("&#x{:x};", u32::from(c)))
}

/// A text in which each character that steers what shows it, and each sign that would make a
/// command of it, is written otherwise.
fn escaped(
    text: &str,
    stays: impl Fn(char) -> bool,
    escape: impl Fn(char) -> String,
) -> Cow<'_, str> {
    let is_sent =
        |at: usize, c: char| stays(c) || !(steers(c) || (c == '#' && begins_command(text, at)));
    if text.char_indices().all(|(at, c)| is_sent(at, c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        if is_sent(at, c) {
            out.push(c);
        } else {
            out.push_str(&escape(c));
        }
    }
    Cow::Owned(out)
}

/// Whether a character controls a terminal, ends a line for some readers, changes the order of
/// others without being seen, or is not seen at all. What joins letters and emoji stays.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2066}'..='\u{206f}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{2060}'..='\u{2065}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{fffe}'
                | '\u{ffff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether the second `#` of a command of a log stands here: `##[group]`, `##vso[…]`,
/// `##teamcity[…]`, which are found in the middle of a line as well.
fn begins_command(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    before.ends_with('#')
        && after
            .trim_start_matches('#')
            .trim_start_matches(|c: char| c.is_ascii_alphanumeric())
            .starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_stays() {
        for text in [
            "",
            "C# [a] ## b",
            "# [x](y)",
            "Straße — 日本語 🦀 é",
            "a::b",
        ] {
            assert!(matches!(in_line(text), Cow::Borrowed(_)), "{text}");
            assert_eq!(in_text(text), text);
            assert_eq!(in_json(text), text);
        }
        assert_eq!(in_text("a\n\nb\n"), "a\n\nb\n");
    }

    #[test]
    fn what_steers_is_shown() {
        assert_eq!(in_line("a\u{1b}[2Jb\nc\td"), "a\\u{1b}[2Jb\\u{a}c\\u{9}d");
        assert_eq!(in_text("a\u{9b}\nb\r"), "a\\u{9b}\nb\\u{d}");
        for c in "\u{61c}\u{200b}\u{e0041}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}".chars() {
            let text = format!("a{c}b");
            assert_eq!(in_line(&text), format!("a\\u{{{:x}}}b", u32::from(c)));
            let json = serde_json::to_string(&text).expect("JSON");
            let safe = in_json(&json).into_owned();
            assert!(safe.is_ascii(), "{safe}");
            let read: String = serde_json::from_str(&safe).expect("JSON");
            assert_eq!(read, text, "the value is the same");
            assert_eq!(in_html(&text), format!("a&#x{:x};b", u32::from(c)));
        }
    }

    #[test]
    fn logs_find_no_command() {
        assert_eq!(in_line("a ##[error]b"), "a #\\u{23}[error]b");
        assert_eq!(in_line("##vso[x]"), "#\\u{23}vso[x]");
        assert_eq!(in_line("####[x]"), "#\\u{23}\\u{23}\\u{23}[x]");
        assert_eq!(in_line("##teamcity[x]"), "#\\u{23}teamcity[x]");
        assert_eq!(in_json("\"##[x]\""), "\"#\\u0023[x]\"");
        assert_eq!(in_text(" ::error::x\ny"), " \\u{3a}:error::x\ny");
        assert_eq!(in_text("a\n:::x"), "a\n\\u{3a}::x");
    }
}
