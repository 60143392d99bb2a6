//! `defaults:` of `_config.yml`: front matter that applies to scopes of files.

use globset::{GlobBuilder, GlobMatcher};

use crate::front_matter::Value;

/// All defaults of a site.
#[derive(Default)]
pub(super) struct Defaults(Vec<Scope>);

struct Scope {
    /// Without slashes at its ends; empty for the whole site.
    path: String,
    glob: Option<GlobMatcher>,
    kind: Option<String>,
    values: Vec<(String, Value)>,
}

impl Defaults {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn read(config: &Value) -> Self {
        let scopes = config
            .get("defaults")
            .map_or(&[][..], Value::items)
            .iter()
            .map(|entry| {
                let path = entry
                    .text(&["scope", "path"])
                    .unwrap_or_default()
                    .trim_matches('/')
                    .to_owned();
                let glob = path
                    .contains('*')
                    .then(|| GlobBuilder::new(&path).literal_separator(true).build().ok());
                Scope {
                    glob: glob.flatten().map(|glob| glob.compile_matcher()),
                    path,
                    kind: entry.text(&["scope", "type"]),
                    values: entry
                        .get("values")
                        .map_or_else(Vec::new, |v| v.entries().to_vec()),
                }
            })
            .collect();
        Defaults(scopes)
    }

    /// The defaults of a file of a kind (`posts`, `drafts` or a collection's name). A longer
    /// path wins over a shorter one, a scope with a type over one without, a later one over an
    /// earlier one.
    pub(super) fn of(&self, path: &str, kind: &str) -> Vec<(String, Value)> {
        let mut values: Vec<(String, Value)> = Vec::new();
        let mut scopes: Vec<&Scope> = self.0.iter().filter(|s| s.applies(path, kind)).collect();
        // The sort is stable, so that later scopes stay later.
        scopes.sort_by_key(|scope| (scope.path.len(), scope.kind.is_some()));
        for (key, value) in scopes.iter().flat_map(|scope| &scope.values) {
            match values.iter_mut().find(|(k, _)| k == key) {
                Some(entry) => entry.1 = value.clone(),
                None => values.push((key.clone(), value.clone())),
            }
        }
        values
    }
}

impl Scope {
    fn applies(&self, path: &str, kind: &str) -> bool {
        if self.kind.as_deref().is_some_and(|k| k != kind) {
            return false;
        }
        if let Some(glob) = &self.glob {
            // A pattern may name the file or any folder above it.
            return std::path::Path::new(path)
                .ancestors()
                .any(|path| glob.is_match(path));
        }
        self.path.is_empty()
            || path == self.path
            || path
                .strip_prefix(&self.path)
                .is_some_and(|rest| rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precedence() {
        let config: Value = serde_yaml::from_str(
            "defaults:\n\
             - {scope: {path: '', type: posts}, values: {layout: post, author: A}}\n\
             - {scope: {path: ''}, values: {author: B, lang: en}}\n\
             - {scope: {path: 'news/_posts'}, values: {author: C}}\n\
             - {scope: {path: '*/_posts/x*'}, values: {lang: de}}\n",
        )
        .expect("YAML");
        let defaults = Defaults::read(&config);
        let check = |path: &str, kind: &str, key: &str, expected: Option<&str>| {
            let values = Value::Map(defaults.of(path, kind));
            assert_eq!(values.text(&[key]).as_deref(), expected, "{path} {key}");
        };
        check("_posts/a.md", "posts", "author", Some("A"));
        check("_posts/a.md", "pages", "author", Some("B"));
        check("news/_posts/a.md", "posts", "author", Some("C"));
        check("newsletter/_posts/a.md", "posts", "author", Some("A"));
        check("news/_posts/xy.md", "posts", "lang", Some("de"));
        check("news/_posts/ab.md", "posts", "lang", Some("en"));
    }
}
