//! What a run refuses: to accept what is not held, and to change a lock that must stay as it is.

use std::path::Path;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;

use crate::state::guard::Verdict;
use crate::state::held::Held;
use crate::state::{Record, lock};

/// Says which entries were to be accepted and are not held.
///
/// # Errors
///
/// One that is not even a post.
pub(super) fn nothing_to_accept(
    verdict: &Verdict,
    records: &[Record],
    diags: &mut Diagnostics,
) -> Result<(), Error> {
    let mut unknown = Vec::new();
    for entry in &verdict.unknown {
        // Answers to other questions may have settled it.
        let is_post = |record: &Record| record.path == *entry || record.id == *entry;
        if records.iter().any(is_post) {
            let message = format!("`{entry}` is not held, so there is nothing to accept");
            diags.warning(
                "not-held",
                Location::file(Path::new(entry)),
                message,
                "nothing has to be done",
            );
        } else {
            unknown.push(entry.as_str());
        }
    }
    match unknown.as_slice() {
        [] => Ok(()),
        unknown => Err(not_held(unknown, verdict)),
    }
}

/// The error of a run that was to accept what nobody knows.
fn not_held(unknown: &[&str], verdict: &Verdict) -> Error {
    let held: Vec<&str> = verdict.held.iter().map(Held::entry).collect();
    let held = match held.as_slice() {
        [] => "nothing else is held either".to_owned(),
        held => format!("held are: {}", held.join(", ")),
    };
    Error::new(format!(
        "nothing that is held is called `{}`; {held}",
        unknown.join("`, `")
    ))
}

/// The error of a run that must not change the lock, and would.
pub(super) fn locked(news: &[String]) -> Error {
    let more = match news.len() {
        0..=3 => String::new(),
        count => format!(" and {} more", count - 3),
    };
    let news = news.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    Error::of(
        "lock-would-change",
        Location::file(lock::FILE),
        format!(
            "{} would change, which `--locked` forbids ({news}{more})",
            lock::FILE
        ),
    )
    .help("run `feedwright build` where posts are written, and commit the lock with them")
}
