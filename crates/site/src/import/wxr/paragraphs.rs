//! Makes the paragraphs of a text that WordPress makes when it shows one: of lines that blank ones set
//! apart, where no element does.

use feedwright_base::slice::Slice;
use memchr::memmem;

/// Elements that end a paragraph. Their texts have paragraphs only where blank lines say so.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "audio",
    "details",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements that end a paragraph and always have some of their own.
const OUTER: [&str; 1] = ["blockquote"];

/// Elements that can have no paragraphs in them.
const LEAVES: [&str; 8] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "dt"];

/// Elements whose texts stay as they are.
const RAW: [&str; 4] = ["pre", "script", "style", "textarea"];

/// The HTML of a text as WordPress stores it.
pub(super) fn paragraphs(text: &str) -> String {
    if text.contains("<!-- wp:") {
        return without_marks(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut made = Made {
        out: String::with_capacity(text.len() + text.len() / 8),
        inline: String::new(),
        open: Vec::new(),
    };
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', text.slice(at..).as_bytes()) {
        made.inline.push_str(text.slice(at..at + next));
        at += next;
        at += made.markup(text.slice(at..));
    }
    made.inline.push_str(text.slice(at..));
    made.flush();
    made.out
}

/// A text of blocks without the comments that say what kind each is of.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!-- ") {
        let inner = rest.slice(start + 5..);
        let is_mark = inner.starts_with("wp:") || inner.starts_with("/wp:");
        let end = inner
            .find("-->")
            .map_or(rest.len(), |end| start + 5 + end + 3);
        out.push_str(rest.slice(..if is_mark { start } else { end }));
        rest = rest.slice(end..);
    }
    out.push_str(rest);
    out.trim().to_owned()
}

struct Made {
    out: String,
    /// What may be a paragraph.
    inline: String,
    /// The blocks that are open.
    open: Vec<String>,
}

impl Made {
    /// Takes a tag or comment that a text begins with; returns how many bytes it has.
    fn markup(&mut self, text: &str) -> usize {
        if text.starts_with("<!--") {
            let end = text.find("-->").map_or(text.len(), |end| end + 3);
            self.flush();
            self.out.push_str(text.slice(..end));
            self.out.push('\n');
            return end;
        }
        let is_end = text.starts_with("</");
        let rest = text.slice(if is_end { 2 } else { 1 }..);
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric());
        let name = rest
            .slice(..length.unwrap_or(rest.len()))
            .to_ascii_lowercase();
        let end = text.find('>').map_or(text.len(), |end| end + 1);
        if !is_end && RAW.contains(&name.as_str()) {
            let close = format!("</{name}");
            let close = memmem::find(text.as_bytes(), close.as_bytes());
            let end = close.map_or(text.len(), |close| {
                let rest = text.slice(close..);
                close + rest.find('>').map_or(rest.len(), |end| end + 1)
            });
            self.flush();
            self.out.push_str(text.slice(..end));
            self.out.push('\n');
            return end;
        }
        let name = name.as_str();
        if !BLOCKS.contains(&name) && !OUTER.contains(&name) {
            self.inline.push_str(text.slice(..end));
            return end;
        }
        self.flush();
        self.out.push_str(text.slice(..end));
        let is_void = matches!(name, "hr") || text.slice(..end).ends_with("/>");
        if is_end {
            self.out.push('\n');
            if let Some(at) = self.open.iter().rposition(|open| open == name) {
                self.open.truncate(at);
            }
        } else if !is_void {
            self.open.push(name.to_owned());
        }
        end
    }

    /// Ends what may be a paragraph.
    fn flush(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        let mut parts: Vec<String> = Vec::new();
        let mut is_open = false;
        for line in inline.lines() {
            if line.trim().is_empty() {
                is_open = false;
                continue;
            }
            match parts.last_mut().filter(|_| is_open) {
                Some(part) => {
                    if !is_break(part) {
                        part.push_str("<br />");
                    }
                    part.push('\n');
                    part.push_str(line.trim());
                }
                None => parts.push(line.trim_start().to_owned()),
            }
            is_open = true;
        }
        let around = self.open.last().map(String::as_str);
        let is_leaf = around.is_some_and(|name| LEAVES.contains(&name));
        let is_outer = around.is_none_or(|name| OUTER.contains(&name));
        let is_wrapped = !is_leaf && (is_outer || parts.len() > 1);
        for part in parts {
            let part = linked(part.trim_end());
            if is_wrapped {
                self.out.push_str(&format!("<p>{part}</p>\n"));
            } else {
                self.out.push_str(&part);
            }
        }
    }
}

/// Whether a text ends with a line break of its own.
fn is_break(text: &str) -> bool {
    let text = text.trim_end().to_ascii_lowercase();
    ["<br>", "<br/>", "<br />"]
        .iter()
        .any(|end| text.ends_with(end))
}

/// An address that stands alone, which WordPress shows as what it leads to, as a link.
fn linked(text: &str) -> String {
    let is_address = (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '"'));
    if is_address {
        format!("<a href=\"{text}\">{text}</a>")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn blank_lines_make_paragraphs() {
        for (text, expected) in [
            ("a\nb\n\nc", "<p>a<br />\nb</p>\n<p>c</p>\n"),
            ("a<br />\nb", "<p>a<br />\nb</p>\n"),
            ("a <b>c\r\n\r\nd</b>", "<p>a <b>c</p>\n<p>d</b></p>\n"),
            ("<p>a</p>\n\nb", "<p>a</p>\n<p>b</p>\n"),
            ("a\n<h2>b</h2>\nc", "<p>a</p>\n<h2>b</h2>\n<p>c</p>\n"),
            (
                "<ul>\n<li>a</li>\n<li>b\n\nc</li>\n</ul>",
                "<ul><li>a</li>\n<li><p>b</p>\n<p>c</p>\n</li>\n</ul>\n",
            ),
            (
                "<blockquote>a</blockquote>",
                "<blockquote><p>a</p>\n</blockquote>\n",
            ),
            ("<pre>a\n\nb</pre>\nc", "<pre>a\n\nb</pre>\n<p>c</p>\n"),
            ("a\n\n<!--more-->\n\nb", "<p>a</p>\n<!--more-->\n<p>b</p>\n"),
            ("<div>a</div>", "<div>a</div>\n"),
            (
                "a\n\nhttps://example.gov/v",
                "<p>a</p>\n<p><a href=\"https://example.gov/v\">https://example.gov/v</a></p>\n",
            ),
            (
                "<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph --><!--more-->",
                "<p>a\nb</p>\n<!--more-->",
            ),
            ("", ""),
            ("a < b", "<p>a < b</p>\n"),
        ] {
            assert_eq!(paragraphs(text), expected, "{text:?}");
        }
    }
}
