//! Finds posts that are records, many to a file.

use std::collections::HashSet;
use std::path::PathBuf;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_site::config::Config;
use feedwright_site::records::{self, Found, Input};
use feedwright_site::source::MAX_BYTES;

use crate::state::State;

/// The records of files of the site, or of what the command line names in place of these: paths of
/// posts, and of records that cannot be read.
pub(super) fn find(
    files: Vec<PathBuf>,
    config: &Config,
    state: &State,
    diags: &mut Diagnostics,
) -> Result<(Vec<PathBuf>, HashSet<PathBuf>), Error> {
    // What a run leans on are the files; where they changed, nothing is known of single records.
    config.root.ask_all(files.iter().map(PathBuf::as_path));
    let of_site = |path: PathBuf| Input {
        name: path.clone(),
        real: config.root.path().join(&path),
        shown: path,
        has_lines: true,
    };
    let inputs: Vec<Input> = files.into_iter().map(of_site).collect();
    let inputs = match &config.from {
        Some(input) => std::slice::from_ref(input.file()),
        None => &inputs,
    };
    let names = &config.content.names;
    let keys = [&names.id, &names.permalink, &names.slug];
    let names = records::Names {
        keys: keys.into_iter().flatten().map(String::as_str).collect(),
        most: MAX_BYTES,
    };
    let Found {
        records,
        paths,
        mut broken,
        unknown,
    } = records::index(inputs, &names, diags)?;
    // Any post of a file that is not found there may be the one that cannot be read.
    for name in unknown {
        let start = format!("{}#", feedwright_base::permalink::slashed(&name));
        let known = state.records().into_iter().map(|record| &record.path);
        let lost = known.filter(|path| path.starts_with(&start));
        let lost = lost.map(PathBuf::from);
        broken.extend(lost.filter(|path| paths.binary_search(path).is_err()));
    }
    config.root.set_records(records);
    Ok((paths, broken))
}
