//! Mending front matters: one value is changed in the text, and nothing else.
//!
//! Each edit is tried on a copy. It counts when the post that the result says is the one that was
//! meant, to the last field, the other keys say what they said, and the body has the same bytes;
//! else the file is left as it is, with a warning. So an edit may be simple: what it does not
//! know how to write, it does not write.

mod dates;
mod ids;
mod tags;

use std::path::Path;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;
use feedwright_site::config::Config;
use feedwright_site::dialect::Metadata;
use feedwright_site::front_matter::{Format, FrontMatter, Word};
use feedwright_site::lint::Spellings;
use feedwright_site::load::{decode, load as load_post};
use feedwright_site::post::{Fingerprint, Post};
use feedwright_site::source::Source;

/// When a post was published that says so no more, by its path and body.
pub(crate) type Promised<'a> = &'a (dyn Fn(&Path) -> Option<Timestamp> + Sync);

/// What mending needs to know beside the post.
pub(crate) struct Mending<'a> {
    pub(crate) config: &'a Config,
    pub(crate) spellings: &'a Spellings,
    pub(crate) promised: Promised<'a>,
}

/// A text that could take the place of another one, and what it is meant to say.
struct Edit {
    /// The key whose value it changes.
    key: String,
    /// Ways to write it, the best first.
    texts: Vec<String>,
    /// The post as it is to be read.
    meant: Post,
    /// What is said when none of them is read so; `None` where something else is tried then.
    left: Option<String>,
}

/// Something that can be mended: what of it is to be, in a file.
type Step<'a> = &'a dyn Fn(&File) -> Vec<Edit>;

/// A file with all that it says.
struct File {
    source: Source,
    front_matter: FrontMatter,
    metadata: Metadata,
    /// The post, under the id that its file alone gives it.
    post: Post,
    /// The codes of what is wrong with it, sorted.
    codes: Vec<&'static str>,
}

impl File {
    fn read(source: Source, mending: &Mending<'_>) -> Option<File> {
        let mut diags = Diagnostics::new();
        let post = load_post(&source, mending.config, mending.promised, &mut diags)?;
        let (front_matter, metadata) = decode(&source, mending.config, &mut Diagnostics::new())?;
        let mut codes: Vec<&'static str> = diags.iter().map(|found| found.code).collect();
        codes.sort_unstable();
        Some(File {
            source,
            front_matter,
            metadata,
            post,
            codes,
        })
    }

    fn body(&self) -> &str {
        self.source.text.slice(self.front_matter.body_start..)
    }

    /// The text with some of it replaced; `parts` are in order and do not overlap.
    fn with(&self, parts: &[(std::ops::Range<usize>, String)]) -> String {
        let text = &self.source.text;
        let mut new = String::with_capacity(text.len() + 64);
        let mut done = 0;
        for (range, part) in parts {
            new.push_str(text.slice(done..range.start));
            new.push_str(part);
            done = range.end;
        }
        new.push_str(text.slice(done..));
        new
    }

    /// Whether this is what an edit of another file meant, and nothing else changed.
    fn is(&self, edit: &Edit, before: &File) -> bool {
        let others = |file: &File| {
            let fields = file.front_matter.fields.iter();
            let others = fields.filter(|field| field.key != edit.key);
            let others = others.map(|field| (field.key.clone(), field.value.clone()));
            others.collect::<Vec<_>>()
        };
        self.body() == before.body()
            && others(self) == others(before)
            && bare(&self.post) == bare(&edit.meant)
            && is_part(&self.codes, &before.codes)
    }
}

/// A post without what may differ: where its body begins, and hashes.
fn bare(post: &Post) -> (Post, [String; 2]) {
    let post = Post {
        body: (0, 0),
        fingerprint: Fingerprint::default(),
        ..post.clone()
    };
    // Moments are equal whatever their offsets are; readers see the offset.
    let dates = [post.published, post.updated].map(Timestamp::to_rfc3339);
    (post, dates)
}

/// Whether a sorted list has nothing that another one does not have as often.
fn is_part(part: &[&str], whole: &[&str]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|code| whole.any(|other| other == code))
}

/// A post's text with everything mended that can be; `None` where there is nothing to do. `post` is
/// the post under its present id.
pub(crate) fn mend(
    source: &Source,
    post: &Post,
    mending: &Mending<'_>,
    diags: &mut Diagnostics,
) -> Option<String> {
    let mut file = File::read(source.clone(), mending)?;
    let steps: [Step<'_>; 4] = [
        &|file| dates::edits(file, mending),
        &|file| tags::all(file, mending),
        &|file| tags::each(file, mending),
        &|file| ids::edits(file, post, mending),
    ];
    for step in steps {
        // An edit moves what stands behind it, so the next one is made of the new text.
        let mut left = 0;
        while let Some(edit) = step(&file).into_iter().nth(left) {
            if let Some(mended) = tried(&edit, &file, mending) {
                file = mended;
                continue;
            }
            left += 1;
            if let Some(what) = edit.left {
                let place = Location::file(&source.path);
                diags.warning("fix-left", place, what, "change it by hand");
            }
        }
    }
    (file.source.text != source.text).then_some(file.source.text)
}

/// The first way to write an edit that is read as it is meant.
fn tried(edit: &Edit, before: &File, mending: &Mending<'_>) -> Option<File> {
    edit.texts.iter().find_map(|text| {
        let source = Source {
            path: before.source.path.clone(),
            text: text.clone(),
        };
        File::read(source, mending).filter(|file| file.is(edit, before))
    })
}

/// A text as it stands inside of a word's quotes.
fn escaped(text: &str, word: &Word, format: Format) -> String {
    match word.quote {
        Some('"') => {
            let quoted = quoted(text);
            quoted.slice(1..quoted.len() - 1).to_owned()
        }
        Some(_) if format == Format::Yaml => text.replace('\'', "''"),
        _ => text.to_owned(),
    }
}

/// A text in double quotes, as YAML, TOML and JSON all read it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
