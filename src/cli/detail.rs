//! How much is told of what is wrong.

use feedwright_base::diagnostic::Severity;

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
