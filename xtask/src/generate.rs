//! Writes the corpus.

use std::path::PathBuf;

use crate::Outcome;
use crate::corpus::Corpus;

/// Writes the corpus of the benchmarks: a Jekyll site, the same on any machine.
#[derive(clap::Args)]
pub struct Arguments {
    folder: PathBuf,
    posts: usize,
    /// How many tags there are, at least one.
    #[arg(value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    tags: usize,
    /// Posts of some 1 KB instead of 6 KB.
    #[arg(long)]
    short: bool,
}

pub fn run(arguments: Arguments) -> Outcome {
    let Arguments {
        folder,
        posts,
        tags,
        short,
    } = arguments;
    let corpus = Corpus { posts, tags, short };
    corpus
        .write(&folder)
        .map_err(|error| format!("cannot write posts to {}: {error}", folder.display()))?;
    Ok(true)
}
