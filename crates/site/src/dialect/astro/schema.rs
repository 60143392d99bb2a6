//! What the schema of a collection makes of keys that a front matter has or lacks.

use feedwright_base::slice::Slice;

use crate::front_matter::Value;

use super::code::{enclosed, is_word, literal, places};

/// The text of a schema.
#[derive(Debug, Default, Clone)]
pub(super) struct Schema {
    /// That of the collection, then that of its file, which may have what collections share.
    texts: [String; 2],
    /// Whether parts of it may stand in other files of the site.
    is_shared: bool,
}

/// What a schema says of a key.
#[derive(Debug, PartialEq)]
pub(super) enum Says {
    /// That it is as the front matter has it.
    Nothing,
    /// What it is where the front matter lacks it.
    Default(Value),
    /// What only code knows, if the front matter lacks it.
    Unknown,
    /// What only code knows.
    Computed,
}

impl Schema {
    pub(super) fn read(own: &str, all: &str) -> Self {
        let is_shared = [
            " from './",
            " from \"./",
            " from '../",
            " from \"../",
            " from '@/",
            " from \"@/",
        ]
        .iter()
        .any(|import| all.contains(import));
        Schema {
            texts: [own.to_owned(), all.to_owned()],
            is_shared,
        }
    }

    pub(super) fn says(&self, key: &str) -> Says {
        let key = key.rsplit('.').next().unwrap_or(key);
        let found = self.texts.iter().find_map(|text| rule(text, key));
        let Some(rule) = found else {
            return if self.is_shared {
                Says::Unknown
            } else {
                Says::Nothing
            };
        };
        let changes = [
            "transform(",
            "preprocess(",
            ".catch(",
            ".pipe(",
            "coerce.boolean(",
        ];
        if changes.iter().any(|change| rule.contains(change)) {
            return Says::Computed;
        }
        let Some((_, rest)) = rule.rsplit_once(".default") else {
            return Says::Nothing;
        };
        match enclosed(rest.trim_start()).map(str::trim) {
            Some("true") => Says::Default(Value::Bool(true)),
            Some("false") => Says::Default(Value::Bool(false)),
            Some(text) if text.parse::<f64>().is_ok() => {
                Says::Default(Value::Number(text.to_owned()))
            }
            text => match text.and_then(literal) {
                Some(text) => Says::Default(Value::String(text.to_owned())),
                None => Says::Unknown,
            },
        }
    }
}

/// What an object of a schema gives a key.
fn rule<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.match_indices(key).find_map(|(at, _)| {
        let is_part = text.slice(..at).ends_with(is_word);
        let after = text.slice(at + key.len()..);
        let after = after.trim_start_matches(['\'', '"']).trim_start();
        let rest = after.strip_prefix(':').filter(|_| !is_part)?;
        let ends = |(_, c, depth): &(usize, char, usize)| match c {
            ',' => *depth == 0,
            // What closes here was opened before.
            ')' | ']' | '}' => *depth == 0,
            _ => false,
        };
        let end = places(rest).find(ends);
        Some(rest.slice(..end.map_or(rest.len(), |(at, _, _)| at)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules() {
        let text = "schema: z.object({ draft: z.boolean().default(false), ready: z.boolean(), \
                    n: z.string().default(f(x)), kind: z.enum(['a', 'b']).default('a'), \
                    t: z.string().transform((x) => x) })";
        let schema = Schema::read(text, text);
        let check = |key: &str, expected: Says| assert_eq!(schema.says(key), expected, "{key}");
        check("draft", Says::Default(Value::Bool(false)));
        check("ready", Says::Nothing);
        check("n", Says::Unknown);
        check("kind", Says::Default(Value::String("a".into())));
        check("t", Says::Computed);
        check("none", Says::Nothing);
        let shared = Schema::read("schema: base", "import { base } from './base';");
        assert_eq!(shared.says("none"), Says::Unknown);
    }
}
