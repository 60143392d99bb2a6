//! Collects what is wrong with the settings, so that one run shows all of it.

use std::borrow::Cow;

use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::permalink;
use feedwright_base::slice::Slice;
use url::Url;

use super::LOCK;
use super::places::Written;
use crate::folder::Folder;
use crate::front_matter::position;
use crate::source;

/// A check of the settings.
pub(super) struct Check<'a> {
    pub(super) written: &'a Written,
    pub(super) root: &'a Folder,
    /// The files that the site's generator is configured by, the one that counts most first.
    pub(super) generator: &'a [String],
    pub(super) diags: &'a mut Diagnostics,
}

/// Who said a value.
#[derive(Debug, Clone)]
pub(super) enum By<'a> {
    /// A setting of feedwright.yaml, such as `site.url`.
    Setting(Cow<'a, str>),
    /// An option of the command line.
    Option(&'static str),
    /// The configuration of the site's generator, which has this value.
    Generator(&'a str),
    /// The lock.
    Lock,
}

impl<'a> From<&'a str> for By<'a> {
    fn from(key: &'a str) -> Self {
        By::Setting(key.into())
    }
}

impl From<String> for By<'_> {
    fn from(key: String) -> Self {
        By::Setting(key.into())
    }
}

/// Where a text has a value behind a key, in the languages that generators are configured in.
fn value_in(text: &str, value: &str) -> Option<usize> {
    let is_value = |at: &usize| {
        let (before, rest) = (text.slice(..*at), text.slice(at + value.len()..));
        let key = before.trim_end_matches([' ', '"', '\'', '`']);
        key.ends_with([':', '=']) && !rest.starts_with(|next: char| next.is_alphanumeric())
    };
    let mut places = text.match_indices(value).map(|(at, _)| at);
    places.find(is_value).filter(|_| !value.is_empty())
}

impl Check<'_> {
    pub(super) fn error<'b>(
        &mut self,
        code: &'static str,
        by: impl Into<By<'b>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.say(
            Severity::Error,
            code,
            by.into(),
            message.into(),
            help.into(),
        );
    }

    pub(super) fn warning<'b>(
        &mut self,
        code: &'static str,
        by: impl Into<By<'b>>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.say(
            Severity::Warning,
            code,
            by.into(),
            message.into(),
            help.into(),
        );
    }

    /// Says what is wrong with a value, and where it comes from.
    fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        by: By<'_>,
        mut message: String,
        help: String,
    ) {
        let place = match by {
            By::Setting(key) => self.written.place(&key),
            By::Option(option) => {
                message = format!("`{option}`: {message}");
                None
            }
            By::Generator(value) => self.in_generator(value),
            By::Lock => Some(Location::file(LOCK)),
        };
        self.diags
            .push(Diagnostic::new(severity, code, place, message).help(help));
    }

    /// The place in the generator's configuration where a value stands, or its file where the value
    /// stands there in other words.
    fn in_generator(&self, value: &str) -> Option<Location> {
        let mut places = self.generator.iter().filter_map(|file| {
            let text = source::read_setting(self.root, file).ok().flatten()?;
            let at = value_in(&text, value)?;
            let (line, column) = position(&text, at);
            Some(Location::at(file, line, column))
        });
        let file = self.generator.last().map(Location::file);
        places.next().or(file)
    }

    /// The URL of an image of the site, whose path is a setting or a value of the generator.
    pub(super) fn image(
        &mut self,
        name: &str,
        own: Option<&String>,
        default: Option<&String>,
        base: &Url,
    ) -> Option<Url> {
        let path = own.or(default).filter(|path| !path.trim().is_empty())?;
        // What has a colon before the first slash begins with a scheme, or is nothing at all.
        let is_address = path.starts_with("http://") || path.starts_with("https://");
        let has_scheme = path
            .split('/')
            .next()
            .is_some_and(|part| part.contains(':'));
        let url = permalink::absolute(path, base).filter(|_| is_address || !has_scheme);
        if url.is_none() {
            let message =
                format!("`{name}` is `{path}`, which is neither a path on the site nor a URL");
            let help = "write it as `/assets/logo.png` or `https://…`";
            match own {
                Some(_) => self.error("config-image", name, message, help),
                // The generator may have another use for it.
                None => self.warning("config-image", By::Generator(path), message, help),
            }
        }
        url
    }
}
