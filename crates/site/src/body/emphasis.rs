//! Finds emphasis that kramdown and Python's Markdown see and CommonMark does not.

use std::borrow::Cow;

use feedwright_base::slice::Slice;

use super::code::Code;

/// Makes tags of stars between which CommonMark sees no emphasis, since a sign stands within them and
/// a letter right outside: `中文**粗体：**中文`.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    if !text.contains('*') || !runs(text, 0).any(|run| run.is_odd()) {
        return Cow::Borrowed(text);
    }
    let code = code();
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    let mut start = 0;
    let mut open: [Option<Run>; 2] = [None, None];
    for line in text.split_inclusive('\n') {
        if begins_block(line) {
            open = [None, None];
        }
        for run in runs(line, start).filter(|run| !code.contains(run.at)) {
            let (length, tags) = match run.length {
                1 => (0, ("<em>", "</em>")),
                2 => (1, ("<strong>", "</strong>")),
                _ => continue,
            };
            let Some(open) = open.get_mut(length) else {
                continue;
            };
            match *open {
                Some(first) if run.may_close() && run.at > first.at + first.length => {
                    if !first.opens() || !run.closes() {
                        marks.push((first.at, first.length, tags.0));
                        marks.push((run.at, run.length, tags.1));
                    }
                    *open = None;
                }
                _ if run.may_open() => *open = Some(run),
                _ => {}
            }
        }
        start += line.len();
    }
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    marks.sort_unstable();
    let mut out = String::with_capacity(text.len() + marks.len() * 8);
    let mut done = 0;
    for (at, length, tag) in marks {
        out.push_str(text.slice(done..at));
        out.push_str(tag);
        done = at + length;
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// Whether a line ends the text before it, so that no emphasis goes on into it.
fn begins_block(line: &str) -> bool {
    let bare = line.trim_start();
    let mark = bare.trim_start_matches(|c: char| c.is_ascii_digit() || "-*+.>#".contains(c));
    bare.is_empty() || (mark.len() < bare.len() && mark.starts_with(' ')) || bare.starts_with('|')
}

/// Stars that stand side by side.
#[derive(Debug, Clone, Copy)]
struct Run {
    at: usize,
    length: usize,
    before: Option<char>,
    after: Option<char>,
    /// Whether it is half of four, which CommonMark does not take apart.
    is_half: bool,
}

impl Run {
    fn may_open(&self) -> bool {
        self.after.is_some_and(|c| !c.is_whitespace())
    }

    fn may_close(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
    }

    /// Whether CommonMark lets it begin emphasis.
    fn opens(&self) -> bool {
        self.may_open() && !self.is_half && (!is_sign(self.after) || is_edge(self.before))
    }

    /// Whether CommonMark lets it end emphasis.
    fn closes(&self) -> bool {
        self.may_close() && !self.is_half && (!is_sign(self.before) || is_edge(self.after))
    }

    /// Whether CommonMark and others may differ on it.
    fn is_odd(&self) -> bool {
        (self.may_open() && !self.opens()) || (self.may_close() && !self.closes())
    }
}

fn is_sign(c: Option<char>) -> bool {
    c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace())
}

fn is_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric())
}

/// The runs of stars in a line that begins at `start`. Four are two pairs.
fn runs(line: &str, start: usize) -> impl Iterator<Item = Run> + '_ {
    let mut at = 0;
    let mut second: Option<Run> = None;
    std::iter::from_fn(move || {
        if let Some(run) = second.take() {
            return Some(run);
        }
        loop {
            let found = at + memchr::memchr(b'*', line.as_bytes().slice(at..))?;
            let rest = line.slice(found..);
            let length = rest.len() - rest.trim_start_matches('*').len();
            at = found + length;
            let before = line.slice(..found);
            let escapes = before.len() - before.trim_end_matches('\\').len();
            if escapes % 2 == 1 {
                continue;
            }
            let run = Run {
                at: start + found,
                length,
                before: before.chars().next_back(),
                after: line.slice(at..).chars().next(),
                is_half: length == 4,
            };
            if length != 4 {
                return Some(run);
            }
            second = Some(Run {
                at: run.at + 2,
                length: 2,
                before: Some('*'),
                ..run
            });
            return Some(Run {
                length: 2,
                after: Some('*'),
                ..run
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As kramdown 2.4 and Python-Markdown 3 have them.
    #[test]
    fn letters_of_other_scripts_and_comments() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
        };
        check("中文**粗体：**中文", "中文<strong>粗体：</strong>中文");
        check("中文*“斜”*中文", "中文<em>“斜”</em>中文");
        check(
            "**<!--a-->****B：** x",
            "<strong><!--a--></strong><strong>B：</strong> x",
        );
        check("a **b** *c* d**e**f", "a **b** *c* d**e**f");
        check("`a**：**b` \\**：**", "`a**：**b` \\**：**");
        check("a **：\n\nb：**c", "a **：\n\nb：**c");
        check("* **a：**b\n* c", "* <strong>a：</strong>b\n* c");
        check("2 ** 3 * 4", "2 ** 3 * 4");
    }
}
