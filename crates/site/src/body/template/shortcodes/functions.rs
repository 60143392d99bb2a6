//! What the functions of both template languages give, as far as templates are filled in.

use feedwright_base::slice::Slice;
use feedwright_base::text;

use crate::dialect::urlized;

use super::node::Expression;
use super::run::Run;
use super::value::Value;

type Arguments<'a> = &'a [(Option<String>, Expression)];

/// The value of a variable, a method or a function of Hugo.
pub(super) fn go(run: &Run<'_>, name: &str, arguments: Arguments<'_>) -> Option<Value> {
    let is_root = name.starts_with("$.");
    let name = if is_root { name.slice(1..) } else { name };
    match (name, arguments) {
        (".", []) => return run.dots.last().cloned(),
        (name, []) if name.starts_with('$') => return run.variable(name),
        (name, _) if name.starts_with('.') && !is_root && !run.dots.is_empty() => return None,
        _ => {}
    }
    if let Some(value) = go_method(run, name, arguments) {
        return Some(value);
    }
    match (name, arguments) {
        ("and" | "or", arguments) => return either(run, arguments, name == "or"),
        ("isset", [(_, of), key]) if is_parameters(of) => {
            let value = parameter(run, &run.value(&key.1)?)?;
            return Some(Value::of_bool(value != Value::Nothing));
        }
        ("index", [(_, of), key]) if is_parameters(of) => {
            return parameter(run, &run.value(&key.1)?);
        }
        _ => {}
    }
    go_function(run, name, &run.values(arguments)?)
}

/// What a shortcode itself knows.
fn go_method(run: &Run<'_>, name: &str, arguments: Arguments<'_>) -> Option<Value> {
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

/// The first value that decides: of `or` one that holds, of `and` one that does not.
fn either(run: &Run<'_>, arguments: Arguments<'_>, holds: bool) -> Option<Value> {
    let mut last = None;
    for (_, argument) in arguments {
        let value = run.value(argument)?;
        if value.is_true() == holds {
            return Some(value);
        }
        last = Some(value);
    }
    last
}

fn go_function(run: &Run<'_>, name: &str, values: &[Value]) -> Option<Value> {
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

/// The value of a variable, a function or a filter of Zola.
pub(super) fn tera(run: &Run<'_>, name: &str, arguments: Arguments<'_>) -> Option<Value> {
    let named = |key: &str| {
        let found = arguments
            .iter()
            .find(|(name, _)| name.as_deref() == Some(key));
        found.map(|(_, value)| run.value(value))
    };
    let values = || run.values(arguments);
    match (name, arguments) {
        (name, []) if !name.ends_with("()") => return tera_variable(run, name),
        ("and" | "or", arguments) => {
            let value = either(run, arguments, name == "or")?;
            return Some(Value::of_bool(value.is_true()));
        }
        ("get_url()", _) => {
            // Nothing else that it may be asked for is simple.
            let is_plain = arguments.len() == 1;
            let path = named("path").filter(|_| is_plain)??;
            return site_url(run, path.text()).map(Value::Text);
        }
        _ => {}
    }
    let (_, first) = arguments.first()?;
    let value = run.value(first)?;
    let flag = |key: &str| named(key).is_some_and(|v| v.is_some_and(|v| v.is_true()));
    if value == Value::Nothing && name.starts_with('|') && name != "|default" {
        return None;
    }
    Some(match name {
        "not" => Value::of_bool(!value.is_true()),
        "defined" => Value::of_bool(value != Value::Nothing),
        "eq" | "ne" => {
            let values = values()?;
            Value::of_bool(values.first()?.equals(values.get(1)?) == (name == "eq"))
        }
        "~" => Value::Text(values()?.iter().map(Value::text).collect()),
        "|default" if value == Value::Nothing => named("value")??,
        "|default" => value,
        "|safe" => Value::Html(value.text().to_owned()),
        "|markdown" => value.with(run.markdown(value.text(), flag("inline"))?),
        "|escape" | "|str" | "|as_str" => Value::Text(value.text().to_owned()),
        "|trim" => value.with(value.text().trim().to_owned()),
        "|upper" => value.with(value.text().to_uppercase()),
        "|lower" => value.with(value.text().to_lowercase()),
        "|replace" => {
            let (from, to) = (named("from")??, named("to")??);
            value.with(replaced(value.text(), from.text(), to.text())?)
        }
        _ => return None,
    })
}

/// A text with one part in place of another, unless that multiplies it.
fn replaced(text: &str, from: &str, to: &str) -> Option<String> {
    let count = text.matches(from).count();
    (count.saturating_mul(to.len()) <= super::super::LONGEST_VALUE).then(|| text.replace(from, to))
}

/// A variable that a template of Zola sees; what is not there is known to be so.
fn tera_variable(run: &Run<'_>, name: &str) -> Option<Value> {
    if let Some(value) = run.variable(name) {
        return Some(value);
    }
    match name {
        "body" => Some(Value::Text(run.used.inner.to_owned())),
        "nth" => Some(Value::Word(run.used.nth.to_string())),
        "config.base_url" => {
            let base = run.context.base.as_str();
            Some(Value::Text(base.trim_end_matches('/').to_owned()))
        }
        "page" | "section" | "config" | "lang" => None,
        name if name.contains('.') => None,
        name => run.named(name),
    }
}

/// The address of a path, or of the post that `@/` names.
fn site_url(run: &Run<'_>, path: &str) -> Option<String> {
    if let Some(name) = path.strip_prefix("@/") {
        let (post, fragment) = run.context.reference(name)?;
        return Some(format!("{}{fragment}", post.url));
    }
    if url::Url::parse(path).is_ok() {
        return Some(path.to_owned());
    }
    let base = run.context.base.as_str().trim_end_matches('/');
    Some(format!("{base}/{}", path.trim_matches('/')))
}
