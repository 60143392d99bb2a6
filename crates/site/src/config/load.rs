//! Loads the configuration: settings, the site's generator, and what follows from both.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use feedwright_base::date::Present;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_feed::Format;

use crate::dialect::recognition::{self, Candidate};
use crate::dialect::{self, Detected, Options};
use crate::folder::Folder;
use crate::import::Imported;
use crate::settings::{ContentSettings, DialectName, GuardSettings};
use crate::source;

use super::check::Check;
use super::{Config, ENCLOSURES, FILE, Guard, KnownFiles, Overrides, read, rendered};

impl Config {
    /// Reads and checks the configuration.
    ///
    /// `None` means that it is wrong; the diagnostics say where and how to mend it.
    ///
    /// # Errors
    ///
    /// A folder or file that cannot be read.
    pub fn load(overrides: &Overrides, diags: &mut Diagnostics) -> Result<Option<Config>, Error> {
        Config::load_with(overrides, &BTreeMap::new(), diags)
    }

    /// Reads and checks the configuration, with these paths of the site's own feeds in place of those
    /// in the file.
    ///
    /// # Errors
    ///
    /// A folder or file that cannot be read.
    pub fn load_with(
        overrides: &Overrides,
        paths: &BTreeMap<Format, String>,
        diags: &mut Diagnostics,
    ) -> Result<Option<Config>, Error> {
        if !overrides.root.is_dir() {
            return Err(Error::new(format!(
                "there is no folder {}",
                overrides.root.display()
            )));
        }
        let root = Folder::new(&overrides.root);
        let Some((written, mut settings)) = read::read(&root, overrides, diags)? else {
            return Ok(None);
        };
        settings.feeds.paths.set(paths);
        if let Some(folder) = &overrides.rendered {
            settings.content.rendered = Some(rendered::below(&overrides.root, folder));
        }
        let Some(source) = source(&settings.content, overrides, &root, diags)? else {
            return Ok(None);
        };
        let Source {
            from,
            candidates,
            folders,
            detected,
        } = source;
        let generator = detected.defaults.file.clone();
        let mut files = detected.defaults.files.clone();
        if files.is_empty() {
            files.extend(generator.as_deref().map(str::to_owned));
        }
        let mut check = Check {
            written: &written,
            root: &root,
            generator: &files,
            diags,
        };
        let site = check.site(&settings, overrides, &detected.defaults);
        let dialect = detected.dialect.as_ref();
        let base = site.as_ref().map(|site| &site.url);
        let feeds = check.feeds(&settings, overrides, &detected.defaults, dialect, base);
        let beside = site.as_ref().zip(feeds.as_ref());
        let beside = beside.map(|(site, feeds)| {
            check.beside(&settings.feeds, settings.state, &feeds.formats, site)
        });
        let podcasts = site.as_ref();
        let podcasts = podcasts.map(|site| check.podcasts(&settings, site));
        let content = check.content(&settings, overrides, folders, detected);
        let enclosures = source::read_setting(&root, ENCLOSURES)?;
        let enclosures = enclosures.map(|text| KnownFiles::read(&text, diags));
        if written.file.is_none() {
            diags.unplace(Path::new(FILE));
        }
        if diags.has_errors() {
            return Ok(None);
        }
        let (Some(site), Some(feeds), Some(beside)) = (site, feeds, beside) else {
            return Ok(None);
        };
        Ok(Some(Config {
            of_program: overrides.settings.is_some(),
            from,
            enclosures: enclosures.unwrap_or_default(),
            root,
            site,
            content,
            feeds,
            podcasts: podcasts.unwrap_or_default(),
            beside,
            guard: guard(&settings.guard),
            written,
            state: settings.state,
            lock: overrides.lock.clone(),
            lints: settings.lints,
            generator,
            candidates,
            present: Present::new(overrides.now),
        }))
    }
}

/// Where posts come from, and by whose rules they are read.
struct Source {
    /// What they are taken from in place of the site's folder.
    from: Option<Imported>,
    /// The generators that may make the site, where the settings do not name one.
    candidates: Vec<Candidate>,
    folders: Vec<PathBuf>,
    detected: Detected,
}

/// Finds out where posts come from; `None` where the diagnostics say why nobody knows.
fn source(
    settings: &ContentSettings,
    overrides: &Overrides,
    root: &Folder,
    diags: &mut Diagnostics,
) -> Result<Option<Source>, Error> {
    let mut options = options(settings);
    let mut candidates = Vec::new();
    let from = overrides.from.as_deref();
    let from = from.map(|from| Imported::of(from, diags)).transpose()?;
    let from = match from {
        Some(None) => return Ok(None),
        from => from.flatten(),
    };
    let dialect = match settings.dialect {
        _ if from.is_some() => Some(DialectName::Jsonl),
        DialectName::Auto => {
            candidates = recognition::candidates(root);
            recognition::decide(&candidates, root, &options, diags)
        }
        name => Some(name),
    };
    let Some(dialect) = dialect else {
        return Ok(None);
    };
    if dialect == DialectName::Html && options.folders.is_empty() {
        let rendered = dialect::html::folder(root, settings);
        options.folders.extend(rendered);
    }
    let folders = options.folders.clone();
    let mut detected = dialect::load(root, dialect, options, diags)?;
    if let Some(from) = &from {
        detected.defaults = from.defaults().clone();
    }
    Ok(Some(Source {
        from,
        candidates,
        folders,
        detected,
    }))
}

/// The settings that a dialect is made from, with `.` removed from the content folders.
fn options(settings: &ContentSettings) -> Options {
    let folders = settings.folders.iter().flatten();
    let folders = folders.map(|folder| {
        folder
            .components()
            .filter(|part| *part != Component::CurDir)
            .collect()
    });
    Options {
        folders: folders
            .filter(|folder: &PathBuf| !folder.as_os_str().is_empty())
            .collect(),
        permalink: settings.permalink.clone(),
        drafts: settings.drafts.unwrap_or(false),
        smart_punctuation: settings.smart_punctuation,
        summary: settings.summary,
    }
}

fn guard(settings: &GuardSettings) -> Guard {
    Guard {
        max_resent: settings.max_resent.unwrap_or(0),
        max_resurfaced: settings.max_resurfaced.unwrap_or(0),
        max_changed: settings.max_changed.unwrap_or(5),
    }
}
