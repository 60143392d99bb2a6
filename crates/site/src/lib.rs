//! A site: settings, dialects, front matter, dates, permalinks, languages, bodies, the rendered site.
//! A folder comes in, posts go out.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::string_slice))]
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

pub mod body;
pub mod config;
pub mod dialect;
mod encoding;
pub mod folder;
pub mod front_matter;
pub mod git;
pub mod import;
pub mod lint;
pub mod load;
pub mod media;
pub mod named_files;
pub mod pages;
pub mod post;
pub mod records;
pub mod settings;
pub mod source;
pub mod theme;
