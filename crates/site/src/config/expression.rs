//! Expressions over tags: `cybersecurity and not (2016 or "zero trust")`.

use feedwright_base::slice::Slice;

/// A condition on the tags of a post.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    Tag(String),
    Not(Box<Expression>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
}

/// How deep brackets and negations may nest.
const DEEPEST: usize = 64;

impl Expression {
    /// Reads an expression. `not` binds more closely than `and`, which binds more closely than
    /// `or`. `Err` says what is wrong in words that end a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let mut parser = Parser {
            tokens: &tokens,
            depth: 0,
        };
        let expression = parser.or()?;
        match parser.tokens.first() {
            None => Ok(expression),
            Some(token) => Err(format!("{} is not expected", token.show())),
        }
    }

    /// Whether a post with the tags that `has` knows meets the condition.
    pub fn matches(&self, has: &impl Fn(&str) -> bool) -> bool {
        match self {
            Expression::Tag(tag) => has(tag),
            Expression::Not(inner) => !inner.matches(has),
            Expression::And(all) => all.iter().all(|inner| inner.matches(has)),
            Expression::Or(any) => any.iter().any(|inner| inner.matches(has)),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Tag(String),
    Not,
    And,
    Or,
    Open,
    Close,
}

impl Token {
    fn show(&self) -> String {
        match self {
            Token::Tag(tag) => format!("`{tag}`"),
            Token::Not => "`not`".to_owned(),
            Token::And => "`and`".to_owned(),
            Token::Or => "`or`".to_owned(),
            Token::Open => "`(`".to_owned(),
            Token::Close => "`)`".to_owned(),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '(' => {
                tokens.push(Token::Open);
                1
            }
            ')' => {
                tokens.push(Token::Close);
                1
            }
            '"' | '\'' => {
                let end = rest.slice(1..).find(c).ok_or("a quote is never closed")?;
                tokens.push(Token::Tag(rest.slice(1..=end).to_owned()));
                end + 2
            }
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || c == '(' || c == ')')
                    .unwrap_or(rest.len());
                let word = rest.slice(..end);
                tokens.push(match word.to_ascii_lowercase().as_str() {
                    "not" => Token::Not,
                    "and" => Token::And,
                    "or" => Token::Or,
                    _ => Token::Tag(word.to_owned()),
                });
                end
            }
        };
        rest = rest.slice(length..).trim_start();
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: &'a [Token],
    depth: usize,
}

impl Parser<'_> {
    fn next_is(&mut self, token: &Token) -> bool {
        match self.tokens.split_first() {
            Some((next, rest)) if next == token => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    fn or(&mut self) -> Result<Expression, String> {
        let mut any = vec![self.and()?];
        while self.next_is(&Token::Or) {
            any.push(self.and()?);
        }
        Ok(if any.len() == 1 {
            any.remove(0)
        } else {
            Expression::Or(any)
        })
    }

    fn and(&mut self) -> Result<Expression, String> {
        let mut all = vec![self.not()?];
        while self.next_is(&Token::And) {
            all.push(self.not()?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Expression::And(all)
        })
    }

    fn not(&mut self) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("it is nested too deeply".to_owned());
        }
        let expression = if self.next_is(&Token::Not) {
            Expression::Not(Box::new(self.not()?))
        } else if self.next_is(&Token::Open) {
            let inner = self.or()?;
            if !self.next_is(&Token::Close) {
                return Err("a bracket is never closed".to_owned());
            }
            inner
        } else {
            match self.tokens.split_first() {
                Some((Token::Tag(tag), rest)) => {
                    self.tokens = rest;
                    Expression::Tag(tag.clone())
                }
                Some((token, _)) => return Err(format!("{} is not expected", token.show())),
                None => return Err("a tag is missing at its end".to_owned()),
            }
        };
        self.depth -= 1;
        Ok(expression)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, tags: &[&str], expected: bool) {
        let expression = Expression::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(
            expression.matches(&|tag| tags.contains(&tag)),
            expected,
            "{text} of {tags:?}"
        );
    }

    #[test]
    fn precedence() {
        check("a", &["a"], true);
        check("a and b", &["a"], false);
        check("a or b and c", &["a"], true);
        check("(a or b) and c", &["a"], false);
        check("not a and b", &["b"], true);
        check("not (a or b)", &["c"], true);
        check("\"zero trust\" or 'x'", &["zero trust"], true);
        check("a AND NOT b", &["a"], true);
    }

    #[test]
    fn mistakes() {
        let check = |text: &str, expected: &str| {
            assert_eq!(Expression::parse(text), Err(expected.to_owned()), "{text}");
        };
        check("", "a tag is missing at its end");
        check("a and", "a tag is missing at its end");
        check("a b", "`b` is not expected");
        check("(a", "a bracket is never closed");
        check("\"a", "a quote is never closed");
        check("or a", "`or` is not expected");
        check(&"not ".repeat(100), "it is nested too deeply");
    }
}
