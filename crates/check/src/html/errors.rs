//! Explains the errors of the HTML parser.

use super::super::schema::shown;

/// The starts of messages of the parser, with their explanations.
const MEANINGS: &[(&str, &str)] = &[
    (
        "Unexpected token Eof in insertion mode Text",
        "an element such as `iframe`, `script` or `textarea` is never closed",
    ),
    (
        "Unexpected token Eof",
        "the text ends where an element has to be closed first",
    ),
    (
        "Saw EOF",
        "the text ends in the middle of a tag or a comment",
    ),
    ("EOF ", "a reference names no character"),
    (
        "Saw ",
        "`<` or a quote stands where a tag does not have it; `<` alone is written `&lt;`",
    ),
    (
        "Found special tag while closing generic tag",
        "an end tag closes over an element that is still open",
    ),
    ("No matching tag to close", "an end tag closes nothing"),
    (
        "No heading tag to close",
        "the end tag of a heading closes nothing",
    ),
    (
        "Closing wrong heading tag",
        "a heading ends as one of another level",
    ),
    ("No <p> tag to close", "`</p>` closes no paragraph"),
    (
        "Formatting element",
        "elements such as `b` and `i` end in another order than they begin",
    ),
    ("Unexpected open tag", "an element is not closed"),
    (
        "Unexpected open element",
        "an element is not closed before the one around it",
    ),
    ("expected to close <td>", "a cell of a table is not closed"),
    (
        "Non-space table text",
        "text stands in a table outside of its cells",
    ),
    (
        "Unacknowledged self-closing tag",
        "`/>` does not close an element of HTML",
    ),
    ("Self-closing end tag", "an end tag ends in `/>`"),
    ("Attributes on an end tag", "an end tag has attributes"),
    ("Duplicate attribute", "an attribute stands twice"),
    (
        "Character reference does not end with semicolon",
        "a reference lacks its `;`",
    ),
    (
        "Invalid character reference",
        "a reference names no character",
    ),
    ("Invalid numeric", "a reference names no character"),
    (
        "Numeric character reference without digits",
        "a reference names no character",
    ),
    ("nested heading tags", "a heading stands in a heading"),
    ("nested buttons", "a button stands in a button"),
    ("nested forms", "a form stands in a form"),
    ("nested options", "an option stands in an option"),
    ("Nested <nobr>", "`nobr` stands in `nobr`"),
    ("Bad DOCTYPE", "a document type stands in an entry"),
    (
        "DOCTYPE in insertion mode",
        "a document type stands in an entry",
    ),
    ("Unexpected token", "a tag or a text stands where it cannot"),
    (
        "Bad character",
        "a character stands that HTML does not allow",
    ),
    ("</body>", "`</body>` stands in an entry"),
    ("</html>", "`</html>` stands in an entry"),
];

/// The explanation of a message of the parser.
pub(super) fn explained(message: &str) -> String {
    MEANINGS
        .iter()
        .find(|(start, _)| message.starts_with(start))
        .map_or_else(|| shown(message), |(_, meaning)| (*meaning).to_owned())
}
