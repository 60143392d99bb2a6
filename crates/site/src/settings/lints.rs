//! What can be looked for in posts, and how much it matters to a site.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use feedwright_base::diagnostic::{Diagnostics, Severity};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// How much a lint matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is said, by no command.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error of `feedwright check`; a build goes on.
    Deny,
}

impl Level {
    /// The word that the configuration has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }
}

/// One thing that can be wrong with a post, although it can be published.
pub struct Lint {
    /// The code of its diagnostics.
    pub code: &'static str,
    /// Its level where the configuration names none.
    pub level: Level,
    /// What it finds, as `feedwright schema` tells it.
    pub what: &'static str,
}

/// The codes of the lints that `check --fix` asks about.
pub const ID_UNPINNED: &str = "id-unpinned";
pub const TAG_SPELLING: &str = "tag-spelling";

/// Every lint there is.
pub const LINTS: [Lint; 25] = [
    warn(
        "title-missing",
        "The post has no title, and one is taken from its heading or file name.",
    ),
    warn(
        "title-long",
        "The title has more than 100 characters, which mail programs cut off.",
    ),
    warn(
        "title-markup",
        "The title has HTML, Markdown or entities in it, which are no text.",
    ),
    warn(
        "summary-missing",
        "The post has no summary, and the beginning of its body stands in for it.",
    ),
    warn(
        "date-file-name",
        "The date in the front matter and that of the file's name are different days.",
    ),
    warn(
        "date-disagrees",
        "Two dates in the front matter are different days.",
    ),
    warn(
        "updated-early",
        "The post was changed before it was published.",
    ),
    warn("updated-future", "The last change lies in the future."),
    warn(TAG_SPELLING, "Two tags differ only in case or separators."),
    warn(
        "link-hidden",
        "A link leads to a post that is a draft or lies in the future.",
    ),
    warn(
        "link-missing",
        "A link leads to a post of the site that does not exist.",
    ),
    warn("image-alt", "An image has no alternative text."),
    warn(
        "image-missing",
        "An image is neither a URL nor a file of the site, or only the generator knows its address.",
    ),
    Lint {
        code: "enclosure-missing",
        level: Level::Deny,
        what: "An enclosure is neither a URL nor a file of the site. A build is refused, unless \
               this is set to `warn` or `allow`: the entry then has no such enclosure.",
    },
    warn(
        "enclosure-length",
        "Nothing tells how large an enclosure is.",
    ),
    warn(
        "enclosure-duration",
        "The duration of an enclosure cannot be read, or is not that of its file.",
    ),
    warn(
        "episode-field",
        "What front matter says of an episode of a podcast cannot be read.",
    ),
    warn(
        "episode-file",
        "What front matter names for an episode is neither a URL nor a file of the site.",
    ),
    warn(
        "episode-without-file",
        "A post of a podcast has no audio file or film, so podcast apps pass over it.",
    ),
    warn(
        "podcast-artwork",
        "Directories of podcasts will not take a picture: its size, its form or its colors.",
    ),
    warn(
        "element-unusable",
        "What front matter says under a prefix of `feeds.namespaces` can be no element.",
    ),
    warn(
        "template-dropped",
        "Template code that only the site's generator can run is left out.",
    ),
    warn(
        "page-without-feed",
        "A page of the rendered site does not say where the site's feed is.",
    ),
    warn(
        "files-published",
        "The site's generator publishes `feedwright.yaml` or `feedwright.lock` with the site.",
    ),
    Lint {
        code: ID_UNPINNED,
        level: Level::Allow,
        what: "The post does not name the id that readers know it by; only feedwright.lock, or \
               its permalink, does.",
    },
];

const fn warn(code: &'static str, what: &'static str) -> Lint {
    Lint {
        code,
        level: Level::Warn,
        what,
    }
}

/// The codes alone, for messages about one that does not exist.
#[expect(
    clippy::indexing_slicing,
    reason = "the list is computed by the compiler, which would refuse a wrong index"
)]
const CODES: [&str; LINTS.len()] = {
    let mut codes = [""; LINTS.len()];
    let mut at = 0;
    while at < LINTS.len() {
        codes[at] = LINTS[at].code;
        at += 1;
    }
    codes
};

/// The levels that a configuration sets, by code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<&'static str, Level>);

impl Levels {
    /// The level of a lint; `None` for a code that is none.
    pub fn of(&self, code: &str) -> Option<Level> {
        let default = LINTS.iter().find(|lint| lint.code == code)?.level;
        Some(self.0.get(code).copied().unwrap_or(default))
    }

    /// What any command says of a post: what is allowed is passed over, and what is but a warning
    /// refuses no post. Where the post could not be understood, its errors stay.
    pub fn applied(&self, found: Diagnostics, is_post: bool) -> Diagnostics {
        if self.0.is_empty() {
            return found;
        }
        let mut kept = Diagnostics::new();
        for diagnostic in found.iter() {
            let mut diagnostic = diagnostic.clone();
            let is_error = diagnostic.severity == Severity::Error;
            match self.0.get(diagnostic.code) {
                Some(_) if is_error && !is_post => {}
                Some(Level::Allow) => continue,
                Some(Level::Warn) if is_error => diagnostic.severity = Severity::Warning,
                _ => {}
            }
            kept.push(diagnostic);
        }
        kept
    }

    /// What `feedwright check` says: every lint at its level. What was refused stays so.
    pub fn checked(&self, found: &Diagnostics) -> Diagnostics {
        let mut kept = Diagnostics::new();
        for diagnostic in found.iter() {
            let mut diagnostic = diagnostic.clone();
            match self.of(diagnostic.code) {
                Some(_) if diagnostic.severity == Severity::Error => {}
                Some(Level::Allow) => continue,
                Some(Level::Warn) => diagnostic.severity = Severity::Warning,
                Some(Level::Deny) => diagnostic.severity = Severity::Error,
                None => {}
            }
            kept.push(diagnostic);
        }
        kept
    }
}

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ByCode)
    }
}

struct ByCode;

impl<'de> Visitor<'de> for ByCode {
    type Value = Levels;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of lints to levels")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
        let mut levels = BTreeMap::new();
        while let Some(code) = map.next_key::<String>()? {
            let known = CODES.into_iter().find(|known| *known == code);
            let known = known.ok_or_else(|| A::Error::unknown_field(&code, &CODES))?;
            if levels.insert(known, map.next_value()?).is_some() {
                return Err(A::Error::duplicate_field(known));
            }
        }
        Ok(Levels(levels))
    }
}

impl JsonSchema for Levels {
    fn schema_name() -> Cow<'static, str> {
        "Lints".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let properties: serde_json::Map<String, serde_json::Value> = LINTS
            .iter()
            .map(|lint| {
                let mut schema = generator.subschema_for::<Level>();
                schema.insert("description".to_owned(), lint.what.into());
                schema.insert("default".to_owned(), lint.level.as_str().into());
                (lint.code.to_owned(), schema.into())
            })
            .collect();
        json_schema!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use feedwright_base::diagnostic::Diagnostic;

    /// The severities of one code at a level: of a note, a warning and an error.
    fn check(code: &'static str, yaml: &str, run: [&str; 3], checked: [&str; 3]) {
        let levels: Levels = serde_yaml::from_str(yaml).expect("levels");
        let of = |severity| {
            let mut diags = Diagnostics::new();
            diags.push(Diagnostic::new(severity, code, None, "m"));
            diags
        };
        let shown = |diags: &Diagnostics| {
            let mut severities = diags.iter().map(|d| d.severity.as_str());
            severities.next().unwrap_or("-").to_owned()
        };
        let all = [Severity::Note, Severity::Warning, Severity::Error];
        let found = all.map(|severity| shown(&levels.applied(of(severity), true)));
        assert_eq!(found, run, "{code} {yaml}");
        let found = all.map(|severity| shown(&levels.checked(&of(severity))));
        assert_eq!(found, checked, "{code} {yaml}");
    }

    #[test]
    fn levels() {
        let as_found = ["note", "warning", "error"];
        check("config-title", "{}", as_found, as_found);
        check(
            "title-long",
            "{}",
            as_found,
            ["warning", "warning", "error"],
        );
        check(
            "title-long",
            "{title-long: deny}",
            as_found,
            ["error", "error", "error"],
        );
        check(
            "title-long",
            "{title-long: allow}",
            ["-", "-", "-"],
            ["-", "-", "error"],
        );
        check(
            "enclosure-missing",
            "{enclosure-missing: warn}",
            ["note", "warning", "warning"],
            ["warning", "warning", "error"],
        );
    }

    #[test]
    fn what_refuses_a_post_is_not_allowed() {
        let levels: Levels = serde_yaml::from_str("{title-missing: allow}").expect("levels");
        let mut diags = Diagnostics::new();
        diags.push(Diagnostic::new(Severity::Error, "title-missing", None, "m"));
        assert!(levels.applied(diags, false).has_errors());
    }
}
