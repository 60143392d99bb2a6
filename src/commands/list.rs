//! `feedwright list`: the posts of a site.

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_site::config::Config;
use feedwright_site::post::Post;

use crate::load::under_lock;
use crate::run::Progress;

/// Finds, reads and normalizes all posts of a site, drafts and future ones included, under the ids
/// that its lock promises.
///
/// # Errors
///
/// A folder or file that cannot be read.
pub fn list(
    config: &Config,
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<Post>, Error> {
    Ok(under_lock(config, diags, progress)?.1.posts)
}
