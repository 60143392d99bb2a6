//! Reads the lists of Python's Markdown: what belongs to an item is indented by four, and items that are
//! indented alike are one list, whatever their marks.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text;

use crate::dialect::PythonLists;

/// How much further a level is indented.
const INDENT: usize = 4;

/// Moves lines to the levels that they belong to, and gives the items of a list one kind of mark.
pub(super) fn resolve(text: &str, rule: PythonLists) -> Cow<'_, str> {
    if rule == PythonLists::Off || !text::lines(text).any(|line| mark(indent(line).1).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut lists = Lists {
        rule,
        out: String::with_capacity(text.len() + text.len() / 8),
        open: Vec::new(),
        fence: None,
        is_html: false,
        is_behind_blank: true,
        references: Vec::new(),
    };
    for line in text::lines(text) {
        lists.line(line);
    }
    for reference in &lists.references {
        lists.out.push_str(&format!("\n\n{reference}"));
    }
    Cow::Owned(lists.out)
}

struct Lists<'a> {
    rule: PythonLists,
    out: String,
    /// The marks of the lists that are open, the outermost first.
    open: Vec<&'a str>,
    fence: Option<Fence<'a>>,
    /// Whether a block of HTML is open, which a blank line ends.
    is_html: bool,
    is_behind_blank: bool,
    /// What stood between items and is none of them.
    references: Vec<&'a str>,
}

/// Code that is open.
struct Fence<'a> {
    mark: &'a str,
    /// How far its lines are indented, as they are written and as they shall be.
    indent: (usize, usize),
}

impl<'a> Lists<'a> {
    fn line(&mut self, line: &'a str) {
        let (indent, bare) = indent(line);
        let level = indent / INDENT;
        let is_blank = bare.trim().is_empty();
        self.is_html =
            !is_blank && (self.is_html || (self.is_behind_blank && bare.starts_with('<')));
        if is_blank || self.is_html {
            self.out.push_str(line);
        } else if let Some(fence) = &self.fence {
            let to = (fence.indent.1 + indent).saturating_sub(fence.indent.0);
            let is_end = bare.trim_end().len() >= fence.mark.len()
                && bare
                    .trim_end()
                    .trim_start_matches(fence.mark.slice(..1))
                    .is_empty();
            if is_end {
                self.fence = None;
            }
            self.write(to, bare);
        } else if level > self.open.len() {
            // It is code.
            self.out.push_str(line);
        } else if let Some(mark) = mark(bare).filter(|mark| self.may_begin(mark)) {
            self.item(level, mark, bare);
        } else if bare.starts_with("```") || bare.starts_with("~~~") {
            self.begin_fence(indent, bare);
        } else if self.is_behind_blank && indent > 0 && is_reference(bare) {
            // It is taken out before lists are looked for, and so ends none.
            self.references.push(bare.trim_end());
            return;
        } else if self.is_behind_blank || bare.starts_with('#') {
            self.open.truncate(level);
            self.write(level * INDENT, bare);
        } else {
            self.out.push_str(line);
        }
        self.is_behind_blank = is_blank;
    }

    /// Whether a mark makes an item: in a paragraph only the first number does.
    fn may_begin(&self, mark: &str) -> bool {
        self.is_behind_blank || !self.open.is_empty() || !is_number(mark) || mark == "1."
    }

    /// Writes an item so that what belongs to it is indented by four for CommonMark as well.
    fn item(&mut self, level: usize, mark: &'a str, bare: &str) {
        self.open.truncate(level + 1);
        let is_other = |known: &str| is_number(known) != is_number(mark);
        if self.rule == PythonLists::Sane
            && self.open.get(level).is_some_and(|known| is_other(known))
        {
            self.open.truncate(level);
        }
        if self.open.len() == level {
            self.open.push(mark);
        }
        let known = self.open.last().copied().unwrap_or(mark);
        let shown = if is_number(known) && !is_other(known) {
            mark
        } else {
            known
        };
        let text = bare.slice(mark.len()..).trim_start_matches([' ', '\t']);
        self.write(level * INDENT, shown);
        if !text.trim().is_empty() {
            let blanks = INDENT.saturating_sub(shown.len()).max(1);
            self.out.extend(std::iter::repeat_n(' ', blanks));
        }
        self.out.push_str(text);
    }

    /// Begins code, which belongs to an item if it is indented at all.
    fn begin_fence(&mut self, indent: usize, bare: &'a str) {
        let level = indent.div_ceil(INDENT).min(self.open.len());
        self.open.truncate(level);
        let sign = if bare.starts_with('`') { '`' } else { '~' };
        let length = bare.len() - bare.trim_start_matches(sign).len();
        let to = if self.open.is_empty() {
            indent
        } else {
            level * INDENT
        };
        self.fence = Some(Fence {
            mark: bare.slice(..length),
            indent: (indent, to),
        });
        self.write(to, bare);
    }

    fn write(&mut self, indent: usize, text: &str) {
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(text);
    }
}

/// How far a line is indented, and what stands there.
fn indent(line: &str) -> (usize, &str) {
    let mut columns = 0;
    for (at, c) in line.char_indices() {
        match c {
            ' ' => columns += 1,
            '\t' => columns = (columns / INDENT + 1) * INDENT,
            _ => return (columns, line.slice(at..)),
        }
    }
    (columns, "")
}

/// The mark of the item that a line begins with. A rule is none.
fn mark(bare: &str) -> Option<&str> {
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let length = match digits {
        0 => usize::from(bare.starts_with(['-', '*', '+'])),
        1..=9 if bare.slice(digits..).starts_with('.') => digits + 1,
        _ => 0,
    };
    let is_item = length > 0 && bare.slice(length..).starts_with([' ', '\t']);
    let mark = bare.slice(..length);
    (is_item && !is_rule(bare, mark)).then_some(mark)
}

/// Whether a line says what a reference leads to: `[name]: address`.
fn is_reference(bare: &str) -> bool {
    let name = bare
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]:"));
    name.is_some_and(|(name, _)| !name.is_empty() && !name.contains(['[', ']', '^']))
}

fn is_rule(bare: &str, mark: &str) -> bool {
    let mut signs = bare.split_whitespace();
    bare.matches(mark).count() > 2 && signs.all(|signs| signs.trim_matches(['-', '*']).is_empty())
}

fn is_number(mark: &str) -> bool {
    mark.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Python-Markdown 3.11 nests them.
    #[test]
    fn levels_are_four_wide() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, PythonLists::Lazy), expected, "{text}");
        };
        check("- a\n  - b\n- c\n", "-   a\n-   b\n-   c\n");
        check("1. a\n\n- b\n", "1.  a\n\n1.  b\n");
        check("* a\n+ b\n\n1. c\n", "*   a\n*   b\n\n*   c\n");
        check(
            "* a\n    * b\n      * c\n        * d\n",
            "*   a\n    *   b\n    *   c\n        *   d\n",
        );
        check("- a\n\n  b\n\n1. c\n", "-   a\n\nb\n\n1.  c\n");
        check("- a\n\n\tb\n\n      - c\n", "-   a\n\n    b\n\n    -   c\n");
        check(
            "1. a\n   ```\n     x\n   ```\n2. b\n",
            "1.  a\n    ```\n      x\n    ```\n2.  b\n",
        );
        check(
            "    - x\n      - y\n\n* * *\n\n- a\n",
            "    - x\n      - y\n\n* * *\n\n-   a\n",
        );
        check(
            "- a [x]\n\n  [x]: y\n\n- b\n",
            "-   a [x]\n\n\n-   b\n\n\n[x]: y",
        );
        let sane = resolve("1. a\n\n- b\n* c\n", PythonLists::Sane);
        assert_eq!(sane, "1.  a\n\n-   b\n-   c\n");
    }
}
