//! Posts whose front matter can be mended, and their new texts.

use std::path::PathBuf;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::fix::{self, Mending};
use crate::lint::Spellings;
use crate::publish::{self, Turn};
use crate::source;

use super::Progress;
use super::load::{self, Loaded};

/// A file as it is and as it could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Relative to the site's folder.
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
pub fn rewrite(config: &Config, mended: &[Mended], waiting: &dyn Fn()) -> Result<(), Error> {
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
pub fn mend(
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<Mended>, Error> {
    // What is wrong beside that is for whoever looks at the site.
    let mut said = Diagnostics::new();
    let (state, Loaded { posts, .. }) = load::under_lock(config, &mut said, progress)?;
    let promised = |path: &_, body| state.promised(path, body);
    let mending = Mending {
        config,
        spellings: &Spellings::of(&posts, config),
        promised: &promised,
    };
    let mended: Vec<(Option<Mended>, Diagnostics)> = posts
        .par_iter()
        .map(|post| {
            let mut diags = Diagnostics::new();
            let source = source::read(&config.root, &post.path, &mut Diagnostics::new())?;
            progress("mending", 1, posts.len());
            let mended = source.and_then(|source| {
                let after = fix::mend(&source, post, &mending, &mut diags)?;
                Some(Mended {
                    path: source.path,
                    before: source.text,
                    after,
                })
            });
            Ok((mended, diags))
        })
        .collect::<Result<_, Error>>()?;
    let (mended, left): (Vec<Option<Mended>>, Vec<Diagnostics>) = mended.into_iter().unzip();
    left.into_iter().for_each(|left| diags.append(left));
    Ok(mended.into_iter().flatten().collect())
}
