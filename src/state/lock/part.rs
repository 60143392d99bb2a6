//! A lock read in part: the lines of some posts and feeds, within a text whose other lines stay as
//! they are.

use std::collections::HashMap;
use std::ops::Range;

use feedwright_base::error::Error;
use feedwright_base::slice::Slice;
use feedwright_site::config::Config;
use memchr::memmem;
use rayon::prelude::*;

use super::lines::{Line, feed_line, line_of, one_header, post_line};
use super::{Lock, LockText, read_text};

/// The text of a lock, and where its lines are that were read.
pub(crate) struct LockPart {
    text: String,
    /// By the id of a post.
    posts: HashMap<String, Range<usize>>,
    /// By the key of a feed.
    feeds: HashMap<String, Range<usize>>,
}

impl LockPart {
    /// Reads what the lock of a site says of these files and feeds; what it does not say is missing
    /// from the result. It is for a lock that was read as a whole before: whether the file is right
    /// is not looked at. `None` where what it says takes more than these lines to know.
    ///
    /// # Errors
    ///
    /// A file that cannot be read.
    pub(crate) fn read(
        config: &Config,
        paths: &[String],
        keys: &[&str],
    ) -> Result<Option<(Lock, LockPart)>, Error> {
        let Some(text) = read_text(config)? else {
            return Ok(None);
        };
        let Some(header) = text.lines().next() else {
            return Ok(None);
        };
        let Ok(header) = one_header(1, header, None) else {
            return Ok(None);
        };
        let mut lock = Lock {
            base: header.base,
            zone: header.zone,
            ..Lock::default()
        };
        // Quotes within values are escaped, so this is nothing else than the path of a post.
        let of_paths = paths.par_iter();
        let of_paths = of_paths.map(|path| format!(",\"path\":{},", quoted(path)));
        let of_keys = keys
            .par_iter()
            .map(|key| format!("{{\"feed\":{},", quoted(key)));
        let found: Vec<Vec<Found<'_>>> = of_paths
            .chain(of_keys)
            .map(|needle| lines_with(&text, &needle))
            .collect();
        let (mut posts, mut feeds) = (HashMap::new(), HashMap::new());
        for (range, line) in found.into_iter().flatten() {
            match line_of(0, line) {
                // Another post may have stood there once.
                Ok(Line::Post(record)) if record.gone => {}
                Ok(Line::Post(record)) => {
                    let before = posts.insert(record.id.clone(), range);
                    if before.is_some() || record.pending || record.scheduled.is_some() {
                        return Ok(None);
                    }
                    lock.posts.insert(record.id.clone(), *record);
                }
                Ok(Line::Feed(record)) => {
                    if feeds.insert(record.key.clone(), range).is_some() {
                        return Ok(None);
                    }
                    lock.feeds.insert(record.key.clone(), record);
                }
                _ => return Ok(None),
            }
        }
        let part = LockPart { text, posts, feeds };
        Ok(Some((lock, part)))
    }

    /// The text with these lines in place of those that were read.
    pub(in crate::state) fn text_with(&self, next: &Lock) -> LockText<'_> {
        let posts = next.posts.iter().filter_map(|(id, record)| {
            let range = self.posts.get(id)?;
            Some((range, post_line(record)))
        });
        let feeds = next.feeds.iter().filter_map(|(key, record)| {
            let range = self.feeds.get(key)?;
            Some((range, feed_line(record)))
        });
        let mut lines: Vec<(&Range<usize>, String)> = posts.chain(feeds).collect();
        lines.sort_by_key(|(range, _)| range.start);
        let mut text = LockText::default();
        let mut done = 0;
        for (range, line) in lines {
            text.push_many(self.text.slice(done..range.start));
            text.push(line);
            done = range.end;
        }
        text.push_many(self.text.slice(done..));
        text
    }
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A line, and where it is, with its end.
type Found<'a> = (Range<usize>, &'a str);

/// The lines that contain a text.
fn lines_with<'a>(text: &'a str, needle: &str) -> Vec<Found<'a>> {
    memmem::find_iter(text.as_bytes(), needle)
        .map(|at| {
            let start = text.slice(..at).rfind('\n').map_or(0, |end| end + 1);
            let end = text
                .slice(at..)
                .find('\n')
                .map_or(text.len(), |end| at + end + 1);
            (start..end, text.slice(start..end).trim_end())
        })
        .collect()
}
