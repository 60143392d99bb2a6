//! Says what readers of a feed take for new after it changed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Outcome, news};

/// Says what readers of a feed take for new after it changed, by the three ways in which they know
/// entries.
#[derive(clap::Args)]
pub struct Arguments {
    /// The feed as it was.
    old: PathBuf,
    /// The feed as it is.
    new: PathBuf,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let news = news::news(&read(&arguments.old)?, &read(&arguments.new)?)?;
    for (how, titles) in [
        ("id", &news.by_id),
        ("link", &news.by_link),
        ("title and date", &news.by_title_and_date),
    ] {
        println!("{} new by {how}", titles.len());
        for title in titles {
            println!("  {title}");
        }
    }
    Ok(true)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}
