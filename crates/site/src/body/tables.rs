//! Finds the tables that kramdown sees: lines with `|`, which need neither a head nor a line below it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use feedwright_base::slice::Slice;
use feedwright_base::text;

use super::code::Code;
use super::inner_markdown::BARE;

/// Rewrites tables of kramdown as those that CommonMark's parser knows. A head that it asks for and
/// kramdown does not is empty, and is not shown.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    if !text.contains('|') {
        return Cow::Borrowed(text);
    }
    let cell = OnceCell::new();
    let code = || -> &Code { cell.get_or_init(&code) };
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for block in blocks(text) {
        if !may_be_table(text.slice(block.clone())) {
            continue;
        }
        let rows = rows(text, block.clone(), code());
        let Some(table) = rows.and_then(|rows| Table::of(text, rows)) else {
            continue;
        };
        out.push_str(text.slice(done..block.start));
        table.write(&mut out);
        done = block.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

/// The parts of a text between blank lines.
pub(super) fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut goes_on = false;
    for line in text::lines(text) {
        let start = at;
        at += line.len();
        // A list of attributes belongs to what stands before it.
        let is_over = line.trim().is_empty() || line.trim_start().starts_with("{:");
        match found.last_mut() {
            _ if is_over => {}
            Some(block) if goes_on => block.end = at,
            _ => found.push(start..at),
        }
        goes_on = !is_over;
    }
    found
}

/// Whether a block has a sign of a table in each line, and begins as no other kind of block does.
fn may_be_table(block: &str) -> bool {
    let indent = block.len() - block.trim_start().len();
    let other = [
        "#", ">", "<", "$$", "```", "~~~", "* ", "- ", "+ ", ":", "[",
    ];
    let bare = block.trim_start();
    let is_item = bare
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .starts_with(". ");
    indent <= 3
        && !is_item
        && !other.iter().any(|mark| bare.starts_with(mark))
        && !block.starts_with(BARE)
        && block.lines().all(|line| line.contains('|'))
}

/// The lines of a block that is a table, each with the places of its signs; `None` for all others.
fn rows(text: &str, block: Range<usize>, code: &Code) -> Option<Vec<(Range<usize>, Vec<usize>)>> {
    let mut rows = Vec::new();
    let mut at = block.start;
    for line in text::lines(text.slice(block)) {
        let start = at;
        at += line.len();
        if code.is_block(start) {
            return None;
        }
        let line = line.trim_end();
        // CommonMark's parser takes rows apart before it sees code in them.
        let spans = spans(line);
        let signs: Vec<usize> = line
            .match_indices('|')
            .map(|(sign, _)| start + sign)
            .filter(|sign| !is_escaped(text, *sign) && !code.contains(*sign))
            .filter(|sign| !spans.iter().any(|span| span.contains(&(sign - start))))
            .collect();
        if signs.is_empty() {
            return None;
        }
        rows.push((start..start + line.len(), signs));
    }
    Some(rows)
}

/// The code in a line: between as many backticks on both sides.
pub(super) fn spans(line: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = runs.get(at) {
        at += 1;
        let mut behind = runs.iter().enumerate().skip(at);
        if let Some((close, run)) = behind.find(|(_, run)| run.len() == open.len()) {
            found.push(open.start..run.end);
            at = close + 1;
        }
    }
    found
}

pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.slice(..at);
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

struct Table {
    head: Option<Vec<String>>,
    rows: Vec<Vec<String>>,
    /// How each column is aligned, as it is written below a head.
    columns: Vec<&'static str>,
}

impl Table {
    /// The table of these lines; `None` where CommonMark's parser sees the same.
    fn of(text: &str, lines: Vec<(Range<usize>, Vec<usize>)>) -> Option<Self> {
        let is_line = |at: usize, signs: &str| {
            lines
                .get(at)
                .is_some_and(|(range, _)| is_line_of(text.slice(range.clone()), signs))
        };
        let dashes = (0..lines.len())
            .filter(|at| is_line(*at, "-"))
            .collect::<Vec<_>>();
        let has_end = (0..lines.len()).any(|at| is_line(at, "="));
        let columns = |at: usize| {
            let (range, signs) = lines.get(at)?;
            Some(cells(text, range.clone(), signs).len())
        };
        let is_within = |(range, signs): &(Range<usize>, Vec<usize>)| {
            let cells = cells(text, range.clone(), signs);
            Some(cells.len()) <= columns(0) && !cells.iter().any(|cell| cell.contains("\\|"))
        };
        if dashes == [1] && !has_end && columns(0) == columns(1) && lines.iter().all(is_within) {
            return None;
        }
        let mut table = Table {
            head: None,
            rows: Vec::new(),
            columns: Vec::new(),
        };
        for (at, (range, signs)) in lines.iter().enumerate() {
            if is_line(at, "=") {
                continue;
            }
            let cells = cells(text, range.clone(), signs);
            if !dashes.contains(&at) {
                table.rows.push(cells);
                continue;
            }
            if table.columns.is_empty() {
                let line = text
                    .slice(range.clone())
                    .trim_matches(['|', '+', ' ', '\t']);
                table.columns = line
                    .split(['|', '+'])
                    .map(|cell| alignment(cell.trim()))
                    .collect();
                // What stands above the first line is the head.
                if table.rows.len() == 1 {
                    table.head = table.rows.pop();
                }
            }
        }
        (!table.rows.is_empty() || table.head.is_some()).then_some(table)
    }

    fn write(&self, out: &mut String) {
        let all = self.rows.iter().chain(&self.head);
        let columns = all.map(Vec::len).max().unwrap_or(1);
        let row = |cells: &[String], out: &mut String| {
            out.push('|');
            for column in 0..columns {
                out.push(' ');
                out.push_str(cells.get(column).map_or("", String::as_str));
                out.push_str(" |");
            }
            out.push('\n');
        };
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        row(self.head.as_deref().unwrap_or_default(), out);
        let dashes: Vec<String> = (0..columns)
            .map(|column| (*self.columns.get(column).unwrap_or(&"---")).to_owned())
            .collect();
        row(&dashes, out);
        for cells in &self.rows {
            row(cells, out);
        }
        out.push('\n');
    }
}

/// Whether a line is made of such signs, and of what stands between columns.
fn is_line_of(line: &str, sign: &str) -> bool {
    line.contains(sign)
        && line
            .chars()
            .all(|c| "+|: \t".contains(c) || sign.contains(c))
}

fn alignment(cell: &str) -> &'static str {
    match (cell.starts_with(':'), cell.ends_with(':')) {
        (true, true) => ":---:",
        (true, false) => ":---",
        (false, true) => "---:",
        (false, false) => "---",
    }
}

/// The cells of a line, given where the signs between them stand. Those in code are escaped: they are
/// no such signs.
fn cells(text: &str, line: Range<usize>, signs: &[usize]) -> Vec<String> {
    let mut edges = vec![line.start];
    edges.extend(signs.iter().map(|sign| sign + 1));
    let ends = signs.iter().copied().chain([line.end]);
    let mut cells: Vec<String> = edges
        .into_iter()
        .zip(ends)
        .map(|(start, end)| escaped(text.slice(start..end.max(start)).trim()))
        .collect();
    // The signs at both ends are edges of the table.
    if cells.first().is_some_and(String::is_empty) {
        cells.remove(0);
    }
    if cells.len() > 1 && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn escaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut before = ' ';
    for c in cell.chars() {
        if c == '|' && before != '\\' {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As kramdown 2.4 has them.
    #[test]
    fn tables() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
        };
        check("a | b\n\nc", "|  |  |\n| --- | --- |\n| a | b |\n\n\nc");
        check(
            "| a | b |\n|---+:-:|\n| `c|d` | e\n|====\n| f |\n",
            "| a | b |\n| --- | :---: |\n| `c\\|d` | e |\n| f |  |\n\n",
        );
        check(
            "|---|---|\n| a | b |\n{: .x}\n",
            "|  |  |\n| --- | --- |\n| a | b |\n\n{: .x}\n",
        );
        check(
            "a | b | c\n--- | ---\n",
            "| a | b | c |\n| --- | --- | --- |\n\n",
        );
        check(
            "| Op | Is |\n|---|---|\n| `a|b` | or |\n",
            "| Op | Is |\n| --- | --- |\n| `a\\|b` | or |\n\n",
        );
        check(
            "| a | b |\n|--|--|\n| 1 | 2 | extra |\n",
            "| a | b |  |\n| --- | --- | --- |\n| 1 | 2 | extra |\n\n",
        );
        for same in [
            "| a | b |\n|---|---|\n| c | d |\n",
            "a | b\nc\n",
            "a `|` b\n",
            "a \\| b\n",
            "* a | b\n",
            "```\na | b\n```\n",
            "    a | b\n",
        ] {
            check(same, same);
        }
    }
}
