//! What variables, methods and functions of Hugo give, as far as templates are filled in.

use feedwright_base::slice::Slice;
use feedwright_base::text;

use crate::dialect::urlized;

use super::go::store;
use super::node::{Expression, Parts};
use super::run::Run;
use super::value::Value;

/// The value of a variable, a method or a function of Hugo.
pub(super) fn value(run: &Run<'_>, name: &str, arguments: Parts<'_>) -> Option<Value> {
    let is_root = name.starts_with("$.");
    let name = if is_root { name.slice(1..) } else { name };
    match (name, arguments) {
        (".", []) => return run.dots.last().cloned(),
        (name, []) if name.starts_with('$') => return run.variable(name),
        (name, _) if name.starts_with('.') && !is_root && !run.dots.is_empty() => return None,
        _ => {}
    }
    if let Some(value) = method(run, name, arguments) {
        return Some(value);
    }
    match (name, arguments) {
        ("and" | "or", arguments) => return run.either(arguments, name == "or"),
        ("isset", [(_, of), key]) if is_parameters(of) => {
            let value = parameter(run, &run.value(&key.1)?)?;
            return Some(Value::of_bool(value != Value::Nothing));
        }
        ("len", [(_, of)]) if is_parameters(of) => {
            return Some(Value::Word(run.used.arguments.0.len().to_string()));
        }
        ("index", [(_, of), key]) if is_parameters(of) => {
            return parameter(run, &run.value(&key.1)?);
        }
        _ => {}
    }
    function(run, name, &run.values(arguments)?)
}

/// What a shortcode itself knows.
fn method(run: &Run<'_>, name: &str, arguments: Parts<'_>) -> Option<Value> {
    match (name, arguments) {
        (".Get", [key]) => parameter(run, &run.value(&key.1)?),
        (".Inner" | ".InnerDeindent", []) => Some(Value::Html(run.used.inner.to_owned())),
        (".Name", []) => Some(Value::Text(run.used.name.to_owned())),
        (".IsNamedParams", []) => {
            let first = run.used.arguments.0.first();
            Some(Value::of_bool(
                first.is_some_and(|first| first.name.is_some()),
            ))
        }
        (".Site.BaseURL" | "site.BaseURL" | ".Page.Site.BaseURL", []) => {
            Some(Value::Text(run.context.base.to_string()))
        }
        (".Page.RenderString" | "page.RenderString", [text]) => {
            let text = run.value(&text.1)?;
            run.markdown(text.text(), true).map(Value::Html)
        }
        (".Page.RenderString" | "page.RenderString", [(_, options), text]) => {
            let is_block = is_block(options)?;
            let text = run.value(&text.1)?;
            run.markdown(text.text(), !is_block).map(Value::Html)
        }
        (name, [(_, Expression::Text(key))])
            if name.ends_with(".Scratch.Get") || name.ends_with(".Store.Get") =>
        {
            run.variable(&store(key))
        }
        (name, []) => run.named(name.strip_prefix(".Params.")?),
        _ => None,
    }
}

/// Whether the options of `RenderString` ask for blocks: `dict "display" "block"`.
fn is_block(options: &Expression) -> Option<bool> {
    let Expression::Call(name, arguments) = options else {
        return None;
    };
    let mut texts = arguments.iter().map(|(_, value)| match value {
        Expression::Text(text) => Some(text.as_str()),
        _ => None,
    });
    match (name.as_str(), texts.next()??, texts.next()??, texts.next()) {
        ("dict", "display", "block", None) => Some(true),
        ("dict", "display", "inline", None) => Some(false),
        _ => None,
    }
}

fn is_parameters(expression: &Expression) -> bool {
    matches!(expression, Expression::Call(name, arguments)
        if arguments.is_empty() && matches!(name.as_str(), ".Params" | "$.Params"))
}

/// The parameter of a name or at a place. What a shortcode does not have is empty.
fn parameter(run: &Run<'_>, key: &Value) -> Option<Value> {
    let Value::Word(place) = key else {
        return run.named(key.text());
    };
    let mut arguments = run.used.arguments.0.iter();
    let found = arguments.nth(place.parse().ok()?);
    match found.filter(|argument| argument.name.is_none()) {
        Some(argument) => Value::of(argument, false),
        None => Some(Value::Nothing),
    }
}

fn function(run: &Run<'_>, name: &str, values: &[Value]) -> Option<Value> {
    let name = name.strip_prefix("strings.").unwrap_or(name);
    Some(match (name, values) {
        ("safeHTML" | "safeHTMLAttr", [value]) => Value::Html(value.text().to_owned()),
        ("safeURL" | "safeCSS" | "string", [value]) => Value::Text(value.text().to_owned()),
        ("markdownify", [value]) => Value::Html(run.markdown(value.text(), true)?),
        ("default", [other, value]) => {
            let is_set = value.is_true() || *value == Value::of_bool(false);
            (if is_set { value } else { other }).clone()
        }
        ("relURL", [value]) => Value::Text(relative(run, value.text())),
        ("absURL", [value]) => Value::Text(absolute(run, value.text())?),
        ("urlize", [value]) => Value::Text(urlized(value.text())),
        ("lower" | "ToLower", [value]) => value.with(value.text().to_lowercase()),
        ("upper" | "ToUpper", [value]) => value.with(value.text().to_uppercase()),
        ("trim" | "Trim", [value, Value::Text(signs)]) => {
            let signs: Vec<char> = signs.chars().collect();
            value.with(value.text().trim_matches(&*signs).to_owned())
        }
        ("TrimSpace", [value]) => value.with(value.text().trim().to_owned()),
        ("plainify", [value]) => Value::Html(text::strip_tags(value.text())),
        ("eq", [value, others @ ..]) if !others.is_empty() => {
            Value::of_bool(others.iter().any(|other| value.equals(other)))
        }
        ("ne", [value, other]) => Value::of_bool(!value.equals(other)),
        ("lt" | "le" | "gt" | "ge", [value, other]) => {
            let (value, other) = (value.number()?, other.number()?);
            Value::of_bool(match name {
                "lt" => value < other,
                "le" => value <= other,
                "gt" => value > other,
                _ => value >= other,
            })
        }
        ("not", [value]) => Value::of_bool(!value.is_true()),
        ("cond", [condition, yes, no]) => (if condition.is_true() { yes } else { no }).clone(),
        ("hasPrefix" | "HasPrefix", [value, start]) => {
            Value::of_bool(value.text().starts_with(start.text()))
        }
        ("hasSuffix" | "HasSuffix", [value, end]) => {
            Value::of_bool(value.text().ends_with(end.text()))
        }
        ("printf", [Value::Text(format), values @ ..]) => Value::Text(printed(format, values)?),
        ("print", values) => Value::Text(values.iter().map(Value::text).collect()),
        _ => return None,
    })
}

/// A format with values in place of `%s` and `%v`.
fn printed(format: &str, values: &[Value]) -> Option<String> {
    let mut values = values.iter();
    let mut parts = format.split('%');
    let mut out = parts.next()?.to_owned();
    while let Some(part) = parts.next() {
        if part.is_empty() {
            out.push('%');
            out.push_str(parts.next()?);
            continue;
        }
        let rest = part.strip_prefix(['s', 'v'])?;
        out.push_str(values.next()?.text());
        out.push_str(rest);
    }
    values.next().is_none().then_some(out)
}

/// An address below the site's base; one from the root stays.
fn relative(run: &Run<'_>, link: &str) -> String {
    if link.starts_with('/') || url::Url::parse(link).is_ok() {
        link.to_owned()
    } else {
        format!("{}{link}", run.context.base.path())
    }
}

fn absolute(run: &Run<'_>, link: &str) -> Option<String> {
    run.context.base.join(link).ok().map(String::from)
}
