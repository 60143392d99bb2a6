//! Reports the errors that quick-xml finds.

use std::io::Read;

use feedwright_base::html::elements;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};

use super::super::context::{Context, Position};
use super::super::input::MOST;
use super::super::syntax::{SYNTAX, TOO_LARGE};
use super::Xml;

/// What to do about HTML that is not escaped.
const RAW_HTML: &str =
    "if it is HTML, escape it: `&lt;br&gt;`, or put all of it into `<![CDATA[…]]>`";

impl<R: Read> Xml<R> {
    /// Reports an error of quick-xml, after which nothing more can be read.
    pub(super) fn failed(&mut self, error: &Error, start: Position, cx: &mut Context<'_>) {
        self.is_over = true;
        match error {
            Error::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
                let message = format!("a text or a tag has more than {MOST} bytes");
                cx.report(&TOO_LARGE, start, message);
            }
            Error::Syntax(SyntaxError::UnclosedTag) if !self.open.is_empty() => {
                let open = self.still_open();
                let message = format!("the file ends in this tag, while {open} open");
                cx.report(&SYNTAX, start, message);
            }
            // `<br>` and the like, which XML takes for the start of something.
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, .. })
                if elements::is(expected, elements::HTML) =>
            {
                cx.report_with(&SYNTAX, SYNTAX.section, start, message(error), RAW_HTML);
            }
            error => cx.report(&SYNTAX, start, message(error)),
        }
    }
}

/// The message for an error of quick-xml.
fn message(error: &Error) -> String {
    match error {
        Error::Io(error) => format!("the feed cannot be read further: {error}"),
        Error::Syntax(syntax) => match syntax {
            SyntaxError::InvalidBangMarkup => {
                "`<!` begins neither a comment nor a CDATA section nor a document type".to_owned()
            }
            SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl => {
                "a processing instruction is not closed with `?>`".to_owned()
            }
            SyntaxError::UnclosedComment => "a comment is not closed with `-->`".to_owned(),
            SyntaxError::UnclosedDoctype => "the `<!DOCTYPE` is not closed".to_owned(),
            SyntaxError::UnclosedCData => "a CDATA section is not closed with `]]>`".to_owned(),
            SyntaxError::UnclosedTag => "a tag is not closed with `>`".to_owned(),
            SyntaxError::UnclosedSingleQuotedAttributeValue
            | SyntaxError::UnclosedDoubleQuotedAttributeValue => {
                "the value of an attribute is not closed with its quote".to_owned()
            }
        },
        Error::IllFormed(ill) => match ill {
            IllFormedError::MismatchedEndTag { expected, found } => {
                format!("`</{found}>` stands where `</{expected}>` should")
            }
            IllFormedError::UnmatchedEndTag(found) => format!("`</{found}>` closes nothing"),
            IllFormedError::DoubleHyphenInComment => {
                "`--` stands in a comment, where XML does not allow it".to_owned()
            }
            IllFormedError::UnclosedReference => {
                "`&` stands alone: where no reference is meant, it is written `&amp;`".to_owned()
            }
            other => other.to_string(),
        },
        other => other.to_string(),
    }
}
