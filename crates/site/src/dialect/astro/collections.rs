//! The collections that the configuration of an Astro site's content defines.

use std::path::{Component, Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::folder::Folder;
use crate::source;

use super::POSTS;
use super::code::{constant, enclosed, is_word, literal, member, parts, string, without_comments};
use super::folders::Folders;
use super::schema::Schema;

/// How many definitions are looked at.
const MOST: usize = 200;

/// A set of entries.
pub(super) struct Collection {
    pub name: String,
    /// The folder that its entries' ids count from.
    pub base: PathBuf,
    /// Which files of the folder are its entries.
    pattern: Pattern,
    /// The file whose code gives its entries their ids, if any does.
    pub computes_ids: Option<String>,
    pub schema: Schema,
}

impl Collection {
    /// The folder of this name in the folder of all content.
    fn of_folder(name: &str, folders: &Folders, schema: Schema) -> Self {
        Collection {
            name: name.to_owned(),
            base: folders.content.join(name),
            pattern: Pattern {
                hides_underscores: true,
                ..Pattern::default()
            },
            computes_ids: None,
            schema,
        }
    }

    /// The path of an entry in the folder of the collection; `None` where the file is no entry.
    pub(super) fn inner<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        let inner = path.strip_prefix(&self.base).ok()?;
        self.pattern.takes(inner).then_some(inner)
    }
}

/// Which files of a folder a collection takes.
#[derive(Default)]
struct Pattern {
    /// All, where there is none.
    taken: Option<GlobSet>,
    left: GlobSet,
    /// Whether what begins with `_` is left out, as where no loader is named.
    hides_underscores: bool,
}

impl Pattern {
    fn takes(&self, inner: &Path) -> bool {
        let hidden = |part: Component<'_>| part.as_os_str().to_string_lossy().starts_with('_');
        let extension = inner.extension().unwrap_or_default();
        ["md", "mdx", "mdoc"]
            .iter()
            .any(|known| extension == *known)
            && self
                .taken
                .as_ref()
                .is_none_or(|taken| taken.is_match(inner))
            && !self.left.is_match(inner)
            && !(self.hides_underscores && inner.components().any(hidden))
    }

    /// The pattern of a loader; `None` where code makes it.
    fn read(text: &str, all: &str) -> Option<Pattern> {
        let text = constant(text, all);
        let list = match text.starts_with('[') {
            true => parts(enclosed(text)?),
            false => vec![text],
        };
        let (mut taken, mut left) = (GlobSetBuilder::new(), GlobSetBuilder::new());
        for item in list {
            let written = literal(item)?;
            let (set, written) = match written.strip_prefix('!') {
                Some(written) if !written.starts_with('(') => (&mut left, written),
                _ => (&mut taken, written),
            };
            // What only some programs understand is not guessed at.
            if ["!(", "?(", "+(", "@(", "*("]
                .iter()
                .any(|sign| written.contains(sign))
            {
                return None;
            }
            let written = written.trim_start_matches("./");
            set.add(
                GlobBuilder::new(written)
                    .literal_separator(true)
                    .build()
                    .ok()?,
            );
        }
        Some(Pattern {
            taken: Some(taken.build().ok()?),
            left: left.build().ok()?,
            hides_underscores: false,
        })
    }
}

/// The collections of a site: those that it defines, and the folders of its content that none of them
/// has.
pub(super) fn collections(
    root: &Folder,
    folders: &Folders,
    diags: &mut Diagnostics,
) -> Result<Vec<Collection>, Error> {
    let mut found = Vec::new();
    let mut known = Vec::new();
    for name in ["content.config", "content/config"] {
        for extension in ["ts", "js", "mjs", "mts"] {
            let file = slashed(&folders.source.join(format!("{name}.{extension}")));
            if let Some(text) = source::read_setting(root, &file)?
                && found.is_empty()
                && known.is_empty()
            {
                let text = without_comments(&text);
                for (name, definition) in definitions(&text) {
                    known.push(name.clone());
                    let config = Config {
                        file: &file,
                        text: &text,
                        folders,
                    };
                    found.extend(config.collection(&name, definition, diags));
                }
            }
        }
    }
    for name in root.names(&folders.content) {
        let folder = folders.content.join(&name);
        let name = name.to_string_lossy().into_owned();
        let is_new = !known.contains(&name)
            && !found
                .iter()
                .any(|known: &Collection| folder.starts_with(&known.base))
            && !name.starts_with(['_', '.'])
            && root.has_folder(&folder);
        if is_new {
            found.push(Collection::of_folder(&name, folders, Schema::default()));
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// The collections that are exported, each with what it is defined by.
fn definitions(text: &str) -> Vec<(String, &str)> {
    const CALL: &str = "defineCollection";
    let argument = |text: &'_ str| -> Option<usize> {
        let rest = text.trim_start().strip_prefix(CALL)?.trim_start();
        rest.starts_with('(').then(|| text.len() - rest.len())
    };
    let exported = text.split("collections").skip(1).find_map(|rest| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        enclosed(rest)
    });
    let exported = parts(exported.unwrap_or_default()).into_iter().take(MOST);
    exported
        .filter_map(|entry| {
            let (name, value) = entry.split_once(':').unwrap_or((entry, entry));
            let value = constant(value.trim(), text);
            let (_, call) = value.split_at_checked(argument(value)?)?;
            let name = name.trim().trim_matches(['\'', '"']);
            Some((name.to_owned(), enclosed(call)?.trim()))
        })
        .collect()
}

/// The file that defines collections.
struct Config<'a> {
    file: &'a str,
    text: &'a str,
    folders: &'a Folders,
}

impl Config<'_> {
    /// The collection of a definition; `None` where it has no files, or only code says which.
    fn collection(
        &self,
        name: &str,
        definition: &str,
        diags: &mut Diagnostics,
    ) -> Option<Collection> {
        let inside = enclosed(definition)?;
        let schema = Schema::read(inside, self.text);
        // The loader of Starlight reads the folder of the collection's name, too.
        let loader = member(inside, "loader").filter(|loader| !loader.starts_with("docsLoader"));
        let Some(loader) = loader else {
            return Some(Collection::of_folder(name, self.folders, schema));
        };
        let options = loader
            .strip_prefix("glob")
            .and_then(|rest| enclosed(rest.trim_start()))
            .and_then(|rest| enclosed(rest.trim()));
        let Some(options) = options else {
            if POSTS.contains(&name) && !loader.starts_with("file") {
                self.computed(name, "loader", diags);
            }
            return None;
        };
        let pattern = member(options, "pattern").unwrap_or_default();
        let holds_data = literal(pattern).is_some_and(|pattern| {
            !pattern.contains("md") && !pattern.ends_with('*') && !pattern.ends_with('}')
        });
        if holds_data {
            return None;
        }
        let Some(pattern) = Pattern::read(pattern, self.text) else {
            self.computed(name, "pattern", diags);
            return None;
        };
        let Some(base) = member(options, "base").map_or(Some(PathBuf::new()), |b| self.base(b))
        else {
            self.computed(name, "base", diags);
            return None;
        };
        let computes_ids = has_member(options, "generateId");
        Some(Collection {
            name: name.to_owned(),
            base,
            pattern,
            computes_ids: computes_ids.then(|| format!("`generateId` in {}", self.file)),
            schema,
        })
    }

    /// The folder that a collection is said to lie in, from the site's folder.
    fn base(&self, text: &str) -> Option<PathBuf> {
        let text = constant(text, self.text);
        let own = text.split_once("new URL").and_then(|(_, rest)| {
            let arguments = parts(enclosed(rest.trim_start())?);
            let is_own = arguments.get(1) == Some(&"import.meta.url");
            let base = constant(arguments.first().filter(|_| is_own)?, self.text);
            let folder = Path::new(self.file).parent()?;
            inside(&folder.join(string(base, self.text)?))
        });
        own.or_else(|| inside(Path::new(&string(text, self.text)?)))
    }

    fn computed(&self, name: &str, setting: &str, diags: &mut Diagnostics) {
        diags.warning(
            "setting-computed",
            Location::file(self.file),
            format!(
                "`{setting}` of the collection `{name}` is computed by code, which feedwright does \
                 not run, so no feed has its posts"
            ),
            "write it as a string, or name the folder in `content.folders` and set `content.permalink`",
        );
    }
}

/// Whether an object, whose inside the text is, has a member of this name, a method or not.
fn has_member(inside: &str, name: &str) -> bool {
    parts(inside).into_iter().any(|part| {
        let rest = part.trim_start_matches("async ").strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(is_word))
    })
}

/// A path without `.` and `..`; `None` where it leads out of the site.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => clean.push(name),
            Component::CurDir => {}
            Component::ParentDir if clean.pop() => {}
            _ => return None,
        }
    }
    Some(clean)
}
