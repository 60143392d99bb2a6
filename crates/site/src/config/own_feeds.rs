//! Compares the feeds of the site with those that its generator makes by itself.

use feedwright_base::diagnostic::Location;

use crate::settings::OwnFeed;

use super::FormatPaths;
use super::check::Check;

impl Check<'_> {
    /// Warns of feeds of the generator that are written to the place of ours.
    pub(super) fn own_feeds(&mut self, own: &[OwnFeed], formats: &[FormatPaths], file: &str) {
        let is_ours = |feed: &&OwnFeed| formats.iter().any(|format| format.site == feed.path);
        for feed in own.iter().filter(is_ours).filter(|feed| !feed.yields) {
            self.diags.warning(
                "feed-contested",
                Location::file(file),
                format!(
                    "{} makes {} too, so that subscribers get the feed that is written last",
                    feed.maker, feed.path
                ),
                feed.off_with_include(),
            );
        }
    }
}
