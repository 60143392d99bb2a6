//! Writes the corpus: `generate FOLDER POSTS TAGS`.

mod corpus;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, posts, tags] = &arguments[..] else {
        return usage();
    };
    let (Ok(posts), Ok(tags @ 1..)) = (posts.parse(), tags.parse()) else {
        return usage();
    };
    match corpus::write(Path::new(folder), posts, tags) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write posts to {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: generate FOLDER POSTS TAGS");
    ExitCode::from(2)
}
