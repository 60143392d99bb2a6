//! Posts whose front matter can be mended, and their new texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_site::config::Config;
use feedwright_site::lint::Spellings;
use feedwright_site::source;
use rayon::prelude::*;

use crate::fix::{self, Mending};
use crate::publish::{self, Turn};

use crate::load::{self, Loaded};
use crate::run::Progress;

/// A file as it is and as it could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The file itself, relative to the site's folder: not a link to it.
    pub path: PathBuf,
    /// Its text now.
    pub before: String,
    /// Its text with the front matter mended; the body is the same.
    pub after: String,
}

/// Writes them. Each file is the old one or the new one at any moment, and what an earlier run left
/// among the posts when it was killed goes.
///
/// # Errors
///
/// A file that cannot be written, or is not what it was; those before it are written.
pub fn write_fixes(config: &Config, mended: &[Fixed], waiting: &dyn Fn()) -> Result<(), Error> {
    let root = config.root.path();
    // Who builds takes what lies half done among the posts for a leftover.
    let _turn = Turn::take(&[root], waiting)?;
    publish::remove_leftovers(&config.root.leftovers())?;
    for file in mended {
        publish::rewrite(root, &file.path, &file.before, &file.after)?;
    }
    Ok(())
}

/// Makes new texts for the files whose front matter can be mended: dates that leave something
/// open, tags in several spellings, ids that are not named. What cannot be mended, though it
/// should be, is a warning. Nothing is written.
///
/// # Errors
///
/// A folder or file that cannot be read, and a lock that cannot be.
pub fn fix(
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<Fixed>, Error> {
    // What is wrong beside that is for whoever looks at the site.
    let mut said = Diagnostics::new();
    let (state, Loaded { mut posts, .. }) = load::under_lock(config, &mut said, progress)?;
    // A record is mended where it comes from.
    let records = config.root.records();
    posts.retain(|post| !records.has(&post.path));
    let promised = |path: &_| state.promised(path);
    let mending = Mending {
        config,
        spellings: &Spellings::of(&posts, config),
        promised: &promised,
    };
    let shown = config.root.path();
    let failed = |path: &Path, error| Error::io("read", path, error);
    let root = shown.canonicalize().map_err(|error| failed(shown, error))?;
    let looked: Vec<(Look, Diagnostics)> = posts
        .par_iter()
        .map(|post| {
            let mut diags = Diagnostics::new();
            let source = source::read(&config.root, &post.path, &mut Diagnostics::new())?;
            progress("fixing", 1, posts.len());
            let real = root.join(&post.path).canonicalize();
            let real = real.map_err(|error| failed(&post.path, error))?;
            let texts = source.and_then(|source| {
                let after = fix::mend(&source, post, &mending, &mut diags)?;
                Some((source.text, after))
            });
            let look = Look {
                path: post.path.clone(),
                real,
                texts,
            };
            Ok((look, diags))
        })
        .collect::<Result<_, Error>>()?;
    let (looks, left): (Vec<Look>, Vec<Diagnostics>) = looked.into_iter().unzip();
    left.into_iter().for_each(|left| diags.append(left));
    Ok(files(looks, &root, diags))
}

/// A post that was looked at.
struct Look {
    /// Where it was found, perhaps through a link.
    path: PathBuf,
    /// The file that it is.
    real: PathBuf,
    /// Its text, and what it is to be; `None` where there is nothing to do.
    texts: Option<(String, String)>,
}

/// The files that are to be written, each once.
///
/// Links may make several posts of one file. It is mended where all of them mean the same text; a
/// text that is right for one of them would change what the others say, such as their ids.
fn files(looks: Vec<Look>, root: &Path, diags: &mut Diagnostics) -> Vec<Fixed> {
    let mut files: BTreeMap<PathBuf, Vec<Look>> = BTreeMap::new();
    for look in looks {
        files.entry(look.real.clone()).or_default().push(look);
    }
    let mut mended = Vec::new();
    for (real, posts) in files {
        // What leads out of the site is no post, and nothing is written there.
        let Ok(path) = real.strip_prefix(root) else {
            continue;
        };
        let Some((first, others)) = posts.split_first() else {
            continue;
        };
        if let Some(other) = others.iter().find(|other| other.texts != first.texts) {
            diags.warning(
                "fix-left",
                Location::file(path),
                format!(
                    "the file is read as {} and as {}, and each of these posts would be mended in \
                     another way",
                    slashed(&first.path),
                    slashed(&other.path)
                ),
                "change it by hand, or put a copy in the place of the link",
            );
        } else if let Some((before, after)) = &first.texts {
            mended.push(Fixed {
                path: path.to_path_buf(),
                before: before.clone(),
                after: after.clone(),
            });
        }
    }
    mended
}
