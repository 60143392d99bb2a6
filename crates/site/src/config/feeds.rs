//! Checks the settings of feeds: the output folder, formats, taxonomies, hubs and extra feeds.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use feedwright_base::{permalink, slug};
use feedwright_feed::{Format, emit};
use url::Url;

use crate::dialect::Dialect;

use super::check::{By, Check};
use super::expression::Expression;
use super::feed_paths::real;
use super::languages::languages;
use super::{FILE, Feeds, FormatPaths, Overrides, SiteDefaults};
use crate::settings::{ContentKind, ExtraFeed, FeedSettings, Settings, Taxonomy};

impl Check<'_> {
    /// The feeds to write, from the command line, the settings and the site's generator, in that
    /// order of precedence.
    pub(super) fn feeds(
        &mut self,
        settings: &Settings,
        overrides: &Overrides,
        defaults: &SiteDefaults,
        dialect: &dyn Dialect,
        base: Option<&Url>,
    ) -> Option<Feeds> {
        let own = &settings.feeds;
        let configured = configured_output(own, overrides, defaults);
        let output = self.output(configured.as_deref(), own, overrides, defaults)?;
        let known = known_paths(own, defaults);
        let formats = self.formats(own, &known);
        self.paths(&formats);
        let by = match (&overrides.output, &own.output, &defaults.output) {
            (Some(_), _, _) => By::Option("--output"),
            (None, None, Some(output)) => By::Generator(output.to_str().unwrap_or_default()),
            _ => By::from("feeds.output"),
        };
        self.outside_content(&formats, &output, by, dialect);
        let file = defaults.file.as_deref().unwrap_or(FILE);
        self.own_feeds(&defaults.own_feeds, &formats, file);
        self.extra(&own.extra);
        self.taxonomies(own.taxonomies.as_deref().unwrap_or_default(), defaults);
        if overrides.preview {
            self.preview(configured.as_deref(), &output);
        }
        Some(Feeds {
            preview: overrides.preview,
            output,
            limit: match own.limit.or(defaults.limit).unwrap_or(20) {
                0 => None,
                limit => Some(limit),
            },
            content: own
                .content
                .or(defaults.content)
                .unwrap_or(ContentKind::Full),
            taxonomies: taxonomies(own, defaults),
            include: if own.include.is_empty() {
                defaults.include.clone()
            } else {
                own.include.clone()
            },
            exclude: [own.exclude.as_slice(), &defaults.exclude].concat(),
            min_posts: own.min_posts.unwrap_or(1),
            max_feeds: own.max_feeds,
            extra: own.extra.clone(),
            languages: languages(defaults, base),
            term_pages: defaults.term_pages.clone(),
            archive: own.archive,
            thumbnails: own.thumbnails.unwrap_or(false),
            hubs: self.hubs(&own.hubs),
            namespaces: self.namespaces(&own.namespaces),
            max_bytes: own.max_bytes,
            own: defaults.own_feeds.clone(),
            formats,
            known,
        })
    }

    /// The folder that feeds are written to, as the command line or the settings name it.
    fn output(
        &mut self,
        configured: Option<&Path>,
        own: &FeedSettings,
        overrides: &Overrides,
        defaults: &SiteDefaults,
    ) -> Option<PathBuf> {
        let Some(output) = overrides.output.as_deref().or(configured) else {
            let folder = defaults.output.clone().unwrap_or_default();
            self.error(
                "config-output",
                By::Generator(folder.to_str().unwrap_or_default()),
                format!(
                    "the site's generator writes to {}, outside of the site",
                    folder.display()
                ),
                "set `feeds.output`, or give `--output`",
            );
            return None;
        };
        // `./.` is `.`: the path is shown to people.
        let output: PathBuf = output.components().collect();
        // Whoever runs the program may name any folder.
        let own = own
            .output
            .iter()
            .map(|folder| (folder, By::from("feeds.output")));
        let default = defaults.output.iter();
        let default =
            default.map(|folder| (folder, By::Generator(folder.to_str().unwrap_or_default())));
        let is_kept = |folder: &PathBuf| {
            let mut parts = folder.components();
            parts.any(|part| is_of_repository(&part.as_os_str().to_string_lossy()))
        };
        if let Some((_, by)) = own.chain(default).find(|(folder, _)| is_kept(folder)) {
            self.error(
                "config-output",
                by,
                format!(
                    "no feed may be written to {}: that folder belongs to the repository",
                    output.display()
                ),
                "set `feeds.output` to the folder that the web server publishes",
            );
        }
        Some(output)
    }

    /// Refuses to write a preview to the folder where feeds are published.
    fn preview(&mut self, configured: Option<&Path>, output: &Path) {
        if configured.and_then(real) == real(output) {
            self.error(
                "config-output",
                By::Option("--output"),
                format!(
                    "a preview would be written to {}, where feeds are published",
                    output.display()
                ),
                "name another folder for it by `--output DIR`",
            );
        }
    }

    /// The formats that are written, with their paths.
    fn formats(&mut self, own: &FeedSettings, known: &[FormatPaths]) -> Vec<FormatPaths> {
        let formats = own.formats.as_deref().unwrap_or(&Format::ALL);
        if formats.is_empty() {
            self.error(
                "config-formats",
                "feeds.formats",
                "`feeds.formats` is empty",
                "name `rss`, `atom` or `json`",
            );
        }
        known
            .iter()
            .filter(|paths| formats.contains(&paths.format))
            .cloned()
            .collect()
    }

    /// The WebSub hubs, each once.
    fn hubs(&mut self, hubs: &[String]) -> Vec<Url> {
        let mut urls = Vec::new();
        for (at, hub) in hubs.iter().enumerate() {
            let url = Url::parse(hub.trim()).ok().filter(|url| {
                matches!(url.scheme(), "http" | "https")
                    && url.fragment().is_none()
                    && url.username().is_empty()
                    && url.password().is_none()
            });
            match url.and_then(|url| permalink::strict(&url)) {
                Some(url) if !urls.contains(&url) => urls.push(url),
                Some(_) => {}
                None => self.error(
                    "config-hubs",
                    format!("feeds.hubs[{at}]"),
                    format!("`feeds.hubs` names `{hub}`, which is no address of a hub"),
                    "write it as `https://pubsubhubbub.appspot.com/`",
                ),
            }
        }
        urls
    }

    /// The namespaces of the site's own elements.
    fn namespaces(&mut self, namespaces: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let is_name = |prefix: &str| {
            let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            prefix.starts_with(|c: char| c.is_ascii_alphabetic()) && prefix.chars().all(is_of_name)
        };
        let mut known = Vec::new();
        for (prefix, uri) in namespaces {
            let key = format!("feeds.namespaces.{prefix}");
            let uri = uri.trim();
            if !is_name(prefix) || emit::is_taken(prefix) {
                let message = format!("`{prefix}` cannot be the prefix of elements of your own");
                let help = "take letters and digits, and no prefix that feeds have already";
                self.error("config-namespaces", key, message, help);
            } else if Url::parse(uri).is_err() {
                let message = format!("`{uri}` is no namespace");
                let help = "write an address of your own, as in `https://example.gov/ns/feed`";
                self.error("config-namespaces", key, message, help);
            } else {
                known.push((prefix.clone(), uri.to_owned()));
            }
        }
        known
    }

    /// Refuses taxonomies that the site does not have: they would give no feed.
    fn taxonomies(&mut self, taxonomies: &[Taxonomy], defaults: &SiteDefaults) {
        for (at, taxonomy) in taxonomies.iter().enumerate() {
            let Taxonomy::Own(name) = taxonomy else {
                continue;
            };
            if defaults.own_taxonomies.contains(name) {
                continue;
            }
            let known = Taxonomy::ALL.each_ref().map(Taxonomy::as_str);
            let own = defaults.own_taxonomies.iter().map(String::as_str);
            let known: Vec<&str> = known.into_iter().chain(own).collect();
            self.error(
                "config-taxonomy",
                format!("feeds.taxonomies[{at}]"),
                format!("`feeds.taxonomies` names `{name}`, which the site does not have"),
                format!("known here: {}", known.join(", ")),
            );
        }
    }

    /// Checks the slugs and the tag expressions of extra feeds.
    fn extra(&mut self, extra: &[ExtraFeed]) {
        for (at, feed) in extra.iter().enumerate() {
            let slug = slug::tag(&feed.slug);
            if slug != feed.slug {
                self.error(
                    "config-extra",
                    format!("feeds.extra[{at}].slug"),
                    format!("`{}` is no slug for a feed", feed.slug),
                    if slug.is_empty() {
                        "use letters, digits and hyphens".to_owned()
                    } else {
                        format!("write it as `{slug}`")
                    },
                );
            }
            if let Err(problem) = Expression::parse(&feed.tags) {
                self.error(
                    "config-extra",
                    format!("feeds.extra[{at}].tags"),
                    format!(
                        "the tag expression `{}` cannot be read: {problem}",
                        feed.tags
                    ),
                    "join tags by `and`, `or`, `not` and brackets; put tags with blanks in quotes",
                );
            }
        }
    }
}

/// The output folder by the settings or the site's generator; `None` where the generator's leads
/// out of the site.
fn configured_output(
    own: &FeedSettings,
    overrides: &Overrides,
    defaults: &SiteDefaults,
) -> Option<PathBuf> {
    match (&own.output, &defaults.output) {
        (Some(output), _) => Some(overrides.root.join(output)),
        // A generator's own configuration may be a stranger's: it leads nowhere else.
        (None, Some(output)) if is_inner(output) => Some(overrides.root.join(output)),
        (None, Some(_)) => None,
        (None, None) => Some(overrides.root.clone()),
    }
}

/// The path patterns of all formats, whether they are written or not.
fn known_paths(own: &FeedSettings, defaults: &SiteDefaults) -> Vec<FormatPaths> {
    let paths = |format| {
        let (site, taxonomy, file) = match format {
            Format::Rss => (&own.paths.rss, &own.taxonomy_paths.rss, "rss.xml"),
            Format::Atom => (&own.paths.atom, &own.taxonomy_paths.atom, "atom.xml"),
            Format::Json => (&own.paths.json, &own.taxonomy_paths.json, "feed.json"),
        };
        let default = defaults.atom_path.as_ref();
        let default = default.filter(|_| format == Format::Atom);
        FormatPaths {
            format,
            site: site
                .as_ref()
                .or(default)
                .cloned()
                .unwrap_or_else(|| format!("/feeds/{file}")),
            taxonomy: taxonomy
                .clone()
                .unwrap_or_else(|| format!("/feeds/:taxonomy/:slug/{file}")),
        }
    };
    Format::ALL.map(paths).to_vec()
}

/// The taxonomies whose members have feeds.
fn taxonomies(own: &FeedSettings, defaults: &SiteDefaults) -> Vec<Taxonomy> {
    own.taxonomies.clone().unwrap_or_else(|| {
        if defaults.taxonomies.is_empty() {
            vec![Taxonomy::Tags]
        } else {
            defaults.taxonomies.clone()
        }
    })
}

/// Whether a folder belongs to the repository or to a service that runs its content. Generators
/// publish from some hidden folders, but from none of these.
fn is_of_repository(part: &str) -> bool {
    const FOLDERS: [&str; 12] = [
        ".circleci",
        ".config",
        ".forgejo",
        ".git",
        ".gitea",
        ".github",
        ".gitlab",
        ".hg",
        ".husky",
        ".idea",
        ".svn",
        ".vscode",
    ];
    let bare = part.trim_end_matches([' ', '.']).to_lowercase();
    FOLDERS.contains(&&*bare)
}

/// Whether a relative path stays below the folder that it is relative to.
fn is_inner(path: &Path) -> bool {
    path.components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
