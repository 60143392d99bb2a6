//! Makes HTML of plain text.

use html_escape::encode_text;

/// The paragraphs of a text, which blank lines set apart, as HTML; lines stay lines.
pub(super) fn paragraphs(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    let mut is_open = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            if is_open {
                html.push_str("</p>\n");
            }
            is_open = false;
            continue;
        }
        html.push_str(if is_open { "<br>\n" } else { "<p>" });
        is_open = true;
        html.push_str(&encode_text(line));
    }
    if is_open {
        html.push_str("</p>\n");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn lines_and_paragraphs_stay() {
        assert_eq!(
            paragraphs("\na <b> & c\nd\n \n\n e\n"),
            "<p>a &lt;b&gt; &amp; c<br>\nd</p>\n<p> e</p>\n"
        );
        assert_eq!(paragraphs(" \n"), "");
    }
}
