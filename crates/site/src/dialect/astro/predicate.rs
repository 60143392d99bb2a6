//! Reads the functions that filters ask, such as `({ data }) => !data.draft`.

use feedwright_base::slice::Slice;

use crate::front_matter::Value;

use super::PUBLISHED;
use super::code::{enclosed, is_word, parts};
use super::condition::{Condition, Literal, Maybe, all, any, not};

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
        depth: 0,
    };
    let condition = if body.starts_with('{') {
        reader.statements()
    } else {
        reader.choice()?.truth()
    };
    condition.filter(|_| reader.at == reader.tokens.len())
}

/// What a function calls the parts of the entry that it is given.
#[derive(Default)]
struct Parameter {
    entry: Option<String>,
    data: Option<String>,
    id: Option<String>,
    keys: Vec<(String, String)>,
}

impl Parameter {
    fn read(text: &str) -> Option<Parameter> {
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
                "id" => parameter.id = Some(own.to_owned()),
                _ => {}
            }
        }
        Some(parameter)
    }

    /// What a name with dots in it stands for.
    fn operand(&self, path: &str) -> Operand {
        let path = path.replace("?.", ".");
        let own = self.entry.as_deref().map(|entry| format!("{entry}."));
        let inner = own.and_then(|own| path.strip_prefix(&own));
        let id = self.id.as_deref();
        if inner == Some("id") || id == Some(&path) {
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
enum Operand {
    Condition(Condition),
    Key(String),
    Literal(Literal),
    Id,
    /// The moment of the build.
    Now,
    Unknown,
}

impl Operand {
    fn truth(self) -> Maybe {
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

    fn of(condition: Maybe) -> Operand {
        condition.map_or(Operand::Unknown, Operand::Condition)
    }

    fn compared(self, sign: &str, other: Operand) -> Operand {
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

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(&'static str),
}

/// Longer signs come first.
const SIGNS: [&str; 20] = [
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "!", "<", ">", "(", ")", "?", ":", ";", "{",
    "}", ",", "-",
];

/// The words, strings and signs of a text; `None` where there are others.
fn tokens(text: &str) -> Option<Vec<Token>> {
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

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    parameter: Parameter,
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

    /// `if (a) return b; return c;`
    fn statements(&mut self) -> Maybe {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
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
        let first = self.operand()?;
        for sign in ["===", "!==", "==", "!=", "<=", ">=", "<", ">"] {
            if self.eat(sign) {
                let second = self.operand()?;
                return Some(first.compared(sign, second));
            }
        }
        // Sums are not read.
        (self.tokens.get(self.at) != Some(&Token::Sign("-"))).then_some(first)
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
            name => self.parameter.operand(name),
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
            "({data}) => { const x = data.a; return x; }",
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
