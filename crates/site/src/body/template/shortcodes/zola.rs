//! What variables, functions and filters of Zola give, as far as templates are filled in.

use super::super::LONGEST_VALUE;
use super::node::Parts;
use super::run::Run;
use super::value::Value;

/// The value of a variable, a function or a filter of Zola.
pub(super) fn value(run: &Run<'_>, name: &str, arguments: Parts<'_>) -> Option<Value> {
    let values = || run.values(arguments);
    match (name, arguments) {
        (name, []) if !name.ends_with("()") => return variable(run, name),
        ("and" | "or", arguments) => {
            let value = run.either(arguments, name == "or")?;
            return Some(Value::of_bool(value.is_true()));
        }
        ("get_url()", _) => {
            // Nothing else that it may be asked for is simple; caches are no matter of feeds.
            let plain = |(name, _): &(Option<String>, _)| {
                matches!(name.as_deref(), Some("path" | "cachebust"))
            };
            let is_plain = arguments.iter().all(plain);
            let path = named(run, arguments, "path").filter(|_| is_plain)??;
            return site_url(run, path.text()).map(Value::Text);
        }
        _ => {}
    }
    let (_, first) = arguments.first()?;
    let value = run.value(first)?;
    if let Some(filter) = name.strip_prefix('|') {
        return filtered(run, filter, value, arguments);
    }
    Some(match name {
        "not" => Value::of_bool(!value.is_true()),
        "defined" => Value::of_bool(value != Value::Nothing),
        "eq" | "ne" => {
            let values = values()?;
            Value::of_bool(values.first()?.equals(values.get(1)?) == (name == "eq"))
        }
        "starting_with" | "ending_with" => {
            let values = values()?;
            let (text, part) = (values.first()?.text(), values.get(1)?.text());
            Value::of_bool(if name == "starting_with" {
                text.starts_with(part)
            } else {
                text.ends_with(part)
            })
        }
        "~" => Value::Text(values()?.iter().map(Value::text).collect()),
        _ => return None,
    })
}

/// The value of an argument with a name: `None` where there is none, and in there where nobody knows
/// it.
fn named(run: &Run<'_>, arguments: Parts<'_>, key: &str) -> Option<Option<Value>> {
    let mut arguments = arguments.iter();
    let found = arguments.find(|(name, _)| name.as_deref() == Some(key));
    found.map(|(_, value)| run.value(value))
}

/// What a filter makes of a value.
fn filtered(run: &Run<'_>, filter: &str, value: Value, arguments: Parts<'_>) -> Option<Value> {
    let named = |key: &str| named(run, arguments, key);
    let flag = |key: &str| named(key).is_some_and(|v| v.is_some_and(|v| v.is_true()));
    if value == Value::Nothing && filter != "default" {
        return None;
    }
    Some(match filter {
        "default" if value == Value::Nothing => named("value")??,
        "default" => value,
        "safe" => Value::Html(value.text().to_owned()),
        "markdown" => value.with(run.markdown(value.text(), flag("inline"))?),
        "escape" | "str" | "as_str" => Value::Text(value.text().to_owned()),
        "trim" => value.with(value.text().trim().to_owned()),
        "trim_start_matches" | "trim_end_matches" => {
            let part = named("pat")?.filter(|part| !part.text().is_empty())?;
            let text = value.text();
            value.with(match filter {
                "trim_start_matches" => text.trim_start_matches(part.text()).to_owned(),
                _ => text.trim_end_matches(part.text()).to_owned(),
            })
        }
        "upper" => value.with(value.text().to_uppercase()),
        "lower" => value.with(value.text().to_lowercase()),
        "replace" => {
            let (from, to) = (named("from")??, named("to")??);
            value.with(replaced(value.text(), from.text(), to.text())?)
        }
        _ => return None,
    })
}

/// A text with one part in place of another, unless that multiplies it.
fn replaced(text: &str, from: &str, to: &str) -> Option<String> {
    let count = text.matches(from).count();
    (count.saturating_mul(to.len()) <= LONGEST_VALUE).then(|| text.replace(from, to))
}

/// A variable that a template of Zola sees; what is not there is known to be so.
fn variable(run: &Run<'_>, name: &str) -> Option<Value> {
    if run.sets(name) {
        return run.variable(name);
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
