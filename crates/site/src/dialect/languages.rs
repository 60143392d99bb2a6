//! Languages of sites whose generators put each below a path of its own.

use std::path::Path;

use crate::front_matter::Value;
use crate::settings::{LanguageDefaults, SiteDefaults, Taxonomy};

use super::{Metadata, Text, without_languages};

/// The languages of a site, each in folders and below a path that are called like it.
#[derive(Debug, Default)]
pub(super) struct Languages {
    /// The code of the one at the site's root, and those of all others.
    default: String,
    others: Vec<Language>,
}

#[derive(Debug)]
struct Language {
    /// What its folders and paths are called.
    path: String,
    tag: String,
}

impl Languages {
    /// Languages by their codes, the default one among them or not.
    pub(super) fn of(default: Option<String>, codes: impl Iterator<Item = String>) -> Self {
        let all = codes.map(|code| Language {
            path: code.clone(),
            tag: code,
        });
        Self::of_all(default, all)
    }

    /// `i18n` of a configuration, with `defaultLocale` and `locales`: codes, or maps of a `path` and
    /// the `codes` that it stands for.
    pub(super) fn of_i18n(config: &Value) -> Self {
        let locales = config.at(&["i18n", "locales"]);
        let locales = locales.map_or(&[][..], Value::items).iter();
        let all = locales.filter_map(|locale| {
            let code = locale
                .get("codes")
                .and_then(|codes| codes.items().first()?.as_filled_text());
            let path = locale.text(&["path"]).or_else(|| locale.as_filled_text())?;
            Some(Language {
                tag: code.unwrap_or_else(|| path.clone()),
                path,
            })
        });
        Self::of_all(config.text(&["i18n", "defaultLocale"]), all)
    }

    fn of_all(default: Option<String>, all: impl Iterator<Item = Language>) -> Self {
        let default = default.unwrap_or_default();
        let others = all.filter(|one| one.path != default && !default.is_empty());
        Languages {
            others: others.collect(),
            default,
        }
    }

    /// The code of the language at the site's root, where there are others.
    pub(super) fn default(&self) -> Option<&str> {
        (!self.is_one()).then_some(&*self.default)
    }

    /// Whether the site has one language alone.
    pub(super) fn is_one(&self) -> bool {
        self.others.is_empty()
    }

    /// Says of which language a post is, by a folder that it lies in, given its path below the folder of
    /// all posts, or by its front matter.
    pub(super) fn place(&self, inner: &Path, metadata: &mut Metadata) {
        let folders = inner.parent().into_iter().flat_map(Path::components);
        let folders: Vec<_> = folders.map(|part| part.as_os_str()).collect();
        let of_folder = |path: &str| folders.iter().any(|name| *name == path);
        let own = metadata.language.as_ref().map(|own| own.text.clone());
        let is_own = |tag: &str| {
            own.as_ref()
                .is_some_and(|own| own.eq_ignore_ascii_case(tag))
        };
        let found = self.others.iter().find(|one| of_folder(&one.path));
        let found = found.or_else(|| {
            let mut others = self.others.iter();
            others.find(|one| !of_folder(&self.default) && (is_own(&one.tag) || is_own(&one.path)))
        });
        if let Some(language) = found {
            metadata.translation = true;
            metadata.language = Some(Text {
                text: language.tag.clone(),
                ..Text::default()
            });
        } else if of_folder(&self.default) || is_own(&self.default) {
            metadata.language = None;
        }
    }

    /// What a post has in common with its translations, given its path.
    pub(super) fn key(&self, path: &Path) -> String {
        let is_language = |name: &str| self.others.iter().any(|one| one.path == name);
        let parts = path.components().map(|part| part.as_os_str());
        let path = parts.filter(|name| name.to_str().is_none_or(|name| !is_language(name)));
        without_languages(&path.collect::<std::path::PathBuf>())
    }

    /// Adds the languages to what is said of the site. `end` is what the path of a page ends in.
    pub(super) fn describe(&self, end: &str, defaults: &mut SiteDefaults) {
        if self.is_one() {
            return;
        }
        let language = |one: &Language| LanguageDefaults {
            tag: one.tag.clone(),
            home: Some(format!("/{}{end}", one.path)),
            ..LanguageDefaults::default()
        };
        defaults.languages = self.others.iter().map(language).collect();
        if defaults.taxonomies.is_empty() {
            defaults.taxonomies.push(Taxonomy::Tags);
        }
        defaults.taxonomies.push(Taxonomy::Languages);
    }
}
