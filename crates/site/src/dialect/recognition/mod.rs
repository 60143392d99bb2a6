//! Which generator makes a site: everything in its folder that says so, weighed.

mod generators;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::slice::Slice;
use serde_json::Value;

use crate::folder::Folder;
use crate::settings::DialectName;
use crate::source;

use super::{Options, html, jsonl, mkdocs};

use self::generators::{FOLDER, INSTALLED, OWN_FILE, SIGNS, Signs};

/// Files that say what a site installs.
const MANIFESTS: [&str; 8] = [
    "package.json",
    "Gemfile",
    "requirements.txt",
    "pyproject.toml",
    "Pipfile",
    "environment.yml",
    "setup.cfg",
    "requirements.in",
];

/// A generator that may make a site, and why.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What people call the generator.
    pub name: &'static str,
    /// The rules that there are for it.
    pub dialect: Option<DialectName>,
    /// What in the folder says so.
    pub reasons: Vec<String>,
    /// The first file or folder among these.
    file: Cow<'static, str>,
    weight: u32,
    has_own_file: bool,
    /// Whether it is MkDocs without the plugin for blogs, as far as its settings are known.
    is_manual: bool,
}

impl Candidate {
    /// The generator with the reasons, as in “Jekyll (`_config.yml`, `_posts/`)”.
    pub fn described(&self) -> String {
        format!("{} ({})", self.name, self.reasons.join(", "))
    }

    fn add(&mut self, weight: u32, file: &'static str, reason: String) {
        if self.reasons.is_empty() {
            self.file = file.into();
        }
        self.reasons.push(reason);
        self.weight += weight;
    }

    /// Whether it may as well be this one as another that has more for it.
    fn is_near(&self, other: &Candidate) -> bool {
        /// What a single sign may be wrong by.
        const NEAR: u32 = 1;
        self.weight + NEAR >= other.weight && (self.has_own_file || self.reasons.len() > 1)
    }

    /// Whether this is enough to say that the site is made by it.
    fn is_certain(&self) -> bool {
        self.weight >= INSTALLED || (self.dialect.is_some() && self.weight >= FOLDER)
    }
}

/// The folder that a generator has written the site to, if there is one.
pub fn built(root: &Folder) -> Option<PathBuf> {
    html::written(root)
}

/// A file whose lines may be posts, if there is one.
pub fn lines(root: &Folder) -> Option<PathBuf> {
    jsonl::lying_in(root)
}

/// Whose rules a site follows, by everything in its folder; `None` where that is not known and
/// addresses would be made up, which is an error.
pub fn decide(
    candidates: &[Candidate],
    root: &Folder,
    options: &Options,
    diags: &mut Diagnostics,
) -> Option<DialectName> {
    let Some(first) = candidates.first() else {
        // Who says where posts are has no site elsewhere, and nothing has to be looked for.
        let is_configured = options.permalink.is_some() || !options.folders.is_empty();
        if let Some((folder, site)) = (!is_configured).then(|| below(root)).flatten() {
            elsewhere(&folder, &site, diags);
            return None;
        }
        return Some(DialectName::Plain);
    };
    let Some(dialect) = first.dialect else {
        if options.permalink.is_some() {
            return Some(DialectName::Plain);
        }
        // The pages that it wrote say themselves where they are.
        if built(root).is_some() {
            return Some(DialectName::Html);
        }
        if !(first.is_manual && mkdocs::says_why(root, diags)) {
            unknown_generator(first, diags);
        }
        return None;
    };
    if let Some(other) = candidates.get(1).filter(|other| other.is_near(first)) {
        ambiguous(first, other, diags);
    }
    Some(dialect)
}

fn unknown_generator(site: &Candidate, diags: &mut Diagnostics) {
    diags.error(
        "generator-unknown",
        Location::file(&*site.file),
        format!(
            "{} makes this site ({}), and feedwright does not know at which addresses it publishes \
             posts",
            site.name,
            site.reasons.join(", ")
        ),
        "build the site first, and feedwright reads its pages; where they are in no usual folder, \
         say in feedwright.yaml `content.dialect: html` and `content.folders`. Or say `content.dialect: \
         plain`, `content.folders` and `content.permalink` as the site has them, such as \
         `/blog/:slug/`",
    );
}

fn ambiguous(site: &Candidate, other: &Candidate, diags: &mut Diagnostics) {
    let say = match (site.dialect, other.dialect) {
        (Some(one), Some(other)) => {
            format!(
                "`content.dialect: {}` or `{}`",
                one.as_str(),
                other.as_str()
            )
        }
        (Some(one), None) => format!("`content.dialect: {}`", one.as_str()),
        (None, _) => "`content.dialect`".to_owned(),
    };
    diags.warning(
        "generator-ambiguous",
        Location::file(&*other.file),
        format!(
            "this site may be made by {}, or by {}; it is read as the first",
            site.described(),
            other.described()
        ),
        format!("say {say} in feedwright.yaml"),
    );
}

fn elsewhere(folder: &str, site: &Candidate, diags: &mut Diagnostics) {
    diags.error(
        "site-below",
        Location::file(folder),
        format!(
            "there is no site here, but one in {folder}/: {}",
            site.described()
        ),
        format!(
            "run `feedwright build {folder}`, or say in feedwright.yaml `content.folders` and \
             `content.permalink`"
        ),
    );
}

/// What people call the generator of a dialect; `None` where it is of none.
pub fn title(dialect: &str) -> Option<&'static str> {
    let names = SIGNS.iter().map(|signs| signs.name);
    names
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(dialect))
}

/// The folders that have the packages of a repository in them.
const PACKAGES: [&str; 3] = ["apps", "packages", "sites"];

/// The site in a folder below, where just one is there: directly, or among packages.
fn below(root: &Folder) -> Option<(String, Candidate)> {
    let packages = PACKAGES.iter().flat_map(|folder| {
        let names = folders(root, folder).into_iter();
        names.map(move |name| format!("{folder}/{name}"))
    });
    let names: Vec<String> = folders(root, "").into_iter().chain(packages).collect();
    let mut found = names.into_iter().filter_map(|name| {
        let site = candidates_in(root, &format!("{name}/"))
            .into_iter()
            .next()?;
        (site.weight >= OWN_FILE).then_some((name, site))
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The names of the folders in a folder, in order.
fn folders(root: &Folder, folder: &str) -> Vec<String> {
    /// More folders than this no repository has beside its site.
    const MOST: usize = 100;
    let names = root.names(folder).into_iter();
    let mut names: Vec<String> = names
        .filter_map(|name| name.into_os_string().into_string().ok())
        .filter(|name| !name.starts_with(['.', '_']) && name != "node_modules")
        .filter(|name| root.has_folder(Path::new(folder).join(name)))
        .take(MOST)
        .collect();
    names.sort_unstable();
    names
}

/// The generators that may make the site in a folder, the likeliest first.
pub fn candidates(root: &Folder) -> Vec<Candidate> {
    candidates_in(root, "")
}

/// The same for a folder below, whose path ends in `/`.
fn candidates_in(root: &Folder, folder: &str) -> Vec<Candidate> {
    let manifests: Vec<(&str, String)> = MANIFESTS
        .iter()
        .filter_map(|name| Some((*name, text(root, &format!("{folder}{name}"))?)))
        .collect();
    let mut found: Vec<Candidate> = SIGNS
        .iter()
        .map(|signs| signs.weigh(root, folder, &manifests))
        .filter(Candidate::is_certain)
        .collect();
    // Without the plugin for blogs it is a manual, which has no posts.
    let is_manual = |found: &Candidate| {
        found.dialect == Some(DialectName::MkDocs) && !(folder.is_empty() && mkdocs::has_blog(root))
    };
    for found in found.iter_mut().filter(|found| is_manual(found)) {
        (found.dialect, found.is_manual) = (None, true);
    }
    if folder.is_empty() && found.is_empty() {
        found.extend(by_settings_elsewhere(root));
    }
    // Where two weigh the same, the order of the table decides.
    found.sort_by_key(|candidate| Reverse(candidate.weight));
    found
}

/// MkDocs, where nothing but settings that are not called as usual say so.
fn by_settings_elsewhere(root: &Folder) -> Option<Candidate> {
    let file = mkdocs::settings_elsewhere(root)?;
    Some(Candidate {
        name: "MkDocs",
        dialect: Some(DialectName::MkDocs),
        reasons: vec![format!("`{file}`")],
        file: file.into(),
        weight: OWN_FILE,
        has_own_file: true,
        is_manual: false,
    })
}

impl Signs {
    fn weigh(
        &self,
        root: &Folder,
        folder: &str,
        manifests: &[(&'static str, String)],
    ) -> Candidate {
        let at = |name: &str| format!("{folder}{name}");
        let mut found = Candidate {
            name: self.name,
            dialect: self.dialect,
            reasons: Vec::new(),
            file: "".into(),
            weight: 0,
            has_own_file: false,
            is_manual: false,
        };
        let own = self.files.iter().find(|name| root.has_file(at(name)));
        if let Some(name) = own {
            found.add(OWN_FILE, name, format!("`{name}`"));
            found.has_own_file = true;
        }
        let fits = |(name, words): &&(&str, &[&str])| {
            let has_word = || {
                let text = text(root, &at(name))?.to_ascii_lowercase();
                words.iter().find(|word| stands_in(word, &text))
            };
            root.has_file(at(name)) && (words.is_empty() || has_word().is_some())
        };
        if let Some((name, _)) = self.shared.iter().find(fits) {
            found.add(INSTALLED, name, format!("`{name}`"));
        }
        let folders = self.folders.iter();
        for (name, says) in folders.filter(|(name, _)| root.has_folder(at(name))) {
            found.add(*says, name, format!("`{name}/`"));
        }
        for (manifest, text) in manifests {
            let installs = |package: &&&str| names_package(manifest, text, package);
            if let Some(package) = self.packages.iter().find(installs) {
                found.add(INSTALLED, manifest, format!("`{package}` in `{manifest}`"));
            }
        }
        found
    }
}

/// Whether a word stands in a text, and not at the end of another one: `base_url` does not stand in
/// `cdn_base_url`.
fn stands_in(word: &str, text: &str) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let mut places = text.match_indices(word);
    places.any(|(at, _)| !text.slice(..at).ends_with(is_of_word))
}

/// What a small file of the site says; nothing where it cannot be read, which is said by whoever
/// needs it.
fn text(root: &Folder, name: &str) -> Option<String> {
    source::read_setting(root, name).ok().flatten()
}

/// Whether a manifest installs a package.
fn names_package(manifest: &str, text: &str, package: &str) -> bool {
    if manifest == "package.json" {
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return false;
        };
        let lists = ["dependencies", "devDependencies", "peerDependencies"];
        return lists
            .iter()
            .filter_map(|list| value.get(list))
            .any(|list| list.get(package).is_some());
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default())
        .any(|line| {
            line.match_indices(package).any(|(at, _)| {
                let before = line.get(..at).unwrap_or_default();
                let behind = line.get(at + package.len()..).unwrap_or_default();
                !before.ends_with(is_name) && !behind.starts_with(is_name)
            })
        })
}
