//! Reading the configuration of a site's generator.

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;

use crate::folder::Folder;
use crate::front_matter::{
    Value, from_yaml, is_too_large, json_mistake, position, too_large, yaml_mistake,
};
use crate::source;

/// The first of several files that a site has, and what it says. A file that cannot be read is a
/// diagnostic, and says nothing.
pub(super) fn read(
    root: &Folder,
    names: &[&'static str],
    diags: &mut Diagnostics,
) -> Result<Option<(&'static str, Value)>, Error> {
    for name in names {
        if let Some(text) = source::read_setting(root, name)? {
            return Ok(Some((name, parse(name, &text, diags))));
        }
    }
    Ok(None)
}

/// What a file of settings says, in the language that its name ends in.
pub(super) fn parse(name: &str, text: &str, diags: &mut Diagnostics) -> Value {
    let parsed = match name.rsplit('.').next() {
        _ if is_too_large(text) => Err((too_large(), 0, 0)),
        Some("toml") => toml::from_str::<toml::Table>(text)
            .map(|table| Value::from(toml::Value::Table(table)))
            .map_err(|error| {
                let at = error.span().map_or(0, |span| span.start);
                (error.message().to_owned(), position(text, at).0, 0)
            }),
        Some("json") => serde_json::from_str(text).map_err(|error| {
            let (line, column) = position(text, json_mistake(text, &error));
            (error.to_string(), line, column)
        }),
        _ => from_yaml(text).map_err(|error| {
            let at = yaml_mistake(text, &error);
            let (line, column) = at.map_or((0, 0), |at| position(text, at));
            (error.to_string(), line, column)
        }),
    };
    parsed.unwrap_or_else(|(message, line, column)| {
        diags.error(
            "config-generator",
            Location::at(name, line, column),
            format!("the site's configuration cannot be read: {message}"),
            "correct it: the site's generator cannot read it either",
        );
        Value::Null
    })
}

/// The scalars of a configuration, as templates name them: `site.title`, `site.params.color`.
pub(super) fn variables(config: &Value) -> Vec<(String, String)> {
    variables_of("site", config)
}

/// The scalars of data that templates know by this name.
pub(super) fn variables_of(name: &str, data: &Value) -> Vec<(String, String)> {
    fn collect(value: &Value, name: &str, depth: usize, all: &mut Vec<(String, String)>) {
        for (key, value) in value.entries() {
            let name = format!("{name}.{key}");
            match value.as_text() {
                Some(text) => all.push((name, text)),
                None if depth > 0 => collect(value, &name, depth - 1, all),
                None => {}
            }
        }
    }
    let mut all = Vec::new();
    collect(data, name, 3, &mut all);
    all
}
