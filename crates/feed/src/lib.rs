#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::string_slice))]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

pub mod emit;
pub mod extras;
pub mod html;
pub mod invariants;
mod model;
mod own;
mod person;
pub mod podcast;
pub mod read;

pub use feedwright_base::date::Timestamp;
pub use feedwright_base::error::Error;
pub use url::Url;

pub use crate::html::Html;
pub use crate::model::*;
pub use crate::person::Person;
