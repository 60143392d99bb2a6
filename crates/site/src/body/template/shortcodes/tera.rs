//! Reads templates of Zola, which are Tera's.

use std::borrow::Cow;

use feedwright_base::slice::Slice;

use super::super::tags::{Kind, tags};
use super::super::word;
use super::node::{Condition, DEEPEST, Expression, Node, Piece, tree};
use super::token::{Token, tokens};

/// The parts of a template; `None` where its blocks do not fit together.
pub(super) fn parse(text: &str) -> Option<Vec<Node>> {
    let text = without_comments(text)?;
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut trims = false;
    let tags = tags(&text);
    for tag in &tags {
        let whole = text.slice(tag.start..tag.end);
        let before = text.slice(at..tag.start);
        let before = if trims { before.trim_start() } else { before };
        let before = if whole.slice(2..).starts_with('-') {
            before.trim_end()
        } else {
            before
        };
        pieces.push(Piece::Node(Node::Text(before.to_owned())));
        trims = whole.ends_with("-}}") || whole.ends_with("-%}");
        at = tag.end;
        match tag.kind {
            Kind::Output => pieces.push(Piece::Node(Node::Show(expression(tag.inner)))),
            Kind::Block => pieces.extend(statement(tag.inner)),
            Kind::Unclosed => return None,
        }
    }
    let rest = text.slice(at..);
    let rest = if trims { rest.trim_start() } else { rest };
    pieces.push(Piece::Node(Node::Text(rest.to_owned())));
    tree(pieces)
}

/// A template without `{# … #}`; `None` where one is never closed.
fn without_comments(text: &str) -> Option<Cow<'_, str>> {
    let Some(first) = text.find("{#") else {
        return Some(Cow::Borrowed(text));
    };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut next = Some(first);
    while let Some(start) = next {
        out.push_str(text.slice(at..start));
        let comment = text.slice(start..);
        let end = start + comment.find("#}")? + 2;
        if comment.starts_with("{#-") {
            out.truncate(out.trim_end().len());
        }
        at = end;
        if text.slice(start..end).ends_with("-#}") {
            let rest = text.slice(end..);
            at += rest.len() - rest.trim_start().len();
        }
        next = text.slice(at..).find("{#").map(|start| at + start);
    }
    out.push_str(text.slice(at..));
    Some(Cow::Owned(out))
}

/// What `{% … %}` says; nothing for what only marks a text.
fn statement(inner: &str) -> Option<Piece> {
    let (name, rest) = word(inner);
    Some(match name {
        "raw" | "endraw" => return None,
        "if" => Piece::Open(Condition::of(expression(rest))),
        "elif" => Piece::Else(Some(Condition::of(expression(rest)))),
        "else" => Piece::Else(None),
        "for" | "block" | "macro" | "filter" => Piece::Open(Condition::of(Expression::Unknown)),
        "set" | "set_global" => match rest.split_once('=') {
            Some((name, value)) => {
                Piece::Node(Node::Set(name.trim().to_owned(), expression(value)))
            }
            None => Piece::Node(Node::Show(Expression::Unknown)),
        },
        name if name.starts_with("end") => Piece::End,
        _ => Piece::Node(Node::Show(Expression::Unknown)),
    })
}

fn expression(text: &str) -> Expression {
    let Some(tokens) = tokens(text, false) else {
        return Expression::Unknown;
    };
    let mut reader = Reader { tokens, at: 0 };
    match reader.either(0) {
        Some(value) if reader.at == reader.tokens.len() => value,
        _ => Expression::Unknown,
    }
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

fn call(name: &str, arguments: Vec<Expression>) -> Expression {
    let arguments = arguments.into_iter().map(|value| (None, value));
    Expression::Call(name.to_owned(), arguments.collect())
}

impl Reader {
    fn takes_word(&mut self, word: &str) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|t| t.is_word(word));
        self.at += usize::from(found);
        found
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|t| t.is_sign(sign));
        self.at += usize::from(found);
        found
    }

    fn name(&mut self) -> Option<String> {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else {
            return None;
        };
        self.at += 1;
        Some(word.clone())
    }

    fn either(&mut self, depth: usize) -> Option<Expression> {
        let mut value = self.both(depth)?;
        while self.takes_word("or") {
            value = call("or", vec![value, self.both(depth)?]);
        }
        Some(value)
    }

    fn both(&mut self, depth: usize) -> Option<Expression> {
        let mut value = self.negated(depth)?;
        while self.takes_word("and") {
            value = call("and", vec![value, self.negated(depth)?]);
        }
        Some(value)
    }

    fn negated(&mut self, depth: usize) -> Option<Expression> {
        if self.takes_word("not") {
            return Some(call("not", vec![self.compared(depth)?]));
        }
        self.compared(depth)
    }

    fn compared(&mut self, depth: usize) -> Option<Expression> {
        let value = self.filtered(depth)?;
        for (sign, name) in [("==", "eq"), ("!=", "ne")] {
            if self.takes_sign(sign) {
                return Some(call(name, vec![value, self.filtered(depth)?]));
            }
        }
        if !self.takes_word("is") {
            return Some(value);
        }
        let negated = self.takes_word("not");
        let test = match self.name()?.as_str() {
            "defined" => call("defined", vec![value]),
            "undefined" => call("not", vec![call("defined", vec![value])]),
            name @ ("starting_with" | "ending_with") if self.takes_sign("(") => {
                let part = self.either(depth + 1)?;
                if depth >= DEEPEST || !self.takes_sign(")") {
                    return None;
                }
                call(name, vec![value, part])
            }
            _ => return None,
        };
        Some(if negated {
            call("not", vec![test])
        } else {
            test
        })
    }

    /// Parts that are joined, and then the filters for the whole.
    fn filtered(&mut self, depth: usize) -> Option<Expression> {
        let mut value = self.operand(depth)?;
        while self.takes_sign("~") {
            value = call("~", vec![value, self.operand(depth)?]);
        }
        while self.takes_sign("|") {
            let name = format!("|{}", self.name()?);
            let mut arguments = vec![(None, value)];
            if self.takes_sign("(") {
                arguments.extend(self.arguments(depth)?);
            }
            value = Expression::Call(name, arguments);
        }
        Some(value)
    }

    /// The named arguments up to a closing bracket.
    fn arguments(&mut self, depth: usize) -> Option<Vec<(Option<String>, Expression)>> {
        let mut arguments = Vec::new();
        while !self.takes_sign(")") {
            let name = self.name()?;
            if depth >= DEEPEST || !self.takes_sign("=") {
                return None;
            }
            arguments.push((Some(name), self.either(depth + 1)?));
            self.takes_sign(",");
        }
        Some(arguments)
    }

    fn operand(&mut self, depth: usize) -> Option<Expression> {
        if self.takes_sign("(") {
            if depth >= DEEPEST {
                return None;
            }
            let value = self.either(depth + 1)?;
            return self.takes_sign(")").then_some(value);
        }
        if let Some(Token::Text(text)) = self.tokens.get(self.at) {
            self.at += 1;
            return Some(Expression::Text(text.clone()));
        }
        let name = self.name()?;
        let is_function = self.takes_sign("(");
        let arguments = if is_function {
            self.arguments(depth)?
        } else {
            Vec::new()
        };
        let name = if is_function {
            format!("{name}()")
        } else {
            name
        };
        Some(Expression::Call(name, arguments))
    }
}
