//! Conditions on front matter, which decide whether a page shows a post.

use crate::front_matter::{FrontMatter, Value};

use super::schema::{Says, Schema};

/// A condition that a post fulfils or not.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    Always,
    Never,
    /// A key whose value counts as true.
    Key(String),
    /// A key that has this value.
    Is(String, Literal),
    /// This id.
    IdIs(String),
    /// An id that begins so.
    IdBegins(String),
    Not(Box<Condition>),
    All(Box<Condition>, Box<Condition>),
    Any(Box<Condition>, Box<Condition>),
}

/// A value in code.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Value(Value),
    Undefined,
    /// Null or undefined.
    Nothing,
}

/// A condition, unless code makes it.
pub(super) type Maybe = Option<Condition>;

pub(super) fn not(condition: Maybe) -> Maybe {
    Some(match condition? {
        Condition::Always => Condition::Never,
        Condition::Never => Condition::Always,
        Condition::Not(inner) => *inner,
        other => Condition::Not(Box::new(other)),
    })
}

/// Both, where what only code knows may not matter.
pub(super) fn all(a: Maybe, b: Maybe) -> Maybe {
    match (a, b) {
        (Some(Condition::Never), _) | (_, Some(Condition::Never)) => Some(Condition::Never),
        (Some(Condition::Always), other) | (other, Some(Condition::Always)) => other,
        (a, b) => Some(Condition::All(Box::new(a?), Box::new(b?))),
    }
}

/// One of both, where what only code knows may not matter.
pub(super) fn any(a: Maybe, b: Maybe) -> Maybe {
    match (a, b) {
        (Some(Condition::Always), _) | (_, Some(Condition::Always)) => Some(Condition::Always),
        (Some(Condition::Never), other) | (other, Some(Condition::Never)) => other,
        (a, b) => Some(Condition::Any(Box::new(a?), Box::new(b?))),
    }
}

/// A post as conditions see it.
pub(super) struct Subject<'a> {
    pub front_matter: &'a FrontMatter,
    pub id: &'a str,
    pub schema: Option<&'a Schema>,
}

impl Subject<'_> {
    /// Whether the post fulfils the condition; an error names the key whose value only code knows.
    pub(super) fn fulfils(&self, condition: &Condition) -> Result<bool, String> {
        Ok(match condition {
            Condition::Always => true,
            Condition::Never => false,
            Condition::Key(key) => self.value(key)?.is_some_and(|value| is_true(&value)),
            Condition::Is(key, literal) => match (self.value(key)?, literal) {
                (None, Literal::Undefined | Literal::Nothing) => true,
                (Some(Value::Null), Literal::Nothing) => true,
                (Some(value), Literal::Value(literal)) => is_same(&value, literal),
                _ => false,
            },
            // Where no loader is named, the id has the ending of the file.
            Condition::IdIs(text) => {
                let bare = text.strip_suffix(".mdx").or(text.strip_suffix(".md"));
                self.id == bare.unwrap_or(text)
            }
            Condition::IdBegins(text) => self.id.starts_with(text),
            Condition::Not(inner) => !self.fulfils(inner)?,
            Condition::All(a, b) => match (self.fulfils(a), self.fulfils(b)) {
                (Ok(false), _) | (_, Ok(false)) => false,
                (a, b) => a? && b?,
            },
            Condition::Any(a, b) => match (self.fulfils(a), self.fulfils(b)) {
                (Ok(true), _) | (_, Ok(true)) => true,
                (a, b) => a? || b?,
            },
        })
    }

    /// The value of a key, as its collection's schema leaves it.
    fn value(&self, key: &str) -> Result<Option<Value>, String> {
        let mut names = key.split('.');
        let field = names.next().and_then(|name| self.front_matter.get(name));
        let names: Vec<&str> = names.map(|name| name.trim_start_matches('?')).collect();
        let value = field.and_then(|field| field.value.at(&names)).cloned();
        match (self.schema.map(|schema| schema.says(key)), value) {
            (Some(Says::Computed), _) | (Some(Says::Unknown), None) => Err(format!("data.{key}")),
            (Some(Says::Default(value)), None) => Ok(Some(value)),
            (_, value) => Ok(value),
        }
    }
}

/// Whether JavaScript takes a value for true.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(text) => text.parse::<f64>() != Ok(0.0),
        Value::String(text) => !text.is_empty(),
        Value::List(_) | Value::Map(_) => true,
    }
}

fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.parse::<f64>().ok() == b.parse::<f64>().ok(),
        (a, b) => a == b,
    }
}
