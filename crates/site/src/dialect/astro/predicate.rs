//! Reads the functions that filters ask, such as `({ data }) => !data.draft`.

use feedwright_base::slice::Slice;

use crate::front_matter::Value;

use super::code::{enclosed, is_word};
use super::condition::{Condition, Literal, Maybe, all, any, not};
use super::operand::{Operand, Parameter};
use super::tokens::{Token, tokens};

/// How deeply conditions may nest.
const DEEPEST: usize = 32;

/// The condition of a function; `None` where it is more than that.
pub(super) fn predicate(text: &str) -> Maybe {
    let text = text.trim().trim_end_matches(';').trim_end();
    let text = text.strip_prefix("async ").unwrap_or(text).trim_start();
    let (parameter, body) = match text.strip_prefix("function") {
        Some(rest) => {
            let rest = rest.trim_start().trim_start_matches(is_word);
            let inside = enclosed(rest)?;
            let body = rest.slice(inside.len() + 2..);
            (inside, body.slice(body.find('{')?..))
        }
        None if text.starts_with('(') => {
            let inside = enclosed(text)?;
            let rest = text.slice(inside.len() + 2..);
            (inside, rest.split_once("=>")?.1)
        }
        None => text.split_once("=>")?,
    };
    let body = body.trim();
    let statements = if body.starts_with('{') {
        enclosed(body)?
    } else {
        body
    };
    let mut reader = Reader {
        tokens: tokens(statements)?,
        at: 0,
        parameter: Parameter::read(parameter)?,
        constants: Vec::new(),
        depth: 0,
    };
    let condition = if body.starts_with('{') {
        reader.statements()
    } else {
        reader.choice()?.truth()
    };
    condition.filter(|_| reader.at == reader.tokens.len())
}

/// A reader at a place in a condition.
struct Reader {
    tokens: Vec<Token>,
    at: usize,
    parameter: Parameter,
    /// What is given a name before it is asked.
    constants: Vec<(String, Operand)>,
    depth: usize,
}

impl Reader {
    fn eat(&mut self, sign: &'static str) -> bool {
        let found = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = matches!(self.tokens.get(self.at), Some(Token::Word(own)) if own == word);
        self.at += usize::from(found);
        found
    }

    /// `const a = b; if (a) return b; return c;`
    fn statements(&mut self) -> Maybe {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        while self.eat_word("const") {
            let name = match self.tokens.get(self.at) {
                Some(Token::Word(name)) => name.clone(),
                _ => return None,
            };
            self.at += 1;
            let value = self.eat("=").then(|| self.choice())??;
            self.eat(";");
            self.constants.push((name, value));
        }
        if self.eat_word("if") {
            let when = self.eat("(").then(|| self.choice())??.truth();
            if !self.eat(")") {
                return None;
            }
            let is_block = self.eat("{");
            let then = self.result()?.truth();
            if is_block && !self.eat("}") {
                return None;
            }
            let is_block = self.eat_word("else") && self.eat("{");
            let otherwise = self.statements();
            if is_block && !self.eat("}") {
                return None;
            }
            return chosen(when, then, otherwise);
        }
        self.result()?.truth()
    }

    fn result(&mut self) -> Option<Operand> {
        let value = self.eat_word("return").then(|| self.choice())??;
        self.eat(";");
        Some(value)
    }

    /// `a ? b : c`
    fn choice(&mut self) -> Option<Operand> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let when = self.chain("||")?;
        let found = if self.eat("?") {
            let then = self.choice()?.truth();
            let otherwise = self.eat(":").then(|| self.choice())??.truth();
            Operand::of(chosen(when.truth(), then, otherwise))
        } else {
            when
        };
        self.depth -= 1;
        Some(found)
    }

    /// Operands between signs of one kind.
    fn chain(&mut self, sign: &'static str) -> Option<Operand> {
        let inner = |reader: &mut Self| match sign {
            "||" => reader.chain("&&"),
            _ => reader.comparison(),
        };
        let mut found = inner(self)?;
        while self.eat(sign) {
            let next = inner(self)?.truth();
            let join = if sign == "||" { any } else { all };
            found = Operand::of(join(found.truth(), next));
        }
        Some(found)
    }

    fn comparison(&mut self) -> Option<Operand> {
        let (first, is_less) = self.difference()?;
        for sign in ["===", "!==", "==", "!=", "<=", ">=", "<", ">"] {
            if self.eat(sign) {
                let (second, is_also_less) = self.difference()?;
                let found = first.compared(sign, second);
                // A post that is shown some time before its date is public at its date.
                let is_order = matches!(sign, "<=" | ">=" | "<" | ">");
                return (is_order || !(is_less || is_also_less)).then_some(found);
            }
        }
        (!is_less).then_some(first)
    }

    /// A value, and whether something is taken from it: `data.pubDate - margin`. From other values nothing
    /// can be.
    fn difference(&mut self) -> Option<(Operand, bool)> {
        let value = self.operand()?;
        if !self.eat("-") {
            return Some((value, false));
        }
        let is_key = matches!(value, Operand::Key(_));
        self.operand().filter(|_| is_key)?;
        Some((value, true))
    }

    fn operand(&mut self) -> Option<Operand> {
        if self.eat("!") {
            self.depth += 1;
            let found = (self.depth <= DEEPEST).then(|| self.operand())??;
            self.depth -= 1;
            return Some(Operand::of(not(found.truth())));
        }
        if self.eat("(") {
            let found = self.choice()?;
            return self.eat(")").then_some(found);
        }
        let token = self.tokens.get(self.at).cloned()?;
        self.at += 1;
        match token {
            Token::Sign(_) => None,
            Token::Text(text) => Some(Operand::Literal(Literal::Value(Value::String(text)))),
            Token::Word(word) => self.word(&word),
        }
    }

    fn word(&mut self, word: &str) -> Option<Operand> {
        if word == "new" {
            if !self.eat_word("Date") {
                return None;
            }
            let date = match self.arguments()?.as_slice() {
                [] => Operand::Now,
                [Operand::Key(key)] => Operand::Key(key.clone()),
                _ => Operand::Unknown,
            };
            return Some(self.date(date));
        }
        let calls = self.tokens.get(self.at) == Some(&Token::Sign("("));
        if calls {
            let arguments = self.arguments()?;
            let (object, method) = word.rsplit_once('.').unwrap_or(("", word));
            let found = match (method, arguments.as_slice()) {
                ("now", []) if object == "Date" => Operand::Now,
                ("Boolean", [argument]) => Operand::of(argument.clone().truth()),
                ("getTime" | "valueOf", []) => self.parameter.operand(object),
                ("startsWith", [Operand::Literal(Literal::Value(Value::String(text)))]) => {
                    match self.parameter.operand(object) {
                        Operand::Id => Operand::Condition(Condition::IdBegins(text.clone())),
                        _ => Operand::Unknown,
                    }
                }
                _ => Operand::Unknown,
            };
            return Some(found);
        }
        let value = |value| Operand::Literal(Literal::Value(value));
        Some(match word.trim_end_matches('.') {
            "true" | "import.meta.env.PROD" => value(Value::Bool(true)),
            "false" | "import.meta.env.DEV" => value(Value::Bool(false)),
            "null" => value(Value::Null),
            "undefined" => Operand::Literal(Literal::Undefined),
            "import.meta.env.MODE" | "process.env.NODE_ENV" => {
                value(Value::String("production".to_owned()))
            }
            number if number.parse::<f64>().is_ok() => value(Value::Number(number.to_owned())),
            name => match self.constants.iter().find(|(own, _)| own == name) {
                Some((_, value)) => value.clone(),
                None => self.parameter.operand(name),
            },
        })
    }

    /// The methods of a date that give its moment.
    fn date(&mut self, date: Operand) -> Operand {
        let next = self.tokens.get(self.at).cloned();
        match next {
            Some(Token::Word(word)) if word.starts_with('.') => {
                self.at += 1;
                let is_moment = matches!(word.as_str(), ".getTime" | ".valueOf");
                match self.arguments().as_deref() {
                    Some([]) if is_moment => date,
                    _ => Operand::Unknown,
                }
            }
            _ => date,
        }
    }

    /// What a call is given, in its parentheses.
    fn arguments(&mut self) -> Option<Vec<Operand>> {
        let mut found = Vec::new();
        if !self.eat("(") {
            return Some(found);
        }
        while !self.eat(")") {
            found.push(self.choice()?);
            self.eat(",");
        }
        Some(found)
    }
}

fn chosen(when: Maybe, then: Maybe, otherwise: Maybe) -> Maybe {
    any(all(when.clone(), then), all(not(when), otherwise))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Condition {
        Condition::Key(name.to_owned())
    }

    #[test]
    fn constants_and_margins() {
        let check = |text: &str, is_read: bool| {
            assert_eq!(
                predicate(text),
                is_read.then(|| not(Some(key("draft")))).flatten(),
                "{text}"
            );
        };
        check(
            "({ data }: Entry<'blog'>) => {\n  const isOver =\n    Date.now() >\n    new \
             Date(data.pubDatetime).getTime() - SITE.margin;\n  return !data.draft && \
             (import.meta.env.DEV || isOver);\n}",
            true,
        );
        check(
            "({ data }) => !data.draft && data.pubDate - 5 <= Date.now()",
            true,
        );
        check("({ data }) => !data.draft && data.pubDate - 5 === 7", false);
        check(
            "({ data }) => !data.draft && data.pubDate < Date.now() - 5",
            false,
        );
        check(
            "({ data }) => { const a = b(data.c); return !data.draft && a; }",
            false,
        );
    }

    #[test]
    fn conditions() {
        let check = |text: &str, expected: Maybe| assert_eq!(predicate(text), expected, "{text}");
        let public = || not(Some(key("draft")));
        check("({ data }) => !data.draft", public());
        check("(p: CollectionEntry<'blog'>) => !p.data.draft", public());
        check("p => { return !p.data?.draft; }", public());
        check("({ data: { draft } }) => !draft", public());
        check("function (p) { return !p.data.draft }", public());
        check(
            "({data}) => import.meta.env.PROD ? !data.draft : true",
            public(),
        );
        check("({data}) => import.meta.env.DEV || !data.draft", public());
        check(
            "({data}) => { if (import.meta.env.DEV) { return true; } return !data.draft; }",
            public(),
        );
        check(
            "({data}) => data.pubDate < new Date() && !data.draft",
            public(),
        );
        check(
            "p => Date.now() >= p.data.pubDate.valueOf()",
            Some(Condition::Always),
        );
        check(
            "p => new Date(p.data.date).getTime() <= Date.now()",
            Some(Condition::Always),
        );
        let is = |name: &str, value| Condition::Is(name.to_owned(), Literal::Value(value));
        check(
            "({data}) => data.status === 'live'",
            Some(is("status", Value::String("live".into()))),
        );
        check(
            "({data}) => data.ready !== false",
            not(Some(is("ready", Value::Bool(false)))),
        );
        check(
            "(p) => p.slug !== 'x'",
            not(Some(Condition::IdIs("x".into()))),
        );
        check(
            "({id}) => !id.startsWith('x/')",
            not(Some(Condition::IdBegins("x/".into()))),
        );
        for code in [
            "({data}) => data.pubDate <= new Date('2024-06-01')",
            "({data}) => data.expires > new Date()",
            "({data}) => data.embargo < new Date()",
            "({data}) => data.tags.includes('x')",
            "({data}) => data.tags.length > 0",
            "p => !p.draft",
            "p => isPublished(p)",
            "({data}) => !HIDDEN.has(data.title)",
            "Boolean",
            "({data}) => data.pubDate < Date.now() - 5",
        ] {
            check(code, None);
        }
    }

    #[test]
    fn hostile_conditions_end() {
        predicate(&format!("p => {}", "(".repeat(100_000)));
        predicate(&format!("p => {}", "!".repeat(100_000)));
        predicate(&format!("p => {{ {}", "if (a) return b; ".repeat(10_000)));
    }
}
