//! Feeds that are no larger than their readers can take.

use std::collections::HashMap;
use std::sync::Arc;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_feed::emit;
use feedwright_feed::{Entry, Extent, Feed, Format, Place};
use feedwright_site::config::Written;
use rayon::prelude::*;

use crate::state::FeedRecord;

use super::archives::numbered_url;
use super::lost::ended;
use super::serialize::{Kept, each_once, place_of};

/// A number of archive pages with as many digits as any has.
const MOST_PAGES: usize = 999_999;

/// What stands between two entries, at most.
const BETWEEN: usize = 6;

/// How many bytes an entry has in each format, whole and with its summary only.
#[derive(Clone, Copy)]
struct Sizes {
    whole: [usize; 3],
    short: [usize; 3],
}

impl Sizes {
    fn of(entry: &Entry) -> Self {
        let short = shortened(entry);
        Sizes {
            whole: Format::ALL.map(|format| emit::entry(format, entry).len()),
            short: Format::ALL.map(|format| emit::entry(format, &short).len()),
        }
    }
}

fn shortened(entry: &Entry) -> Entry {
    Entry {
        content: None,
        ..entry.clone()
    }
}

/// What is made of a feed: so many of its entries stay, and so many of these are whole.
struct Cut {
    stay: usize,
    whole: usize,
    /// Whether even that is too large.
    is_over: bool,
}

/// From how many bytes on all feeds together are said to be large, where nobody set a bound: a
/// site's whole folder is seldom larger, and it is uploaded anew.
pub(crate) const HEAVY: usize = 512 << 20;

/// Says that all feeds together are large, which is told by the contents of their entries.
pub(crate) fn weigh(feeds: &[Feed], most: usize, written: &Written, diags: &mut Diagnostics) {
    let of_entry = |entry: &Arc<Entry>| {
        let content = entry.content.as_ref().map_or(0, |html| html.as_str().len());
        content + entry.summary.as_ref().map_or(0, String::len)
    };
    let of_feed = |feed: &Feed| -> usize {
        feed.places.len() * feed.entries.iter().map(of_entry).sum::<usize>()
    };
    let bytes: usize = feeds.par_iter().map(of_feed).sum();
    if bytes <= most {
        return;
    }
    let files: usize = feeds.iter().map(|feed| feed.places.len()).sum();
    diags.warning(
        "feeds-heavy",
        written.place("feeds.content"),
        format!(
            "the feeds have more than {} MB in {files} files",
            bytes / 1_000_000
        ),
        "set `feeds.min_posts: 2` to leave out the tags that few posts have, `feeds.content: \
         summary` or `feeds.max_bytes`",
    );
}

/// Takes as much from feeds as makes each of their files fit: contents first, then entries, the
/// oldest first. One entry stays in any case. All formats of a feed are cut alike, and what is left
/// out does not come up again when there is room: the last entry that stays is where the feed
/// ended.
pub(crate) fn bound(
    feeds: &mut [Feed],
    records: &mut [FeedRecord],
    kept: &Kept,
    most: usize,
    has_archive: bool,
    written: &Written,
    diags: &mut Diagnostics,
) {
    let sizes: HashMap<usize, Sizes> = each_once(feeds)
        .into_par_iter()
        .map(|(entry, _)| (place_of(entry), Sizes::of(entry)))
        .collect();
    let mut short: HashMap<usize, Arc<Entry>> = HashMap::new();
    for (feed, record) in feeds.iter_mut().zip(records) {
        let cut = cut(feed, &sizes, kept, most, has_archive);
        let count = feed.entries.len();
        if cut.whole == count && !cut.is_over {
            continue;
        }
        diags.warning(
            "feed-bytes",
            written.place("feeds.max_bytes"),
            message(feed, &cut, most),
            "raise `feeds.max_bytes`, lower `feeds.limit`, or set `feeds.content: summary`",
        );
        feed.entries.truncate(cut.stay);
        feed.older += count - feed.entries.len();
        for entry in &mut feed.entries[cut.whole..] {
            let made = short.entry(place_of(entry));
            *entry = Arc::clone(made.or_insert_with(|| Arc::new(shortened(entry))));
        }
        ended(feed, record, cut.stay < count);
    }
}

/// How much of a feed stays, so that each of its files fits. What is cut again comes to the same: as
/// many of the newest entries stay as fit whole or with their summaries only, and of these as many
/// are whole as then fit.
fn cut(
    feed: &Feed,
    sizes: &HashMap<usize, Sizes>,
    kept: &Kept,
    most: usize,
    has_archive: bool,
) -> Cut {
    let count = feed.entries.len();
    let files: Vec<Running> = feed
        .places
        .iter()
        .map(|place| {
            let mut running = Running {
                short: vec![head(feed, place, has_archive)],
                whole: vec![0],
            };
            for entry in &feed.entries {
                let short = size(entry, place, sizes, kept, false);
                let whole = size(entry, place, sizes, kept, true);
                running.add(short, whole);
            }
            running
        })
        .collect();
    let fits = |stay: usize, whole: usize| files.iter().all(|file| file.has(stay, whole) <= most);
    let stay = (1..=count)
        .rev()
        .find(|&stay| fits(stay, 0) || fits(stay, stay));
    let is_over = stay.is_none();
    let stay = stay.unwrap_or(count.min(1));
    let whole = (0..=stay).rev().find(|&whole| fits(stay, whole));
    Cut {
        stay,
        whole: whole.unwrap_or(0),
        is_over,
    }
}

/// The bytes of a file with each number of entries.
struct Running {
    /// With so many entries, all of them short.
    short: Vec<usize>,
    /// What so many of them have more when they are whole, which can be less than nothing: JSON has
    /// the summary of an entry without content twice.
    whole: Vec<i64>,
}

impl Running {
    fn add(&mut self, short: usize, whole: usize) {
        let before = self.short.last().copied().unwrap_or(0);
        self.short.push(before + short);
        let before = self.whole.last().copied().unwrap_or(0);
        let more = i64::try_from(whole).unwrap_or(i64::MAX) - i64::try_from(short).unwrap_or(0);
        self.whole.push(before.saturating_add(more));
    }

    /// The bytes with so many entries, of which so many are whole.
    fn has(&self, stay: usize, whole: usize) -> usize {
        let short = self.short.get(stay).copied().unwrap_or(0);
        let more = self.whole.get(whole).copied().unwrap_or(0);
        short.saturating_add_signed(isize::try_from(more).unwrap_or(isize::MAX))
    }
}

/// The bytes of a file without its entries, with all that archives may add to it.
fn head(feed: &Feed, place: &Place, has_archive: bool) -> usize {
    let length = |feed: &Feed, place: &Place| emit::document(place.format, feed, place, &[]).len();
    if !has_archive {
        return length(feed, place);
    }
    let complete = Feed {
        entries: Vec::new(),
        extent: Extent::Complete,
        ..feed.clone()
    };
    let mut linked = place.clone();
    linked.neighbours.previous = Some(numbered_url(&place.url, MOST_PAGES));
    length(&complete, place).max(length(feed, &linked))
}

/// The bytes of an entry in a file. Those that are kept as they were published cannot be cut.
fn size(
    entry: &Arc<Entry>,
    place: &Place,
    sizes: &HashMap<usize, Sizes>,
    kept: &Kept,
    is_whole: bool,
) -> usize {
    if let Some(files) = kept.get(&entry.id) {
        return files
            .get(&place.path)
            .map_or(0, |bytes| bytes.len() + BETWEEN);
    }
    let at = place.format as usize;
    sizes.get(&place_of(entry)).map_or(0, |sizes| {
        BETWEEN
            + if is_whole {
                sizes.whole[at]
            } else {
                sizes.short[at]
            }
    })
}

fn message(feed: &Feed, cut: &Cut, most: usize) -> String {
    let count = feed.entries.len();
    let short = cut.stay - cut.whole;
    let mut what = Vec::new();
    match short {
        0 => {}
        1 => what.push(format!("1 of its {count} entries carries its summary only")),
        _ => what.push(format!(
            "{short} of its {count} entries carry their summaries only"
        )),
    }
    match count - cut.stay {
        0 => {}
        1 => what.push("1 of them is left out".to_owned()),
        left => what.push(format!("{left} of them are left out")),
    }
    if cut.is_over {
        what.push("it is still larger".to_owned());
    }
    format!(
        "the feed “{}” has more than the {most} bytes of `feeds.max_bytes`: {}",
        feed.title,
        what.join(", and ")
    )
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use url::Url;

    use super::*;
    use crate::Timestamp;
    use feedwright_feed::Neighbours;

    /// A feed of entries with summaries of so many bytes, in all formats.
    fn feed(summaries: &[usize]) -> Feed {
        let now = Timestamp::from_epoch(1_700_000_000).expect("a time");
        let url = Url::parse("https://example.gov/").expect("a URL");
        let entry = |bytes: &usize| Entry {
            summary: Some("x".repeat(*bytes)),
            ..Entry::new(url.clone(), "A", now)
        };
        Feed {
            key: "site".to_owned(),
            updated: now,
            entries: summaries
                .iter()
                .map(|bytes| Arc::new(entry(bytes)))
                .collect(),
            places: Format::ALL
                .map(|format| Place {
                    format,
                    path: PathBuf::from("feed"),
                    url: url.clone(),
                    neighbours: Neighbours::default(),
                })
                .to_vec(),
            ..Feed::new(url.clone(), "A", "A")
        }
    }

    #[test]
    fn of_one_entry_it_is_said_in_the_singular() {
        let said = |stay, whole| {
            let cut = Cut {
                stay,
                whole,
                is_over: false,
            };
            message(&feed(&[1, 1, 1, 1]), &cut, 9)
        };
        assert!(said(4, 3).ends_with(": 1 of its 4 entries carries its summary only"));
        assert!(said(3, 1).ends_with(
            ": 2 of its 4 entries carry their summaries only, and 1 of them is left out"
        ));
    }

    #[test]
    fn feeds_that_are_large_together_are_said_to_be() {
        let feeds = [feed(&[300_000, 100_000]), feed(&[600_000])];
        let said = |most: usize| {
            let mut diags = Diagnostics::new();
            weigh(&feeds, most, &Written::default(), &mut diags);
            let mut all = diags.iter();
            let first = all.next().map(|found| (found.code, found.message.clone()));
            assert!(all.next().is_none());
            first
        };
        // Each entry stands in three formats.
        assert_eq!(said(3_000_000), None);
        let (code, message) = said(2_999_999).expect("a warning");
        assert_eq!(code, "feeds-heavy");
        assert_eq!(message, "the feeds have more than 3 MB in 6 files");
    }
}
