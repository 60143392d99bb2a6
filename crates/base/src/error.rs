//! The one error for failures of the environment: files, folders, terminals.
//!
//! Problems of content are not errors but [`Diagnostic`]s, so that one run can show all of them.

use std::fmt;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Location, Severity};

/// The code of errors that have none of their own.
const CODE: &str = "environment";

/// A failure, with what was being done and to which path.
///
/// It is opaque: nobody can repair it but a person, who needs the sentence it prints.
#[derive(Debug)]
pub struct Error {
    doing: String,
    source: Option<std::io::Error>,
    code: &'static str,
    location: Option<Location>,
    help: Option<String>,
}

impl Error {
    /// An error without an underlying I/O error.
    pub fn new(message: impl Into<String>) -> Self {
        Error {
            doing: message.into(),
            source: None,
            code: CODE,
            location: None,
            help: None,
        }
    }

    /// An error that has a code of its own, and the place that it is about.
    pub fn of(
        code: &'static str,
        location: impl Into<Option<Location>>,
        message: impl Into<String>,
    ) -> Self {
        Error {
            code,
            location: location.into(),
            ..Error::new(message)
        }
    }

    /// The same with what to do about it, behind what is said of that already.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        let help = help.into();
        self.help = Some(match self.help {
            Some(before) => format!("{before}\n{help}"),
            None => help,
        });
        self
    }

    /// The code that it is explained by.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The same as people and machines read problems.
    pub fn diagnostic(&self) -> Diagnostic {
        let location = self.location.clone();
        let found = Diagnostic::new(Severity::Error, self.code, location, self.sentence());
        Diagnostic {
            help: self.help.clone(),
            ..found
        }
    }

    /// An I/O error that names the path and what was being done to it, as in
    /// `cannot read content/a.md`.
    pub fn io(doing: &str, path: &Path, source: std::io::Error) -> Self {
        Error {
            source: Some(source),
            ..Error::new(format!("cannot {doing} {}", path.display()))
        }
    }

    /// What is wrong.
    fn sentence(&self) -> String {
        match &self.source {
            Some(source) => format!("{}: {source}", self.doing),
            None => self.doing.clone(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        f.write_str(&self.sentence())?;
        for help in self.help.iter().flat_map(|help| help.lines()) {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
