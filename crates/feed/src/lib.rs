//! A feed: the neutral model, safe HTML, and writing and reading RSS 2.0, Atom 1.0 and JSON Feed 1.1.

#![forbid(unsafe_code)]

pub mod emit;
pub mod html;
pub mod invariants;
mod model;
pub mod read;

pub use crate::html::Html;
pub use crate::model::*;
