//! Writes the corpus: `generate FOLDER POSTS TAGS [--short]`.

mod corpus;

use std::path::Path;
use std::process::ExitCode;

use self::corpus::Corpus;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, posts, tags, short) = match &arguments[..] {
        [folder, posts, tags] => (folder, posts, tags, false),
        [folder, posts, tags, short] if short == "--short" => (folder, posts, tags, true),
        _ => return usage(),
    };
    let (Ok(posts), Ok(tags @ 1..)) = (posts.parse(), tags.parse()) else {
        return usage();
    };
    let corpus = Corpus { posts, tags, short };
    match corpus.write(Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write posts to {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: generate FOLDER POSTS TAGS [--short]");
    ExitCode::from(2)
}
