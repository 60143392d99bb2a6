//! Exports of WordPress, which call themselves WXR: RSS with everything that a site has.
//!
//! They are read twice: what pictures are called stands anywhere. Only posts are taken, and what is
//! not public stays a draft.

mod paragraphs;
mod read;
mod shortcodes;

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::Path;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_feed::read::items::{Author, File, Item};

use crate::records::path_of;
use crate::settings::SiteDefaults;

use super::spool::Spool;

use self::read::{Piece, Posted, pieces};

pub(super) use self::read::Failure;

/// Puts all posts of an export into records, whose paths begin with a name, and returns what it
/// says of the site.
pub(super) fn items(
    file: &Path,
    name: &Path,
    spool: &mut Spool,
    diags: &mut Diagnostics,
) -> Result<SiteDefaults, Failure> {
    let mut site = Site::default();
    pieces(file, &mut |piece| {
        site.add(piece);
        Ok(())
    })?;
    pieces(file, &mut |piece| match piece {
        Piece::Item(posted) if posted.kind == "post" && posted.status != "auto-draft" => {
            site.post(*posted, name, spool, diags)
        }
        _ => Ok(()),
    })?;
    Ok(site.defaults)
}

/// What all posts of an export have in common.
#[derive(Default)]
struct Site {
    defaults: SiteDefaults,
    /// Names that are shown, by login.
    authors: HashMap<String, String>,
    /// The addresses of files, by id.
    files: HashMap<String, String>,
}

impl Site {
    fn add(&mut self, piece: Piece) {
        match piece {
            Piece::Head(name, text) if !text.is_empty() => {
                let field = match name.as_str() {
                    "title" => &mut self.defaults.title,
                    "link" => &mut self.defaults.url,
                    "description" => &mut self.defaults.description,
                    "language" => &mut self.defaults.language,
                    _ => return,
                };
                *field = Some(text);
            }
            Piece::Author(login, name) if !name.is_empty() => {
                self.authors.insert(login, name);
            }
            Piece::Item(posted) if posted.kind == "attachment" => {
                self.files.insert(posted.id, posted.attachment);
            }
            Piece::Head(..) | Piece::Author(..) | Piece::Item(_) => {}
        }
    }

    /// Makes a record of a post.
    fn post(
        &self,
        posted: Posted,
        name: &Path,
        spool: &mut Spool,
        diags: &mut Diagnostics,
    ) -> io::Result<()> {
        let (published, modified) = (published(&posted), utc(&posted.modified_gmt));
        // What takes a password to read is not for everybody.
        let is_public = matches!(posted.status.as_str(), "publish" | "future");
        let draft = !is_public || !posted.password.is_empty();
        let id = filled(posted.guid).or_else(|| filled(posted.link.clone()));
        let (content, dropped) = shortcodes::resolve(&posted.content);
        if !draft && !dropped.is_empty() {
            report(&dropped, name, id.as_deref().unwrap_or_default(), diags);
        }
        let author = self.authors.get(&posted.creator);
        let author = filled(author.cloned().unwrap_or(posted.creator));
        let terms = |domain: &str| {
            let own = posted.terms.iter().filter(|(of, _)| of == domain);
            own.map(|(_, name)| name.clone()).collect()
        };
        let image = posted.thumbnail.and_then(|id| self.files.get(&id).cloned());
        spool.item(&Item {
            id,
            url: filled(posted.link),
            title: filled(posted.title),
            date_published: published,
            date_modified: modified,
            authors: author
                .map(|name| Author { name, url: None })
                .into_iter()
                .collect(),
            categories: terms("category"),
            tags: terms("post_tag"),
            image: image.and_then(filled),
            attachments: posted.enclosures.iter().filter_map(|e| file(e)).collect(),
            draft,
            summary: filled(posted.excerpt),
            content_html: filled(paragraphs::paragraphs(&content)),
            ..Item::default()
        })
    }
}

/// A text that says something.
fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}

/// When a post was published: in UTC, else by the clock of the site, else as its feed had it.
/// WordPress has zeros for dates that are not there.
fn published(posted: &Posted) -> Option<String> {
    let local = || filled(posted.date.clone()).filter(|date| !is_zero(date));
    let feed = || filled(posted.pub_date.clone()).filter(|date| !date.contains("-0001"));
    utc(&posted.date_gmt).or_else(local).or_else(feed)
}

/// A date of a database in UTC.
fn utc(date: &str) -> Option<String> {
    let is_there = !date.is_empty() && !is_zero(date);
    is_there.then(|| format!("{}Z", date.replacen(' ', "T", 1)))
}

fn is_zero(date: &str) -> bool {
    date.starts_with("0000-00-00")
}

/// A file as WordPress notes it: address, length and type, a line each.
fn file(enclosure: &str) -> Option<File> {
    let mut lines = enclosure.lines().map(|line| line.trim().to_owned());
    Some(File {
        url: lines.next().and_then(filled)?,
        size_in_bytes: lines.next().and_then(filled),
        mime_type: lines.next().and_then(filled),
        duration_in_seconds: None,
    })
}

/// Warns of shortcodes that are left out of a post.
fn report(dropped: &BTreeSet<String>, name: &Path, id: &str, diags: &mut Diagnostics) {
    let names: Vec<String> = dropped.iter().map(|name| format!("[{name}]")).collect();
    diags.warning(
        "template-dropped",
        Location::file(path_of(name, id)),
        format!(
            "shortcodes that only WordPress can run are left out: {}",
            names.join(" ")
        ),
        "check the entry",
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever brackets and tags a text has, it is taken apart at characters.
        #[test]
        fn any_text_becomes_paragraphs(
            text in "(\\[{1,2}/?|\\]{1,2}|</?|/?>|<!--|-->| wp:|caption|embed|gallery|[aé語]|=?\"|'| |\n{1,2}|<img|<pre|<p|<li|<hr){0,24}",
        ) {
            let (resolved, _) = shortcodes::resolve(&text);
            paragraphs::paragraphs(&resolved);
            paragraphs::paragraphs(&text);
        }
    }

    #[test]
    fn zeros_are_no_dates() {
        let zero = "0000-00-00 00:00:00";
        let posted = |gmt: &str, local: &str, feed: &str| Posted {
            date_gmt: gmt.to_owned(),
            date: local.to_owned(),
            pub_date: feed.to_owned(),
            ..Posted::default()
        };
        let date = |gmt: &str, local: &str, feed: &str| published(&posted(gmt, local, feed));
        let (day, feed) = ("2021-02-03 04:05:06", "Wed, 03 Feb 2021 04:05:06 +0000");
        assert_eq!(
            date(day, day, feed).as_deref(),
            Some("2021-02-03T04:05:06Z")
        );
        assert_eq!(date(zero, day, feed).as_deref(), Some(day));
        assert_eq!(date(zero, zero, feed).as_deref(), Some(feed));
        assert_eq!(date(zero, zero, "Mon, 30 Nov -0001 00:00:00 +0000"), None);
    }

    #[test]
    fn files_have_three_lines() {
        let found = file("https://example.gov/a.mp3\n123\naudio/mpeg\na:1:{}").expect("a file");
        assert_eq!(found.size_in_bytes.as_deref(), Some("123"));
        assert_eq!(found.mime_type.as_deref(), Some("audio/mpeg"));
        assert!(file(" \n").is_none());
    }
}
