//! jekyll-polyglot: a site in several languages, each below its code but for the default one.
//!
//! The plugin builds the site once for each language. A post is shown in its own; in those that it is
//! not translated to it is shown as well, which makes no other post of it.

use std::path::Path;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink::slashed;
use globset::{GlobSet, GlobSetBuilder};

use crate::dialect::{Metadata, Text};
use crate::front_matter::{FrontMatter, Value};
use crate::settings::LanguageDefaults;
use crate::source;

use super::site::{list, unreadable, uses_plugin};

const PLUGIN: &str = "jekyll-polyglot";

/// What a site says to the plugin.
pub(super) struct Polyglot {
    /// `languages`, and `default_lang` before all others.
    languages: Vec<String>,
    /// `exclude_from_localization`: what is only built with the default language.
    unlocalized: GlobSet,
    /// `lang_from_path`: whether folders and names say the language of what does not say it itself.
    reads_paths: bool,
}

impl Polyglot {
    /// What the configuration says, given the site's `Gemfile`; `None` for a site without the plugin or in one language.
    pub(super) fn read(
        config: &Value,
        file: &str,
        gems: &str,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let own = list(config, &["languages"]);
        if own.is_empty() || !uses_plugin(config, gems, PLUGIN) {
            return None;
        }
        let default = config.text(&["default_lang"]);
        let mut languages = vec![default.unwrap_or_else(|| "en".to_owned())];
        for language in own {
            if !languages.contains(&language) {
                languages.push(language);
            }
        }
        let mut unlocalized = GlobSetBuilder::new();
        for pattern in list(config, &["exclude_from_localization"]) {
            let pattern = pattern.trim_matches('/');
            if !pattern.is_empty() && source::add_pattern(&mut unlocalized, pattern).is_err() {
                unreadable(("exclude_from_localization", pattern), file, diags);
            }
        }
        (languages.len() > 1).then(|| Polyglot {
            languages,
            unlocalized: unlocalized.build().unwrap_or_default(),
            reads_paths: config.get("lang_from_path").and_then(Value::as_bool) == Some(true),
        })
    }

    /// The language that lies at the root of the site.
    pub(super) fn default(&self) -> &str {
        self.languages.first().map_or("en", |language| language)
    }

    /// What is known of the site in each further language.
    pub(super) fn others(&self) -> Vec<LanguageDefaults> {
        let others = self.languages.iter().skip(1);
        others
            .map(|language| LanguageDefaults {
                tag: language.clone(),
                home: Some(format!("/{language}/")),
                ..LanguageDefaults::default()
            })
            .collect()
    }

    /// Says of which language a post is, given its path from the site's source on.
    pub(super) fn place(&self, path: &Path, front_matter: &FrontMatter, metadata: &mut Metadata) {
        let field = |key: &str| front_matter.get(key).map(|field| &field.value);
        let own = field("lang").and_then(Value::as_filled_text);
        let own = own.or_else(|| self.of_path(path).cloned());
        let known = |language: &str| {
            let mut languages = self.languages.iter();
            languages.find(|known| known.eq_ignore_ascii_case(language))
        };
        let mut language = own.as_deref().map(known);
        if language == Some(None) {
            metadata.unpublished =
                Some("`languages` in the configuration does not name its `lang`");
        }
        // What is for some languages alone is not shown in its own, unless that is one of them.
        let alone = field("lang-exclusive").map_or(&[][..], Value::items);
        let alone: Vec<String> = alone.iter().filter_map(Value::as_filled_text).collect();
        let shown = language
            .flatten()
            .map_or(self.default(), |language| language);
        if let Some(first) = alone.first()
            && !alone.iter().any(|language| language == shown)
        {
            language = Some(known(first));
        }
        let language = language.flatten().filter(|one| *one != self.default());
        metadata.translation = language.is_some();
        metadata.language = language.map(|language| Text {
            text: language.clone(),
            ..Text::default()
        });
        let id = field("page_id").and_then(Value::as_filled_text);
        // No address has a blank before it.
        metadata.translation_key = id.map(|id| format!(" {id}"));
    }

    /// The language that a part of a path names.
    fn of_path(&self, path: &Path) -> Option<&String> {
        let path = slashed(path);
        let mut parts = path.split(['.', '/']).filter(|_| self.reads_paths);
        parts.find_map(|part| {
            let mut languages = self.languages.iter();
            languages.find(|known| known.eq_ignore_ascii_case(part))
        })
    }

    /// The path that a post's address lies below, without a slash at its end.
    pub(super) fn prefix(&self, path: &Path, metadata: &Metadata) -> String {
        match &metadata.language {
            Some(language) if metadata.translation && !self.unlocalized.is_match(path) => {
                format!("/{}", language.text)
            }
            _ => String::new(),
        }
    }

    /// What is left of an address without the languages that it names.
    pub(super) fn neutral(&self, address: &str, metadata: &Metadata) -> String {
        let own = metadata.language.as_ref();
        let bare =
            own.and_then(|language| address.strip_prefix(&*language.text)?.strip_prefix('/'));
        let mut bare = format!("/{}", bare.unwrap_or(address));
        for language in &self.languages {
            for (before, after) in [('/', '/'), ('.', '.'), ('/', '.'), ('.', '/')] {
                bare = bare.replace(&format!("{before}{language}{after}"), "/");
            }
        }
        bare
    }
}
