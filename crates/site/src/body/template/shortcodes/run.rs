//! Fills in a template.

use crate::dialect::Templates;

use super::super::super::fills::Fills;
use super::super::super::markdown;
use super::super::Context;
use super::node::{Branch, Condition, Expression, Node, Parts};
use super::value::{Value, is_word};
use super::{Shortcodes, Template, Use, hugo, place, zola};

/// What the reading of one more expression is worth as work, in bytes.
const STEP: usize = 16;

/// A template that is being filled in.
pub(super) struct Run<'a> {
    shortcodes: &'a Shortcodes<'a>,
    fills: &'a Fills,
    pub(super) context: &'a Context<'a>,
    pub(super) used: &'a Use<'a>,
    is_zola: bool,
    is_markdown: bool,
    /// Variables that the template set; those that it computed have no value.
    variables: Vec<(String, Option<Value>)>,
    /// What `.` stands for, in blocks of `with`.
    pub(super) dots: Vec<Value>,
    out: String,
}

impl<'a> Run<'a> {
    pub(super) fn of(
        shortcodes: &'a Shortcodes<'a>,
        template: &Template,
        used: &'a Use<'a>,
        fills: &'a Fills,
    ) -> Self {
        Run {
            shortcodes,
            fills,
            context: shortcodes.context,
            used,
            is_zola: shortcodes.context.style.templates == Templates::Zola,
            is_markdown: template.is_markdown,
            variables: Vec::new(),
            dots: Vec::new(),
            out: String::new(),
        }
    }

    /// The text that all parts make.
    pub(super) fn all(mut self, nodes: &[Node]) -> Option<String> {
        self.nodes(nodes)?;
        Some(self.out)
    }

    fn nodes(&mut self, nodes: &[Node]) -> Option<()> {
        for node in nodes {
            self.shortcodes.works(STEP)?;
            match node {
                Node::Text(text) => {
                    self.shortcodes.works(text.len())?;
                    self.out.push_str(text);
                }
                Node::Show(expression) => match self.value(expression) {
                    Some(value) => self.show(&value)?,
                    None if place::is_unseen(&self.out) => {}
                    None => return None,
                },
                Node::Set(name, expression) => {
                    let value = self.value(expression);
                    self.set(name, value);
                }
                Node::Choice(branches) => self.choice(branches)?,
            }
        }
        Some(())
    }

    /// Shows a value. What Zola does not know is an error there.
    fn show(&mut self, value: &Value) -> Option<()> {
        if self.is_zola && *value == Value::Nothing {
            return None;
        }
        // Escapes are at most six times as long.
        self.shortcodes.works(value.text().len() * 6)?;
        match value {
            _ if self.is_markdown => self.out.push_str(value.text()),
            Value::Html(html) if self.is_zola => self.out.push_str(html),
            _ if self.is_zola => self.out.push_str(&place::quoted(value.text())),
            _ => place::write(&mut self.out, value),
        }
        Some(())
    }

    fn choice(&mut self, branches: &[Branch]) -> Option<()> {
        for branch in branches {
            let Some(condition) = &branch.condition else {
                return self.nodes(&branch.nodes);
            };
            let value = self.value(&condition.value)?;
            if value.is_true() {
                return self.branch(condition, value, &branch.nodes);
            }
        }
        Some(())
    }

    fn branch(&mut self, condition: &Condition, value: Value, nodes: &[Node]) -> Option<()> {
        if let Some(name) = &condition.variable {
            self.set(name, Some(value.clone()));
        }
        if !condition.is_dot {
            return self.nodes(nodes);
        }
        self.dots.push(value);
        let done = self.nodes(nodes);
        self.dots.pop();
        done
    }

    /// Gives a variable a value; without one it is known only to the site's generator.
    fn set(&mut self, name: &str, value: Option<Value>) {
        match self.variables.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.variables.push((name.to_owned(), value)),
        }
    }

    /// Whether the template set a variable.
    pub(super) fn sets(&self, name: &str) -> bool {
        self.variables.iter().any(|(known, _)| known == name)
    }

    pub(super) fn variable(&self, name: &str) -> Option<Value> {
        let found = self.variables.iter().find(|(known, _)| known == name);
        found.and_then(|(_, value)| value.clone())
    }

    /// The value of an expression; `None` where only the site's generator knows it.
    pub(super) fn value(&self, expression: &Expression) -> Option<Value> {
        self.shortcodes.works(STEP)?;
        let (name, arguments) = match expression {
            Expression::Text(text) => return Some(Value::Text(text.clone())),
            Expression::Unknown => return None,
            Expression::Call(name, arguments) => (name.as_str(), arguments.as_slice()),
        };
        if arguments.is_empty() && is_word(name) {
            return Some(Value::Word(name.to_owned()));
        }
        let value = if self.is_zola {
            zola::value(self, name, arguments)
        } else {
            hugo::value(self, name, arguments)
        }?;
        self.shortcodes.works(value.text().len())?;
        Some(value)
    }

    /// The first value that decides: of `or` one that holds, of `and` one that does not.
    pub(super) fn either(&self, arguments: Parts<'_>, holds: bool) -> Option<Value> {
        let mut last = None;
        for (_, argument) in arguments {
            let value = self.value(argument)?;
            if value.is_true() == holds {
                return Some(value);
            }
            last = Some(value);
        }
        last
    }

    /// The values of expressions, in order.
    pub(super) fn values(&self, arguments: Parts<'_>) -> Option<Vec<Value>> {
        let values = arguments.iter().map(|(_, argument)| self.value(argument));
        values.collect()
    }

    /// The value of the argument of a name; `None` where it is a list.
    pub(super) fn named(&self, name: &str) -> Option<Value> {
        let mut arguments = self.used.arguments.0.iter();
        let found = arguments.find(|argument| argument.name.as_deref() == Some(name));
        found.map_or(Some(Value::Nothing), |argument| {
            Value::of(argument, self.is_zola)
        })
    }

    /// The HTML of Markdown.
    pub(super) fn markdown(&self, text: &str, is_inline: bool) -> Option<String> {
        self.shortcodes.works(self.fills.length(text) * 2)?;
        let html = markdown::fragment(text, self.context.style, self.fills);
        self.shortcodes.works(html.len())?;
        let html = html.trim_end();
        let alone = html
            .strip_prefix("<p>")
            .and_then(|html| html.strip_suffix("</p>"))
            .filter(|html| is_inline && !html.contains("<p>"));
        Some(match alone {
            Some(html) => html.to_owned(),
            None if is_inline => html.to_owned(),
            None => format!("{html}\n"),
        })
    }
}
