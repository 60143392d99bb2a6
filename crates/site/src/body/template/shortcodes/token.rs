//! The words of an expression.

use std::iter::Peekable;
use std::str::Chars;

/// A word of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A text in quotes.
    Text(String),
    /// A name, with the dots in it, or a number.
    Word(String),
    /// A bracket, or what joins two parts.
    Sign(String),
}

impl Token {
    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self, Token::Sign(found) if found == sign)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self, Token::Word(found) if found == word)
    }
}

/// How many words an expression may have: each is one step deeper in what they make.
const MOST: usize = 200;

/// The words of an expression; `escapes` says whether a backslash means something in quotes. `None`
/// where a quote is never closed, or where they are too many.
pub(super) fn tokens(text: &str, escapes: bool) -> Option<Vec<Token>> {
    let mut chars = text.chars().peekable();
    let mut found = Vec::new();
    while let Some(c) = chars.next() {
        if found.len() >= MOST {
            return None;
        }
        found.push(match c {
            c if c.is_whitespace() => continue,
            '"' | '\'' | '`' => Token::Text(quoted(c, &mut chars, escapes && c != '`')?),
            c if is_part(c) => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| is_part(*c)) {
                    word.push(c);
                }
                Token::Word(word)
            }
            c => {
                let mut sign = String::from(c);
                if ":=!".contains(c) {
                    sign.extend(chars.next_if(|c| *c == '='));
                }
                Token::Sign(sign)
            }
        });
    }
    Some(found)
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$')
}

/// The text up to a closing quote.
fn quoted(quote: char, chars: &mut Peekable<Chars<'_>>, escapes: bool) -> Option<String> {
    let mut text = String::new();
    loop {
        match chars.next()? {
            c if c == quote => return Some(text),
            '\\' if escapes => text.push(match chars.next()? {
                'n' => '\n',
                't' => '\t',
                c @ ('\\' | '"' | '\'') => c,
                // Nothing else is worth reading.
                _ => return None,
            }),
            c => text.push(c),
        }
    }
}
