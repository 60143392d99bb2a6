//! Checks `content:encoded`, the full HTML of an item (RSS 1.0 module “content”).

use super::super::html;
use super::super::schema::{Child, Kind};

/// The elements of the module in an item.
pub(crate) static ITEM: &[Child] = &[
    Child::once("encoded", &ENCODED),
    Child::once("items", &Kind::ANYTHING),
];

static ENCODED: Kind = Kind::text("RSS 1.0 module “content”", &[html::html]);
