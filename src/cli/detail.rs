//! How much is told of what is wrong.

use clap::Args;
use feedwright_base::diagnostic::Severity;

/// How much is printed. It may stand before the command as well as behind it.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Loudness {
    /// Say nothing but warnings and errors; `build` says a warning once, as long as it stays.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say nothing but errors.
    #[arg(long, global = true, conflicts_with_all = ["verbose", "quiet"])]
    errors_only: bool,
    /// Show notes, and every one of similar warnings.
    #[arg(short, long, global = true)]
    verbose: bool,
}

impl Loudness {
    /// How much is told of what is wrong.
    pub(super) fn detail(&self) -> Detail {
        match self {
            Loudness {
                errors_only: true, ..
            } => Detail::Errors,
            Loudness { quiet: true, .. } => Detail::Warnings,
            Loudness { verbose: true, .. } => Detail::All,
            _ => Detail::Usual,
        }
    }

    /// The two that were asked for and exclude each other, one before the command and one behind it.
    pub(super) fn conflict(&self) -> Option<[&'static str; 2]> {
        let asked = [
            (self.quiet, "--quiet"),
            (self.errors_only, "--errors-only"),
            (self.verbose, "--verbose"),
        ];
        let mut asked = asked.iter().filter(|(is, _)| *is).map(|(_, name)| *name);
        Some([asked.next()?, asked.next()?])
    }
}

/// How much of the diagnostics people are told, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// Errors alone.
    Errors,
    /// Errors and warnings.
    Warnings,
    /// Those, and how many notes there are.
    Usual,
    /// Every single one.
    All,
}

impl Detail {
    /// Whether diagnostics of this severity are shown to people.
    pub(super) fn shows(self, severity: Severity) -> bool {
        match severity {
            Severity::Error => true,
            Severity::Warning => self >= Detail::Warnings,
            Severity::Note => self == Detail::All,
        }
    }

    /// Whether programs get diagnostics of this severity: notes too, as long as nobody asked for less.
    pub(super) fn gives(self, severity: Severity) -> bool {
        self.shows(severity) || self == Detail::Usual
    }

    /// The same without the number of notes.
    pub(super) fn without_count(self) -> Self {
        if self == Detail::Usual {
            Detail::Warnings
        } else {
            self
        }
    }
}
