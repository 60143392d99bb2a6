//! What commands do beside building: `adopt`, `check`, `check --fix`, `enclosures`, `links`, `list` and
//! `migrate`.

mod adopt;
mod check;
#[cfg(feature = "http")]
mod enclosures;
mod fix;
mod links;
mod list;
mod migrate;
mod old_feeds;
mod site_paths;

pub use self::adopt::{Adoption, LostId, adopt};
pub use self::check::{FeedChecker, SiteCheck, check_site};
#[cfg(feature = "http")]
pub use self::enclosures::{Asked, FetchOptions, fetch_enclosures};
pub use self::fix::{Fixed, fix, write_fixes};
pub(crate) use self::links::redirects;
pub use self::links::{FeedLink, links};
pub use self::list::list;
pub use self::migrate::{
    Fate, FeedMove, Knows, Migration, NewPaths, OldSite, Reader, Readers, Row, migrate,
};
pub use self::old_feeds::{OldFeed, OldFeeds};
