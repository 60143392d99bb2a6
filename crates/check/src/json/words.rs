//! Says in words what is wrong with JSON.

use struson::reader::json_path::JsonPathPiece;
use struson::reader::{JsonReaderPosition, JsonSyntaxError, SyntaxErrorKind};

/// What is wrong at the place of an error.
pub(super) fn explained(error: &JsonSyntaxError) -> String {
    let end = closing(&error.location);
    let message = match error.kind {
        SyntaxErrorKind::CommentsNotEnabled
        | SyntaxErrorKind::IncompleteComment
        | SyntaxErrorKind::BlockCommentNotClosed => {
            "a comment stands here, which JSON does not have"
        }
        SyntaxErrorKind::InvalidLiteral | SyntaxErrorKind::TrailingDataAfterLiteral => {
            "a word stands here that is none of `true`, `false` and `null`; texts stand in double quotes"
        }
        SyntaxErrorKind::UnexpectedClosingBracket => {
            return format!("a bracket closes here that is not open; `{end}` would be right");
        }
        SyntaxErrorKind::UnexpectedComma => "a comma stands where a value should",
        SyntaxErrorKind::MissingComma => "a comma is missing before this",
        SyntaxErrorKind::TrailingCommaNotEnabled => {
            return format!("a comma stands before `{end}`");
        }
        SyntaxErrorKind::UnexpectedColon => "a colon stands where none may",
        SyntaxErrorKind::MissingColon => "a colon is missing between a key and its value",
        SyntaxErrorKind::MalformedNumber | SyntaxErrorKind::TrailingDataAfterNumber => {
            "a number is not written as JSON has it: without zeros before it and without a unit"
        }
        SyntaxErrorKind::ExpectingMemberNameOrObjectEnd => {
            "a key in double quotes should stand here, or `}`"
        }
        SyntaxErrorKind::NotEscapedControlCharacter => {
            "a line break or another control character stands in a text; it is written `\\n` or `\\u0000`"
        }
        SyntaxErrorKind::UnknownEscapeSequence | SyntaxErrorKind::MalformedEscapeSequence => {
            "a backslash begins nothing that JSON knows; for itself it is written `\\\\`"
        }
        SyntaxErrorKind::UnpairedSurrogatePairEscapeSequence => {
            "half of a character is written as `\\u` and its number; the other half is missing"
        }
        SyntaxErrorKind::IncompleteDocument => {
            return format!("the file ends before it is complete; `{end}` is missing, at least");
        }
        SyntaxErrorKind::TrailingData => "something follows after the feed",
        _ => "no value of JSON begins so; texts stand in double quotes",
    };
    message.to_owned()
}

/// The bracket that ends the innermost list or object around a place.
fn closing(place: &JsonReaderPosition) -> &'static str {
    let innermost = place.path.as_ref().and_then(|path| path.last());
    match innermost {
        Some(JsonPathPiece::ArrayItem(_)) => "]",
        _ => "}",
    }
}
