//! What is wrong with a site's content, where, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::permalink::slashed;

/// How much a [`Diagnostic`] matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was understood in a way worth knowing; nothing has to be done.
    Note,
    /// The feeds are right, but the post deserves a look.
    Warning,
    /// A post or a setting could not be understood; nothing is published unless `--keep-going`.
    Error,
}

impl Severity {
    /// The word that people and machines read.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A place in a file. Lines and columns count from 1; 0 means that the whole file is meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The file, relative to the site's folder.
    #[serde(serialize_with = "lossy")]
    pub path: PathBuf,
    /// Line, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 when the line as a whole is meant.
    pub column: usize,
}

/// A path as text, whatever bytes it has.
pub fn lossy<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}

/// The same for several.
pub fn lossy_list<S: serde::Serializer>(
    paths: &[PathBuf],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(paths.iter().map(|path| path.to_string_lossy()))
}

/// The same for one that may be absent.
pub fn lossy_option<S: serde::Serializer>(
    path: &Option<PathBuf>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    path.as_deref()
        .map(Path::to_string_lossy)
        .serialize(serializer)
}

impl Location {
    /// The file as a whole.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Location::at(path, 0, 0)
    }

    /// A line and column of a file.
    pub fn at(path: impl AsRef<Path>, line: usize, column: usize) -> Self {
        Location {
            path: path.as_ref().to_path_buf(),
            line,
            column,
        }
    }
}

/// As editors and terminals read places: `content/a.md:3:7`.
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&slashed(&self.path))?;
        match (self.line, self.column) {
            (0, _) => Ok(()),
            (line, 0) => write!(f, ":{line}"),
            (line, column) => write!(f, ":{line}:{column}"),
        }
    }
}

/// One problem, or one thing worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name, such as `date-ambiguous`, to search for and to filter by.
    pub code: &'static str,
    /// Where it is, when it is in a file.
    #[serde(flatten)]
    pub location: Option<Location>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The section of the specification that says so, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<&'static str>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a remedy; add one with [`Diagnostic::help`].
    pub fn new(
        severity: Severity,
        code: &'static str,
        location: Option<Location>,
        message: impl Into<String>,
    ) -> Self {
        Diagnostic {
            severity,
            code,
            location,
            message: message.into(),
            section: None,
            help: None,
        }
    }

    /// The same with a remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// All diagnostics of a run, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    pub fn new() -> Self {
        Diagnostics::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another list, keeping their order.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// Adds an error.
    pub fn error(
        &mut self,
        code: &'static str,
        location: impl Into<Option<Location>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(
            Diagnostic::new(Severity::Error, code, location.into(), message).help(help.into()),
        );
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        code: &'static str,
        location: impl Into<Option<Location>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(
            Diagnostic::new(Severity::Warning, code, location.into(), message).help(help.into()),
        );
    }

    /// Adds a note.
    pub fn note(
        &mut self,
        code: &'static str,
        location: impl Into<Option<Location>>,
        message: impl Into<String>,
    ) {
        self.push(Diagnostic::new(
            Severity::Note,
            code,
            location.into(),
            message,
        ));
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The places of all of them, to be named otherwise.
    pub fn locations_mut(&mut self) -> impl Iterator<Item = &mut Location> {
        self.list
            .iter_mut()
            .filter_map(|diagnostic| diagnostic.location.as_mut())
    }

    /// Takes the place away from what is said of a file, because nobody finds it there.
    pub fn unplace(&mut self, path: &Path) {
        for diagnostic in &mut self.list {
            diagnostic
                .location
                .take_if(|location| location.path == path);
        }
    }

    /// How many there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|d| d.severity == severity).count()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|d| d.severity == Severity::Error)
    }

    /// Sorts by file, line and column, so that the same site gives the same report whatever
    /// order its files were read in. What has no place stands first.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (&a.location, a.code, &a.message).cmp(&(&b.location, b.code, &b.message))
        });
    }
}
