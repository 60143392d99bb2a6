//! Checks the path patterns of feeds, and the places in the file system that they lead to.

use std::path::{Path, PathBuf};

use feedwright_base::permalink;
use feedwright_base::slice::Slice;

use crate::dialect::Dialect;

use super::check::{By, Check};
use super::{ENCLOSURES, FILE, FormatPaths, LOCK};

impl Check<'_> {
    /// Checks the patterns of all formats that are written.
    pub(super) fn paths(&mut self, formats: &[FormatPaths]) {
        let mut earlier: Vec<&str> = Vec::new();
        for format in formats {
            let name = format.format.as_str();
            self.pattern(&format.site, format!("feeds.paths.{name}"), &earlier);
            earlier.push(&format.site);
            self.pattern(
                &format.taxonomy,
                format!("feeds.taxonomy_paths.{name}"),
                &earlier,
            );
            earlier.push(&format.taxonomy);
        }
    }

    /// Checks one path pattern, by itself and against the earlier ones.
    pub(super) fn pattern(&mut self, pattern: &str, key: String, earlier: &[&str]) {
        let of_taxonomy = key.contains("taxonomy");
        let example = "write it as `/feeds/rss.xml`, or as `/feeds/:taxonomy/:slug/rss.xml`";
        let decoded = permalink::decode(pattern).unwrap_or_default();
        let sane = decoded.starts_with('/')
            && !decoded.ends_with('/')
            && !decoded.contains(['\\', '?', '#'])
            && !decoded.contains(char::is_control)
            && decoded
                .slice(1..)
                .split('/')
                .all(|part| !part.is_empty() && part != "." && part != "..");
        if !sane {
            self.error(
                "config-path",
                key,
                format!("`{pattern}` is not the path of a file on the site"),
                example,
            );
        } else if let Some(part) = decoded.split('/').find(|part| is_kept(part)) {
            self.error(
                "config-path",
                key,
                format!("no feed may be `{pattern}`: `{part}` is not what a web server publishes"),
                example,
            );
        } else if of_taxonomy && !pattern.contains(":slug") {
            self.error(
                "config-path",
                key,
                format!(
                    "the path `{pattern}` of tag feeds has no `:slug`, so all would be one file"
                ),
                example,
            );
        } else if let Some(other) = earlier.iter().find(|other| {
            pattern.starts_with(&format!("{other}/")) || other.starts_with(&format!("{pattern}/"))
        }) {
            self.error(
                "config-path",
                key,
                format!("the path `{pattern}` needs a folder where `{other}` is a file"),
                "give the files of one folder different names",
            );
        } else if earlier.contains(&pattern) {
            self.error(
                "config-path",
                key,
                format!("two formats have the same path `{pattern}`"),
                "give each format a path of its own",
            );
        }
    }

    /// Refuses feeds that lie in a folder of posts.
    pub(super) fn outside_content(
        &mut self,
        formats: &[FormatPaths],
        output: &Path,
        by: By<'_>,
        dialect: &dyn Dialect,
    ) {
        let patterns = formats
            .iter()
            .flat_map(|format| [&format.site, &format.taxonomy]);
        // Compare what the paths really are: the output folder may be given from elsewhere.
        let inner = |pattern: &String| {
            let target = real(&output.join(pattern.trim_start_matches('/')))?;
            let inner = target.strip_prefix(real(self.root.path())?).ok()?;
            dialect
                .holds_posts(inner)
                .then(|| permalink::slashed(inner))
        };
        if let Some(inner) = patterns.into_iter().find_map(inner) {
            self.error(
                "config-output",
                by,
                format!("the feed {inner} would lie inside the posts' own folder"),
                "set `feeds.output` to the folder that the web server publishes, outside of the posts",
            );
        }
    }
}

/// Whether a part of a path is reserved for programs, so that no feed may have it in its path: hidden
/// names such as `.git`, and feedwright's own files. Case is ignored, as some file systems do.
fn is_kept(part: &str) -> bool {
    let own = [FILE, LOCK, ENCLOSURES];
    let is_hidden = part.starts_with('.') && !part.eq_ignore_ascii_case(".well-known");
    // Windows takes such ends off.
    let bare = part.trim_end_matches([' ', '.']);
    is_hidden || own.iter().any(|own| own.eq_ignore_ascii_case(bare))
}

/// The path with its symbolic links resolved, as far as it exists.
pub(super) fn real(path: &Path) -> Option<PathBuf> {
    path.ancestors().find_map(|above| {
        let rest = path.strip_prefix(above).ok()?;
        let above = if above.as_os_str().is_empty() {
            Path::new(".")
        } else {
            above
        };
        // Joining nothing would add a slash.
        let real = above.canonicalize().ok()?;
        Some(real.join(rest).components().collect())
    })
}
