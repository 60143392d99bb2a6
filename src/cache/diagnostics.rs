//! Diagnostics, as the cache has them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Mutex;

use feedwright_base::diagnostic::{Diagnostic, Location, Severity};
use feedwright_base::sync::lock;
use serde::{Deserialize, Serialize};

/// A diagnostic.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredDiagnostic<'a> {
    severity: Severity,
    #[serde(borrow)]
    code: Cow<'a, str>,
    #[serde(borrow)]
    place: Option<(Cow<'a, str>, usize, usize)>,
    #[serde(borrow)]
    message: Cow<'a, str>,
    #[serde(borrow)]
    section: Option<Cow<'a, str>>,
    #[serde(borrow)]
    help: Option<Cow<'a, str>>,
}

impl<'a> StoredDiagnostic<'a> {
    /// `None` where its path is no text.
    pub(super) fn of(diagnostic: &'a Diagnostic) -> Option<StoredDiagnostic<'a>> {
        let place = match &diagnostic.location {
            None => None,
            Some(Location { path, line, column }) => Some((path.to_str()?.into(), *line, *column)),
        };
        Some(StoredDiagnostic {
            severity: diagnostic.severity,
            code: diagnostic.code.into(),
            place,
            message: diagnostic.message.as_str().into(),
            section: diagnostic.section.map(Cow::Borrowed),
            help: diagnostic.help.as_deref().map(Cow::Borrowed),
        })
    }

    /// Whether it is about this file.
    pub(super) fn is_of(&self, path: &str) -> bool {
        self.place.as_ref().is_some_and(|place| place.0 == path)
    }

    pub(super) fn diagnostic(&self) -> Diagnostic {
        let place = self.place.as_ref();
        Diagnostic {
            severity: self.severity,
            code: interned(&self.code),
            location: place.map(|(path, line, column)| Location::at(&**path, *line, *column)),
            message: self.message.to_string(),
            section: self.section.as_deref().map(interned),
            help: self.help.as_deref().map(str::to_owned),
        }
    }
}

/// One of the few names that the program itself has written down, each kept once.
fn interned(name: &str) -> &'static str {
    static NAMES: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut names = lock(&NAMES);
    let names = names.get_or_insert_default();
    if let Some(known) = names.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.into());
    names.insert(kept);
    kept
}
