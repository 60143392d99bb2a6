//! `content:encoded`: the whole of an item's HTML (RSS 1.0 module “content”).

use super::super::html;
use super::super::schema::{Child, Kind};

/// What the module adds to an item.
pub(crate) static ITEM: &[Child] = &[
    Child::once("encoded", &ENCODED),
    Child::once("items", &Kind::ANYTHING),
];

static ENCODED: Kind = Kind::text("RSS 1.0 module “content”", &[html::html]);
