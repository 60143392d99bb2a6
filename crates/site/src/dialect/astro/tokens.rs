//! The words, strings and signs of conditions.

use feedwright_base::slice::Slice;

use super::code::is_word;

/// A word with dots in it, a string or a sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Word(String),
    Text(String),
    Sign(&'static str),
}

/// Longer signs come first.
const SIGNS: [&str; 21] = [
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "!", "<", ">", "(", ")", "?", ":", ";", "{",
    "}", ",", "-", "=",
];

/// The words, strings and signs of a text; `None` where there are others.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let end = if "'\"`".contains(c) {
            let end = 1 + rest.slice(1..).find(c)?;
            let inner = rest.slice(1..end);
            if inner.contains('\\') || inner.contains("${") {
                return None;
            }
            tokens.push(Token::Text(inner.to_owned()));
            end + 1
        } else if is_word(c) || c == '.' {
            let mut end = 0;
            loop {
                let after = rest.slice(end..);
                let word = after
                    .find(|c| !is_word(c) && c != '.')
                    .unwrap_or(after.len());
                end += word;
                // `a?.b` is a name, `a ? .5 : b` a choice.
                match rest.slice(end..).strip_prefix("?.") {
                    Some(more) if more.starts_with(is_word) => end += 2,
                    _ => break,
                }
            }
            tokens.push(Token::Word(rest.slice(..end).to_owned()));
            end
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
            tokens.push(Token::Sign(sign));
            sign.len()
        };
        rest = rest.slice(end..).trim_start();
    }
    Some(tokens)
}
