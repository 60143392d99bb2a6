//! The one error for failures of the environment: files, folders, terminals.
//!
//! Problems of content are not errors but [`Diagnostic`](crate::Diagnostic)s, so that one run
//! can show all of them.

use std::fmt;
use std::path::Path;

/// An I/O failure, with what was being done and to which path.
///
/// It is opaque: nobody can repair it but a person, who needs the sentence it prints.
#[derive(Debug)]
pub struct Error {
    doing: String,
    source: Option<std::io::Error>,
    /// Whether it is about a lock that cannot be read.
    lock: bool,
}

impl Error {
    /// An error without an underlying I/O error.
    pub fn new(message: impl Into<String>) -> Self {
        Error {
            doing: message.into(),
            source: None,
            lock: false,
        }
    }

    /// An error about a lock whose text cannot be read.
    pub fn of_lock(message: impl Into<String>) -> Self {
        Error {
            lock: true,
            ..Error::new(message)
        }
    }

    /// Whether it is about a lock whose text cannot be read.
    pub fn is_of_lock(&self) -> bool {
        self.lock
    }

    /// An I/O error that names the path and what was being done to it, as in
    /// `cannot read content/a.md`.
    pub fn io(doing: &str, path: &Path, source: std::io::Error) -> Self {
        Error {
            doing: format!("cannot {doing} {}", path.display()),
            source: Some(source),
            lock: false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doing)?;
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
