//! How a server delivers feeds: a dialogue with it, held or recorded, and what is wrong with it.
//!
//! `fetch` asks as readers do and `har` reads what others recorded; both give a `dialogue`. `judge` is
//! pure: it sees requests and answers, and not how they came about. `content` has what the feed says
//! of itself.

mod content;
mod dialogue;
mod fetch;
mod har;
mod judge;

pub(crate) use self::dialogue::Dialogue;
pub(crate) use self::fetch::Fetcher;
pub(crate) use self::har::dialogues;
pub(crate) use self::judge::judge;
