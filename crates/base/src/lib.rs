//! What all crates of feedwright share: problems and where they are, timestamps, languages, addresses,
//! plain text, slugs, the bounds of HTML, and temporary files.
//!
//! It is no library of its own: anything may change with any version.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::string_slice))]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

pub mod bidi;
pub mod chars;
pub mod codes;
pub mod date;
pub mod diagnostic;
pub mod email;
pub mod error;
pub mod html;
pub mod language;
pub mod license;
pub mod media_type;
pub mod order;
pub mod permalink;
pub mod podcast;
pub mod reading;
pub mod slice;
pub mod slug;
pub mod sync;
pub mod temporary;
pub mod text;

pub use crate::date::Timestamp;
pub use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
pub use crate::error::Error;
