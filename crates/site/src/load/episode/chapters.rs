//! Reads the chapters of an episode: a file of them, or a list in front matter.

use feedwright_base::permalink;
use feedwright_base::slice::Slice;
use feedwright_base::slug;
use feedwright_base::text::plain;
use feedwright_feed::podcast::{Chapter, Chapters};
use url::Url;

use crate::config::{CHAPTERS, Podcast};
use crate::front_matter::Value;
use crate::post::Post;

use super::super::normalize::Normalize;
use super::names::{Names, Said};

impl Normalize<'_> {
    /// The chapters of an episode, and the file that has them or will have them.
    pub(super) fn chapters(
        &mut self,
        names: &Names<'_>,
        podcast: &Podcast,
        post: &Post,
    ) -> Option<Chapters> {
        let said = names.any(&["chapters", "chaptersurl", "chaptersfile"])?;
        let text = said.value.as_filled_text();
        let text = text.or_else(|| said.value.named_text(&["url", "href", "src", "file"]));
        if let Some(text) = text {
            let is_file = text.contains(['.', '/']) && !text.contains(char::is_whitespace);
            let url = self.named(said, podcast, &text).filter(|_| is_file)?;
            return Some(Chapters {
                url,
                list: Vec::new(),
            });
        }
        let mut list: Vec<Chapter> = Vec::new();
        for (start, item) in items(said.value) {
            match self.chapter(start, item) {
                Some(chapter) => list.push(chapter),
                None => {
                    self.unread(
                        Said { value: item, ..said },
                        "is no chapter",
                        "write `- 00:01:30 Title`, or `start`, `title`, and if need be `url` and `image`",
                    );
                }
            }
        }
        list.sort_by_key(|chapter| chapter.start);
        let file = format!("{CHAPTERS}{}.json", file_name(post));
        let url = permalink::on_site(self.base(), &file).ok()?;
        (!list.is_empty()).then_some(Chapters { url, list })
    }

    /// One chapter; the time may stand apart from the rest.
    fn chapter(&self, start: Option<&str>, item: &Value) -> Option<Chapter> {
        let url = |names: &[&str]| self.file_url(&item.named_text(names)?).map(|(url, _)| url);
        let title_of = |text: &str| {
            let title =
                plain(text.trim_start_matches(|c: char| c.is_whitespace() || "-–—:|".contains(c)));
            Some(title).filter(|title| !title.is_empty())
        };
        let chapter = |start: &str, title: &str, url: Option<Url>, picture: Option<Url>| {
            Some(Chapter {
                start: thousandths(start)?,
                title: title_of(title)?,
                url,
                picture,
            })
        };
        match (start, item.as_filled_text()) {
            (Some(start), Some(title)) => chapter(start, &title, None, None),
            (None, Some(line)) => {
                let line = line.trim_start_matches(['(', '[']);
                let end = line.find(|c: char| !c.is_ascii_digit() && !":.".contains(c))?;
                let rest = line.slice(end..).trim_start_matches([')', ']']);
                chapter(line.slice(..end), rest, None, None)
            }
            (start, None) => {
                let keys = ["start", "starttime", "time", "timestamp", "begin"];
                let start = start
                    .map(str::to_owned)
                    .or_else(|| item.named_text(&keys))?;
                let title = item.named_text(&["title", "name", "text"])?;
                let picture = url(&["img", "image", "picture"]);
                chapter(&start, &title, url(&["url", "href", "link"]), picture)
            }
        }
    }
}

/// The items of a list of chapters; in a map, times are the keys.
fn items(value: &Value) -> Vec<(Option<&str>, &Value)> {
    let is_time = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let timed = |value| -> Vec<(Option<&str>, &Value)> {
        let entries = Value::entries(value).iter();
        entries
            .map(|(time, value)| (Some(&**time), value))
            .collect()
    };
    let is_timed = |value: &Value| {
        let entries = value.entries();
        !entries.is_empty() && entries.iter().all(|(key, _)| is_time(key))
    };
    if is_timed(value) {
        return timed(value);
    }
    let items = value.items().iter();
    items
        .flat_map(|item| match is_timed(item) {
            true => timed(item),
            false => vec![(None, item)],
        })
        .collect()
}

/// A time such as `1:02:03.500`, `02:03` or `123.5`, in thousandths of a second.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let mut seconds = 0_u64;
    for part in whole.split(':') {
        let part: u64 = part.parse().ok()?;
        seconds = seconds.checked_mul(60)?.checked_add(part)?;
    }
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    seconds.checked_mul(1000)?.checked_add(digits.parse().ok()?)
}

/// What the file of the chapters of a post is called: no two posts have one name.
fn file_name(post: &Post) -> String {
    let path = post.url.path().trim_end_matches('/');
    let path = path.strip_suffix(".html").unwrap_or(path);
    let name = path.rsplit('/').next().unwrap_or_default();
    let hash = blake3::hash(post.id.as_bytes()).to_hex();
    format!("{}-{}", slug::tag(name), hash.slice(..8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_write_them() {
        for (text, expected) in [
            ("0", 0),
            ("90", 90_000),
            ("90.5", 90_500),
            ("01:30", 90_000),
            ("1:01:30.050", 3_690_050),
            ("00:00:01.2345", 1_234),
        ] {
            assert_eq!(thousandths(text), Some(expected), "{text}");
        }
        for text in ["", ":", "a", "1:x", "-1", "1:2.x", "99999999999999999999"] {
            assert_eq!(thousandths(text), None, "{text}");
        }
    }
}
