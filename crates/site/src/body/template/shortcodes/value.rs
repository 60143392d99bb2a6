//! What expressions of templates are worth.

use super::super::arguments::Argument;

/// The value of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::body::template) enum Value {
    /// What is not there.
    Nothing,
    /// `true`, `false` or a number, as written.
    Word(String),
    Text(String),
    /// HTML, which is not escaped.
    Html(String),
}

impl Value {
    /// The value of an argument; `None` where Zola, whose texts have quotes, reads a list.
    pub(super) fn of(argument: &Argument, is_zola: bool) -> Option<Self> {
        let text = argument.value.clone();
        if !argument.quoted && is_word(&text) {
            Some(Value::Word(match is_zola {
                true => text,
                false => as_number(text),
            }))
        } else {
            (argument.quoted || !is_zola).then_some(Value::Text(text))
        }
    }

    pub(super) fn of_bool(value: bool) -> Self {
        Value::Word(value.to_string())
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Value::Nothing => "",
            Value::Word(text) | Value::Text(text) | Value::Html(text) => text,
        }
    }

    /// A text of the same kind.
    pub(super) fn with(&self, text: String) -> Self {
        match self {
            Value::Html(_) => Value::Html(text),
            _ => Value::Text(text),
        }
    }

    /// Whether a condition that it is holds.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Value::Nothing => false,
            Value::Word(word) => word != "false" && word.parse::<f64>().ok() != Some(0.0),
            Value::Text(text) | Value::Html(text) => !text.is_empty(),
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Value::Word(word) => word.parse().ok(),
            _ => None,
        }
    }

    pub(super) fn equals(&self, other: &Value) -> bool {
        let is_word = |value: &Value| matches!(value, Value::Word(_));
        is_word(self) == is_word(other) && self.text() == other.text()
    }
}

/// A number as Go writes it: without the zeros around it that do not count.
fn as_number(text: String) -> String {
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_once('.') {
        None if is_plain(digits) => text
            .parse::<i64>()
            .map_or(text, |number| number.to_string()),
        Some((whole, rest)) if is_plain(whole) && is_plain(rest) => match text.parse::<f64>() {
            // Others it writes with an exponent.
            Ok(number) if (1e-4..1e6).contains(&number.abs()) => number.to_string(),
            _ => text,
        },
        _ => text,
    }
}

/// Whether a text without quotes is a value in itself.
pub(super) fn is_word(text: &str) -> bool {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    matches!(text, "true" | "false") || is_number && text.parse::<f64>().is_ok()
}
