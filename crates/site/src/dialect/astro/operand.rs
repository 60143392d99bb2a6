//! What conditions compare: parts of an entry, values in code, and now.

use feedwright_base::slice::Slice;

use crate::front_matter::Value;

use super::PUBLISHED;
use super::code::{enclosed, is_word, parts};
use super::condition::{Condition, Literal, Maybe, not};

/// What a function calls the parts of the entry that it is given.
#[derive(Default)]
pub(super) struct Parameter {
    entry: Option<String>,
    data: Option<String>,
    id: Option<String>,
    keys: Vec<(String, String)>,
}

impl Parameter {
    pub(super) fn read(text: &str) -> Option<Parameter> {
        let first = parts(text).first().copied().unwrap_or_default();
        let mut parameter = Parameter::default();
        if !first.starts_with('{') {
            let end = first.find(|c| !is_word(c)).unwrap_or(first.len());
            parameter.entry = Some(first.slice(..end).to_owned()).filter(|name| !name.is_empty());
            return Some(parameter);
        }
        for part in parts(enclosed(first)?) {
            let (name, own) = part.split_once(':').unwrap_or((part, part));
            let (name, own) = (name.trim(), own.trim());
            match name {
                "data" if own.starts_with('{') => {
                    for key in parts(enclosed(own)?) {
                        let (key, own) = key.split_once(':').unwrap_or((key, key));
                        let is_plain = |text: &str| text.trim().chars().all(is_word);
                        if !is_plain(key) || !is_plain(own) {
                            return None;
                        }
                        let pair = (own.trim().to_owned(), key.trim().to_owned());
                        parameter.keys.push(pair);
                    }
                }
                "data" => parameter.data = Some(own.to_owned()),
                "id" | "slug" => parameter.id = Some(own.to_owned()),
                _ => {}
            }
        }
        Some(parameter)
    }

    /// What a name with dots in it stands for.
    pub(super) fn operand(&self, path: &str) -> Operand {
        let path = path.replace("?.", ".");
        let own = self.entry.as_deref().map(|entry| format!("{entry}."));
        let inner = own.and_then(|own| path.strip_prefix(&own));
        let id = self.id.as_deref();
        if matches!(inner, Some("id" | "slug")) || id == Some(&path) {
            return Operand::Id;
        }
        let of_data = self.data.as_deref().map(|data| format!("{data}."));
        let key = inner
            .and_then(|inner| inner.strip_prefix("data."))
            .or_else(|| path.strip_prefix(&of_data?))
            .map(str::to_owned)
            .or_else(|| {
                let (first, rest) = path.split_once('.').unwrap_or((&path, ""));
                let (_, key) = self.keys.iter().find(|(own, _)| own == first)?;
                Some(format!("{key}.{rest}").trim_end_matches('.').to_owned())
            });
        match key {
            // How long a text or a list is, is no key.
            Some(key) if !key.ends_with(".length") => Operand::Key(key),
            _ => Operand::Unknown,
        }
    }
}

/// What a condition is made of.
#[derive(Debug, Clone)]
pub(super) enum Operand {
    Condition(Condition),
    Key(String),
    Literal(Literal),
    Id,
    /// The moment of the build.
    Now,
    Unknown,
}

impl Operand {
    pub(super) fn truth(self) -> Maybe {
        let constant = |is_true| {
            Some(if is_true {
                Condition::Always
            } else {
                Condition::Never
            })
        };
        match self {
            Operand::Condition(condition) => Some(condition),
            Operand::Key(key) => Some(Condition::Key(key)),
            Operand::Literal(Literal::Value(Value::Bool(value))) => constant(value),
            Operand::Literal(Literal::Value(Value::String(text))) => constant(!text.is_empty()),
            Operand::Literal(Literal::Undefined | Literal::Nothing) => constant(false),
            Operand::Id | Operand::Now => constant(true),
            Operand::Literal(Literal::Value(_)) | Operand::Unknown => None,
        }
    }

    pub(super) fn of(condition: Maybe) -> Operand {
        condition.map_or(Operand::Unknown, Operand::Condition)
    }

    pub(super) fn compared(self, sign: &str, other: Operand) -> Operand {
        let is_public = |key: &str| PUBLISHED.contains(&key);
        let condition = match (self, sign.trim_end_matches('='), other) {
            (Operand::Key(key), "<", Operand::Now) | (Operand::Now, ">", Operand::Key(key)) => {
                // Posts that are for later are held anyway.
                is_public(&key).then_some(Condition::Always)
            }
            (a, "" | "!", b) => {
                let same = match (a, b) {
                    (Operand::Key(key), Operand::Literal(literal))
                    | (Operand::Literal(literal), Operand::Key(key)) => {
                        Some(Condition::Is(key, loose(literal, sign)))
                    }
                    (Operand::Id, Operand::Literal(Literal::Value(Value::String(text))))
                    | (Operand::Literal(Literal::Value(Value::String(text))), Operand::Id) => {
                        Some(Condition::IdIs(text))
                    }
                    (Operand::Literal(a), Operand::Literal(b)) if a == b => Some(Condition::Always),
                    (Operand::Literal(_), Operand::Literal(_)) => Some(Condition::Never),
                    _ => None,
                };
                if sign.starts_with('!') {
                    not(same)
                } else {
                    same
                }
            }
            _ => None,
        };
        Operand::of(condition)
    }
}

/// To two equal signs null and undefined are the same.
fn loose(literal: Literal, sign: &str) -> Literal {
    match literal {
        Literal::Undefined | Literal::Value(Value::Null) if sign.len() == 2 => Literal::Nothing,
        literal => literal,
    }
}
