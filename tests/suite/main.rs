//! All tests that run the program, in one binary.
//!
//! `FEEDWRIGHT_GOLDEN=overwrite cargo test golden` rewrites the golden trees; look at the
//! difference before you commit it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod adopt;
mod advice;
mod archives;
mod beside;
mod build;
mod cache;
mod check;
mod clones;
mod codes;
#[cfg(all(feature = "http", feature = "ping"))]
mod commands;
mod conformance;
mod costs;
mod dialects;
mod docs;
#[cfg(unix)]
mod edge;
mod edits;
mod enclosures;
mod endings;
mod errors;
mod example;
mod extras;
mod faults;
mod fixes;
mod git;
mod golden;
mod history;
mod hostile;
#[cfg(feature = "http")]
mod http;
mod layout;
mod left;
mod library;
mod lints;
mod list;
mod lives;
mod matching;
mod messages;
mod migrate;
mod mutations;
#[path = "../tools/news.rs"]
mod news;
mod output;
mod page;
mod pages;
mod pictures;
#[cfg(feature = "ping")]
mod ping;
mod plans;
mod podcasts;
mod promises;
mod properties;
mod published;
mod publishing;
mod recognition;
mod records;
mod rendered;
#[path = "../tools/simulation.rs"]
mod simulation;
mod site;
mod streams;
mod subscribers;
