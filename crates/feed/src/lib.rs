//! A feed: the neutral model, safe HTML, and writing and reading RSS 2.0, Atom 1.0 and JSON Feed 1.1.
//!
//! What is written here no validator objects to, and every reader takes: `feedwright-check` is the judge.
//!
//! ```
//! use feedwright_feed::{Entry, Error, Feed, Format, Html, Timestamp, Url};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let url = Url::parse("https://www.example.gov/news/")?;
//! let mut feed = Feed::new(url.clone(), "News", "What the agency has to say.");
//! let published = Timestamp::from_rfc3339("2024-03-01T09:30:00-05:00").ok_or("a date")?;
//! let mut entry = Entry::new(url.join("budget/")?, "The budget & you", published);
//! entry.content = Html::clean("<p onclick='x()'>It is <a href='full.pdf'>here</a>.", &entry.url);
//! feed.push(entry);
//! let rss = feed.write(Format::Rss, &url.join("rss.xml")?)?;
//!
//! let read = feedwright_feed::read::Published::parse(&rss)?;
//! assert_eq!(read.entries[0].title, "The budget & you");
//! assert!(String::from_utf8(rss)?.contains("https://www.example.gov/news/budget/full.pdf"));
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]

pub mod emit;
pub mod html;
pub mod invariants;
mod model;
mod own;
pub mod read;

pub use feedwright_base::date::Timestamp;
pub use feedwright_base::error::Error;
pub use url::Url;

pub use crate::html::Html;
pub use crate::model::*;
