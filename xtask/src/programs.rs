//! The programs that commands run: feedwright as it was built beside this one, and this one.

use std::path::PathBuf;

/// This program.
pub fn own() -> Result<PathBuf, String> {
    std::env::current_exe().map_err(|error| format!("this program is not known: {error}"))
}

/// feedwright beside this program. It is not made here, so that what is measured is what somebody
/// has built.
pub fn feedwright() -> Result<PathBuf, String> {
    let name = format!("feedwright{}", std::env::consts::EXE_SUFFIX);
    let program = own()?.with_file_name(name);
    if program.is_file() {
        Ok(program)
    } else {
        Err(format!(
            "{} is not there: run `cargo build` with the same profile first",
            program.display()
        ))
    }
}
