//! The languages of a Hugo site.

use std::path::PathBuf;

use feedwright_base::date::Zone;
use feedwright_base::diagnostic::{Diagnostics, Location};
use globset::Glob;

use crate::front_matter::Value;
use crate::settings::LanguageDefaults;

use super::Hugo;
use super::place::{Base, Language};
use super::site::patterns;

/// The languages of a site, by weight.
pub(super) fn languages(config: &Value) -> Vec<Language> {
    let disabled: Vec<String> = config
        .get("disablelanguages")
        .map_or(&[][..], Value::items)
        .iter()
        .filter_map(Value::as_filled_text)
        .collect();
    let mut languages: Vec<Language> = config
        .get("languages")
        .map_or(&[][..], Value::entries)
        .iter()
        .map(|(code, language)| Language {
            code: code.to_lowercase(),
            name: language
                .text(&["locale"])
                .or_else(|| language.text(&["languagecode"]))
                .unwrap_or_else(|| code.clone()),
            folder: language.text(&["contentdir"]).map(PathBuf::from),
            weight: language
                .text(&["weight"])
                .and_then(|text| text.parse().ok())
                .unwrap_or(i64::MAX),
            disabled: language.get("disabled").and_then(Value::as_bool) == Some(true)
                || disabled.contains(code),
            base: language.text(&["baseurl"]).map(|text| Base::of(&text)),
            zone: language
                .text(&["timezone"])
                .and_then(|name| name.parse().ok())
                .map(Zone::Named),
            permalinks: language
                .get("permalinks")
                .map(|value| patterns(Some(value))),
        })
        .collect();
    languages.sort_by(|a, b| (a.weight, &a.code).cmp(&(b.weight, &b.code)));
    languages
}

/// Reports languages whose posts would have no address. That of the default one is the site's.
pub(super) fn check_bases(
    languages: &[Language],
    default: &str,
    file: &'static str,
    diags: &mut Diagnostics,
) {
    let others = languages.iter().filter(|language| language.code != default);
    for language in others.filter(|language| !language.disabled) {
        if let Some(Base::Wrong(text)) = &language.base {
            diags.error(
                "config-url",
                Location::file(file),
                format!(
                    "the `baseURL` of the language `{}` is `{text}`, which is not an http URL",
                    language.code
                ),
                "write it as `https://www.example.gov/`",
            );
        }
    }
}

/// The code of the language that lies at the root of the site.
pub(super) fn default_language(config: &Value, languages: &[Language]) -> String {
    let named = config
        .text(&["defaultcontentlanguage"])
        .unwrap_or_else(|| "en".to_owned())
        .to_lowercase();
    let mut usable = languages.iter().filter(|language| !language.disabled);
    if languages.is_empty() || usable.clone().any(|language| language.code == named) {
        return named;
    }
    usable
        .next()
        .map_or(named, |language| language.code.clone())
}

/// The language of what a mount holds by its `sites.matrix`, which names languages by patterns; `! `
/// before one excludes them. Of several languages it is the site's own, or else the first: a
/// file is one post. `None` where the site has none of them.
pub(super) fn of_matrix(wanted: &Value, languages: &[Language], default: &str) -> Option<String> {
    let patterns: Vec<String> = wanted
        .items()
        .iter()
        .filter_map(Value::as_filled_text)
        .map(|pattern| pattern.to_lowercase())
        .collect();
    let matches = |pattern: &str, code: &str| {
        let glob = Glob::new(pattern.trim());
        glob.is_ok_and(|glob| glob.compile_matcher().is_match(code))
    };
    let (out, taken): (Vec<&String>, Vec<&String>) = patterns
        .iter()
        .partition(|pattern| pattern.starts_with("! "));
    let is_wanted = |code: &str| {
        let is_taken = taken.is_empty() || taken.iter().any(|pattern| matches(pattern, code));
        let mut out = out.iter();
        is_taken && !out.any(|pattern| matches(pattern.trim_start_matches('!'), code))
    };
    let usable = languages.iter().filter(|language| !language.disabled);
    let mut codes = [default]
        .into_iter()
        .chain(usable.map(|language| &*language.code));
    codes.find(|code| is_wanted(code)).map(str::to_owned)
}

/// The site in a language.
pub(super) fn in_language(language: &Language, config: &Value, hugo: &Hugo) -> LanguageDefaults {
    let own = |keys: &[&str]| config.text(&[&["languages", &*language.code], keys].concat());
    LanguageDefaults {
        tag: language.name.clone(),
        title: own(&["title"]),
        description: own(&["params", "description"]).or_else(|| own(&["description"])),
        home: own(&["baseurl"])
            .or_else(|| Some(format!("{}/", hugo.language_prefix(&language.code)))),
    }
}
