//! How many feeds a site may have: sites tag freely, and each feed is a file for each format.

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::text::plural;
use feedwright_site::config::{Config, Written};

use super::Selection;

/// How many feeds of tags, authors and the like are made where nobody said. The largest of the
/// sites surveyed has some 15,000; a server's folder, and a run's memory, bear that.
const MOST: usize = 20_000;

/// From how many on a run says that they are many, where nobody said how many there may be.
const MANY: usize = 5_000;

/// How many feeds that are not made are named.
const NAMED: usize = 5;

/// A feed of a member of a taxonomy.
pub(super) struct Member {
    pub(super) selection: Selection,
    /// How many posts it could take.
    pub(super) posts: usize,
    /// Whether it is published already.
    pub(super) is_known: bool,
}

/// The feeds that are made, in the order that they came in: those that are published already,
/// and of all others those of most posts, and of as many posts by their keys.
pub(super) fn bound(
    members: Vec<Member>,
    config: &Config,
    diags: &mut Diagnostics,
) -> Vec<Selection> {
    let feeds = &config.feeds;
    let most = feeds.max_feeds.unwrap_or(MOST);
    let all = members.len();
    let mut is_made = vec![true; all];
    if all > most {
        let out = left_out(&members, most);
        for &at in &out {
            is_made[at] = false;
        }
        name_left_out(&members, &out, most, &config.written, diags);
    }
    let made = is_made.iter().filter(|is_made| **is_made).count();
    if made > MANY && feeds.max_feeds.is_none() {
        diags.warning(
            "feeds-many",
            config.written.place("feeds.taxonomies"),
            format!(
                "{} of tags, authors and the like are made, each in {}",
                plural(made, "feed"),
                plural(feeds.formats.len(), "format")
            ),
            "set `feeds.min_posts: 2` to leave out what few posts have, or `feeds.max_feeds` to say \
             how many there may be",
        );
    }
    members
        .into_iter()
        .zip(is_made)
        .filter_map(|(member, is_made)| is_made.then_some(member.selection))
        .collect()
}

/// The feeds beyond so many that are not published already, by their ranks.
fn left_out(members: &[Member], most: usize) -> Vec<usize> {
    let mut ranks: Vec<usize> = (0..members.len()).collect();
    ranks.sort_by(|&a, &b| {
        let rank = |at: usize| {
            let member = &members[at];
            (!member.is_known, usize::MAX - member.posts)
        };
        let key = |at: usize| &members[at].selection.key;
        rank(a).cmp(&rank(b)).then_with(|| key(a).cmp(key(b)))
    });
    let out = ranks.into_iter().skip(most);
    out.filter(|&at| !members[at].is_known).collect()
}

/// Says which feeds are left out.
fn name_left_out(
    members: &[Member],
    out: &[usize],
    most: usize,
    written: &Written,
    diags: &mut Diagnostics,
) {
    let mut names: Vec<&str> = out
        .iter()
        .filter_map(|&at| members[at].selection.name.as_deref())
        .take(NAMED)
        .collect();
    let count = out.len();
    if count > names.len() {
        names.push("…");
    }
    if count > 0 {
        diags.warning(
            "feeds-dropped",
            written.place("feeds.max_feeds"),
            format!(
                "{} of tags, authors and the like would be made, which is more than {most}: \
                 those of fewest posts are left out, {count} in all ({})",
                plural(members.len(), "feed"),
                names.join(", ")
            ),
            "set `feeds.min_posts: 2` or `feeds.include` to choose, or raise `feeds.max_feeds`",
        );
    }
}
