//! Reads templates of Hugo, which are Go's.

use feedwright_base::slice::Slice;
use feedwright_base::text::Finder;

use super::node::{Condition, DEEPEST, Expression, Node, Piece, tree};
use super::token::{Token, tokens};

/// The parts of a template; `None` where its blocks do not fit together.
pub(super) fn parse(text: &str) -> Option<Vec<Node>> {
    let mut opens = Finder::new(text, "{{");
    let mut ends = Finder::new(text, "}}");
    let mut comments = Finder::new(text, "*/");
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut trims = false;
    while let Some(start) = opens.find(at) {
        let inner = text.slice(start + 2..);
        // A comment may hold braces.
        let is_comment = inner.trim_start_matches(['-', ' ']).starts_with("/*");
        let from = if is_comment {
            comments.find(start)?
        } else {
            start + 2
        };
        let end = ends.find(from)?;
        let inner = text.slice(start + 2..end);
        let before = text.slice(at..start);
        let before = if trims { before.trim_start() } else { before };
        let trims_before = inner.starts_with("- ") || inner.starts_with("-\n") || inner == "-";
        let before = if trims_before {
            before.trim_end()
        } else {
            before
        };
        pieces.push(Piece::Node(Node::Text(before.to_owned())));
        trims = inner.ends_with(" -") || inner.ends_with("\n-");
        let inner = if trims_before {
            inner.slice(1..)
        } else {
            inner
        };
        let inner = if trims {
            inner.strip_suffix('-').unwrap_or(inner)
        } else {
            inner
        };
        if !is_comment {
            pieces.push(action(inner));
        }
        at = end + 2;
    }
    let rest = text.slice(at..);
    let rest = if trims { rest.trim_start() } else { rest };
    pieces.push(Piece::Node(Node::Text(rest.to_owned())));
    tree(pieces)
}

/// What stands between two pairs of braces.
fn action(inner: &str) -> Piece {
    let Some(tokens) = tokens(inner, true) else {
        return Piece::Node(Node::Show(Expression::Unknown));
    };
    let rest = tokens.get(1..).unwrap_or_default();
    match tokens.first() {
        Some(Token::Word(word)) => match word.as_str() {
            "end" => Piece::End,
            "if" | "with" => Piece::Open(condition(rest, word == "with")),
            "range" | "block" | "define" => Piece::Open(Condition::of(Expression::Unknown)),
            "else" => Piece::Else(match rest.first() {
                None => None,
                Some(next) => {
                    let value = rest.get(1..).unwrap_or_default();
                    Some(condition(value, next.is_word("with")))
                }
            }),
            _ => Piece::Node(match assignment(&tokens) {
                Some((name, value)) => Node::Set(name, pipeline(value)),
                None => stored(pipeline(&tokens)),
            }),
        },
        _ => Piece::Node(Node::Show(pipeline(&tokens))),
    }
}

/// A value that is shown, unless the page keeps it under a name.
fn stored(value: Expression) -> Node {
    match value {
        Expression::Call(name, arguments) if is_store(&name) => {
            let does = name.rsplit('.').next().unwrap_or_default();
            let is_set = does == "Set" && arguments.len() == 2;
            let mut arguments = arguments.into_iter().map(|(_, value)| value);
            match (does, arguments.next()) {
                ("Set" | "Add" | "Delete", Some(Expression::Text(key))) => {
                    let value = arguments.next().filter(|_| is_set);
                    Node::Set(store(&key), value.unwrap_or(Expression::Unknown))
                }
                _ => Node::Show(Expression::Unknown),
            }
        }
        value => Node::Show(value),
    }
}

/// Whether a method is one of what a page keeps values in, apart from `Get`.
fn is_store(name: &str) -> bool {
    let of = name.rsplit_once('.').filter(|(_, does)| *does != "Get");
    of.is_some_and(|(of, _)| of.ends_with(".Scratch") || of.ends_with(".Store"))
}

/// The name of the variable that stands for what a page keeps under a key.
pub(super) fn store(key: &str) -> String {
    format!("store {key}")
}

fn condition(tokens: &[Token], is_dot: bool) -> Condition {
    let (variable, value) = match assignment(tokens) {
        Some((name, value)) => (Some(name), value),
        None => (None, tokens),
    };
    Condition {
        value: pipeline(value),
        is_dot,
        variable,
    }
}

/// The name and the value of `$name := value`.
fn assignment(tokens: &[Token]) -> Option<(String, &[Token])> {
    let (Some(Token::Word(name)), Some(sign)) = (tokens.first(), tokens.get(1)) else {
        return None;
    };
    let assigns = sign.is_sign(":=") || sign.is_sign("=");
    (assigns && name.starts_with('$')).then(|| (name.clone(), tokens.get(2..).unwrap_or_default()))
}

fn pipeline(tokens: &[Token]) -> Expression {
    let mut reader = Reader { tokens, at: 0 };
    let value = reader.pipeline(0);
    if reader.at == tokens.len() {
        value
    } else {
        Expression::Unknown
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    /// Commands, each of which has the value of the one before as its last argument.
    fn pipeline(&mut self, depth: usize) -> Expression {
        let mut value = self.command(None, depth);
        while self.tokens.get(self.at).is_some_and(|t| t.is_sign("|")) {
            self.at += 1;
            value = self.command(Some(value), depth);
        }
        value
    }

    fn command(&mut self, piped: Option<Expression>, depth: usize) -> Expression {
        let Some(first) = self.tokens.get(self.at) else {
            return Expression::Unknown;
        };
        let name = match first {
            Token::Word(word) => Some(word.clone()),
            _ => None,
        };
        let mut operands = Vec::new();
        while let Some(operand) = self.operand(depth) {
            operands.push((None, operand));
        }
        let is_plain = operands.len() == 1 && piped.is_none();
        match name {
            Some(name) if !operands.is_empty() => {
                operands.remove(0);
                operands.extend(piped.map(|value| (None, value)));
                Expression::Call(name, operands)
            }
            None if is_plain => operands
                .pop()
                .map_or(Expression::Unknown, |(_, value)| value),
            _ => Expression::Unknown,
        }
    }

    fn operand(&mut self, depth: usize) -> Option<Expression> {
        let token = self.tokens.get(self.at)?;
        let operand = match token {
            Token::Text(text) => Expression::Text(text.clone()),
            Token::Word(word) => Expression::Call(word.clone(), Vec::new()),
            Token::Sign(sign) if sign == "(" && depth < DEEPEST => {
                self.at += 1;
                let value = self.pipeline(depth + 1);
                if !self.tokens.get(self.at)?.is_sign(")") {
                    return None;
                }
                value
            }
            Token::Sign(_) => return None,
        };
        self.at += 1;
        Some(operand)
    }
}
