//! Checking settings: what is wrong with them is collected, so that one run shows all of it.

use std::path::{Component, Path, PathBuf};

use chrono_tz::Tz;
use feedwright_base::date::Zone;
use feedwright_base::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use feedwright_base::language::language_tag;
use feedwright_base::text::plain;
use feedwright_base::{permalink, slug};
use feedwright_feed::{Format, Person};
use globset::{GlobSet, GlobSetBuilder};
use url::Url;

use crate::dialect::Dialect;
use crate::source;

use super::{FILE, Feeds, FormatPaths, LOCK, Overrides, Site, SiteDefaults};
use crate::settings::{ContentKind, ExtraFeed, PersonSettings, Settings, Taxonomy};

/// Collects what is wrong with the settings.
pub(super) struct Check<'a> {
    pub(super) file: PathBuf,
    pub(super) diags: &'a mut Diagnostics,
}

impl Check<'_> {
    pub(super) fn error(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diags
            .error(code, Location::file(&self.file), message, help);
    }

    pub(super) fn site(
        &mut self,
        settings: &Settings,
        overrides: &Overrides,
        defaults: &SiteDefaults,
    ) -> Option<Site> {
        let own = &settings.site;
        let text = |own: &Option<String>, default: &Option<String>| {
            own.as_deref()
                .or(default.as_deref())
                .map(plain)
                .filter(|text| !text.is_empty())
        };
        let url = self.base_url(
            overrides.site_url.as_deref().or(own.url.as_deref()),
            defaults,
        )?;
        let title = text(&own.title, &defaults.title).unwrap_or_else(|| {
            let host = url.host_str().unwrap_or_default().to_owned();
            self.diags.warning(
                "config-title",
                Location::file(&self.file),
                format!("the site has no title; its feed is called `{host}`"),
                "set `site.title` in feedwright.yaml",
            );
            host
        });
        let zone = self.zone(
            overrides.timezone.as_deref().or(own.timezone.as_deref()),
            defaults.timezone.as_deref(),
        );
        let language = self.language(own.language.as_deref().or(defaults.language.as_deref()));
        let mut authors: Vec<Person> = match &own.authors {
            Some(authors) => authors.iter().map(person).collect(),
            None => defaults.authors.clone(),
        };
        if authors.iter().any(|author| author.name.is_empty()) {
            self.error(
                "config-authors",
                "an author of the site has no name",
                "give it a `name`",
            );
        }
        if authors.is_empty() {
            authors.push(Person {
                name: title.clone(),
                email: defaults.email.clone(),
                url: None,
            });
        }
        let authors = authors.into_iter().map(|p| p.checked(&url)).collect();
        let icon = self.image(
            "site.icon",
            own.icon.as_ref().or(defaults.icon.as_ref()),
            &url,
        );
        let logo = self.image(
            "site.logo",
            own.logo.as_ref().or(defaults.logo.as_ref()),
            &url,
        );
        Some(Site {
            description: text(&own.description, &defaults.description)
                .unwrap_or_else(|| title.clone()),
            rights: text(&own.rights, &defaults.rights),
            language,
            zone: zone?,
            authors,
            icon,
            logo,
            title,
            url,
        })
    }

    /// The base URL, ending in a slash. An address without a path takes the generator's base
    /// path.
    fn base_url(&mut self, given: Option<&str>, defaults: &SiteDefaults) -> Option<Url> {
        let file = defaults.file.unwrap_or(FILE);
        let Some(text) = given
            .or(defaults.url.as_deref())
            .filter(|text| !text.trim().is_empty())
        else {
            let silent = if file == FILE {
                String::new()
            } else {
                format!(" nor {file}")
            };
            self.diags.push(
                Diagnostic::new(
                    Severity::Error,
                    "config-url",
                    None,
                    format!("neither {FILE}{silent} says the address of the site, and links in feeds must be absolute")
                        .replace("neither feedwright.yaml says", "nothing says"),
                )
                .help("give it with `--site-url https://www.example.gov`, or as `site.url` in feedwright.yaml"),
            );
            return None;
        };
        let invalid =
            "write it as `https://www.example.gov`, with the path that the site lies under, if any";
        let parsed = Url::parse(text.trim()).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        });
        let Some(mut url) = parsed.and_then(|url| permalink::strict(&url)) else {
            self.error(
                "config-url",
                format!("the site's address `{text}` is not an http URL"),
                invalid,
            );
            return None;
        };
        let mut path = url.path().trim_matches('/').to_owned();
        if path.is_empty() {
            path = defaults
                .base_path
                .as_deref()
                .unwrap_or_default()
                .trim_matches('/')
                .to_owned();
        }
        let path = if path.is_empty() {
            "/".to_owned()
        } else {
            format!("/{path}/")
        };
        url.set_path(&path);
        permalink::strict(&url)
    }

    fn zone(&mut self, given: Option<&str>, default: Option<&str>) -> Option<Zone> {
        let Some(name) = given.or(default) else {
            self.diags.note(
                "config-timezone",
                Location::file(&self.file),
                "the site names no time zone; dates without one are taken as UTC \
                 (`site.timezone` sets it)",
            );
            return Some(Zone::Named(Tz::UTC));
        };
        if let Ok(tz) = name.trim().parse::<Tz>() {
            return Some(Zone::Named(tz));
        }
        let nearest = chrono_tz::TZ_VARIANTS
            .iter()
            .min_by_key(|tz| {
                let known = tz.name().to_ascii_lowercase();
                strsim::damerau_levenshtein(&known, &name.to_ascii_lowercase())
            })
            .map_or("America/New_York", |tz| tz.name());
        self.error(
            "config-timezone",
            format!("there is no time zone `{name}`"),
            format!("use a name of the IANA database: did you mean `{nearest}`?"),
        );
        None
    }

    fn language(&mut self, name: Option<&str>) -> Option<String> {
        let name = name?;
        let tag = language_tag(name);
        if tag.is_none() && !name.trim().is_empty() {
            self.diags.warning(
                "config-language",
                Location::file(&self.file),
                format!("`{name}` is not a language tag and is left out"),
                "write it as `en` or `en-US`",
            );
        }
        tag
    }

    pub(super) fn image(&mut self, name: &str, path: Option<&String>, base: &Url) -> Option<Url> {
        let path = path.filter(|path| !path.trim().is_empty())?;
        let url = permalink::absolute(path, base);
        if url.is_none() {
            self.error(
                "config-image",
                format!("`{name}` is `{path}`, which is neither a path on the site nor a URL"),
                "write it as `/assets/logo.png` or `https://…`",
            );
        }
        url
    }

    pub(super) fn feeds(
        &mut self,
        settings: &Settings,
        overrides: &Overrides,
        defaults: &SiteDefaults,
        dialect: &dyn Dialect,
    ) -> Option<Feeds> {
        let own = &settings.feeds;
        let configured = match (&own.output, &defaults.output) {
            (Some(output), _) => Some(overrides.root.join(output)),
            // A generator's own configuration may be a stranger's: it leads nowhere else.
            (None, Some(output)) if is_inner(output) => Some(overrides.root.join(output)),
            (None, Some(_)) => None,
            (None, None) => Some(overrides.root.clone()),
        };
        let Some(output) = overrides.output.clone().or_else(|| configured.clone()) else {
            let folder = defaults.output.clone().unwrap_or_default();
            self.error(
                "config-output",
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
        let named = own.output.iter().chain(&defaults.output);
        let mut parts = named.flat_map(|output| output.components());
        if parts.any(|part| is_of_repository(&part.as_os_str().to_string_lossy())) {
            self.error(
                "config-output",
                format!(
                    "no feed may be written to {}: that folder belongs to the repository",
                    output.display()
                ),
                "set `feeds.output` to the folder that the web server publishes",
            );
        }
        let formats = own.formats.clone().unwrap_or_else(|| Format::ALL.to_vec());
        if formats.is_empty() {
            self.error(
                "config-formats",
                "`feeds.formats` is empty",
                "name `rss`, `atom` or `json`",
            );
        }
        let known = Format::ALL.map(|format| {
            let (site, taxonomy, file) = match format {
                Format::Rss => (&own.paths.rss, &own.taxonomy_paths.rss, "rss.xml"),
                Format::Atom => (&own.paths.atom, &own.taxonomy_paths.atom, "atom.xml"),
                Format::Json => (&own.paths.json, &own.taxonomy_paths.json, "feed.json"),
            };
            FormatPaths {
                format,
                site: site
                    .clone()
                    .or_else(|| {
                        defaults
                            .atom_path
                            .clone()
                            .filter(|_| format == Format::Atom)
                    })
                    .unwrap_or_else(|| format!("/feeds/{file}")),
                taxonomy: taxonomy
                    .clone()
                    .unwrap_or_else(|| format!("/feeds/:taxonomy/:slug/{file}")),
            }
        });
        let paths: Vec<FormatPaths> = known
            .iter()
            .filter(|paths| formats.contains(&paths.format))
            .cloned()
            .collect();
        let mut all: Vec<&str> = Vec::new();
        for format in &paths {
            self.pattern(&format.site, false, &mut all);
            self.pattern(&format.taxonomy, true, &mut all);
            for pattern in [&format.site, &format.taxonomy] {
                let target = output.join(pattern.trim_start_matches('/'));
                self.outside_content(&target, &overrides.root, dialect);
            }
        }
        self.extra(&own.extra);
        self.taxonomies(own.taxonomies.as_deref().unwrap_or_default(), defaults);
        let place = |path: Option<&PathBuf>| path.and_then(|path| real(path));
        if overrides.preview && place(configured.as_ref()) == place(Some(&output)) {
            self.error(
                "config-output",
                format!(
                    "a preview would be written to {}, where feeds are published",
                    output.display()
                ),
                "name another folder for it by `--output DIR`",
            );
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
            taxonomies: own.taxonomies.clone().unwrap_or_else(|| {
                if defaults.taxonomies.is_empty() {
                    vec![Taxonomy::Tags]
                } else {
                    defaults.taxonomies.clone()
                }
            }),
            include: if own.include.is_empty() {
                defaults.include.clone()
            } else {
                own.include.clone()
            },
            exclude: own
                .exclude
                .iter()
                .chain(&defaults.exclude)
                .cloned()
                .collect(),
            min_posts: own.min_posts.unwrap_or(1),
            max_feeds: own.max_feeds,
            extra: own.extra.clone(),
            language_titles: defaults
                .language_titles
                .iter()
                .filter_map(|(tag, title)| Some((language_tag(tag)?, plain(title))))
                .collect(),
            archive: own.archive,
            hubs: self.hubs(&own.hubs),
            max_bytes: own.max_bytes,
            formats: paths,
            known: known.to_vec(),
        })
    }

    /// Checks one path pattern.
    fn pattern<'p>(&mut self, pattern: &'p str, of_taxonomy: bool, all: &mut Vec<&'p str>) {
        let example = "write it as `/feeds/rss.xml`, or as `/feeds/:taxonomy/:slug/rss.xml`";
        let decoded = permalink::decode(pattern).unwrap_or_default();
        let sane = decoded.starts_with('/')
            && !decoded.ends_with('/')
            && !decoded.contains(['\\', '?', '#'])
            && !decoded.contains(char::is_control)
            && decoded[1..]
                .split('/')
                .all(|part| !part.is_empty() && part != "." && part != "..");
        if !sane {
            self.error(
                "config-path",
                format!("`{pattern}` is not the path of a file on the site"),
                example,
            );
        } else if let Some(part) = decoded.split('/').find(|part| is_kept(part)) {
            self.error(
                "config-path",
                format!("no feed may be `{pattern}`: `{part}` is not what a web server publishes"),
                example,
            );
        } else if of_taxonomy && !pattern.contains(":slug") {
            self.error(
                "config-path",
                format!(
                    "the path `{pattern}` of tag feeds has no `:slug`, so all would be one file"
                ),
                example,
            );
        } else if let Some(other) = all.iter().find(|other| {
            pattern.starts_with(&format!("{other}/")) || other.starts_with(&format!("{pattern}/"))
        }) {
            self.error(
                "config-path",
                format!("the path `{pattern}` needs a folder where `{other}` is a file"),
                "give the files of one folder different names",
            );
        } else if all.contains(&pattern) {
            self.error(
                "config-path",
                format!("two formats have the same path `{pattern}`"),
                "give each format a path of its own",
            );
        }
        all.push(pattern);
    }

    fn outside_content(&mut self, target: &Path, root: &Path, dialect: &dyn Dialect) {
        // Compare what the paths really are: the output folder may be given from elsewhere.
        let (Some(target), Some(root)) = (real(target), real(root)) else {
            return;
        };
        if let Ok(relative) = target.strip_prefix(&root)
            && dialect.holds_posts(relative)
        {
            self.error(
                "config-output",
                format!(
                    "the feed {} would lie inside the posts' own folder",
                    permalink::slashed(relative)
                ),
                "set `feeds.output` to the folder that the web server publishes, outside of the posts",
            );
        }
    }

    fn hubs(&mut self, hubs: &[String]) -> Vec<Url> {
        let mut urls = Vec::new();
        for hub in hubs {
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
                    format!("`feeds.hubs` names `{hub}`, which is no address of a hub"),
                    "write it as `https://pubsubhubbub.appspot.com/`",
                ),
            }
        }
        urls
    }

    /// A taxonomy that nobody knows would have no feed, and nobody would be told.
    fn taxonomies(&mut self, taxonomies: &[Taxonomy], defaults: &SiteDefaults) {
        for taxonomy in taxonomies {
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
                format!("`feeds.taxonomies` names `{name}`, which the site does not have"),
                format!("known here: {}", known.join(", ")),
            );
        }
    }

    fn extra(&mut self, extra: &[ExtraFeed]) {
        for feed in extra {
            let slug = slug::tag(&feed.slug);
            if slug != feed.slug {
                self.error(
                    "config-extra",
                    format!("`{}` is no slug for a feed", feed.slug),
                    if slug.is_empty() {
                        "use letters, digits and hyphens".to_owned()
                    } else {
                        format!("write it as `{slug}`")
                    },
                );
            }
            if let Err(problem) = super::expression::Expression::parse(&feed.tags) {
                self.error(
                    "config-extra",
                    format!(
                        "the tag expression `{}` cannot be read: {problem}",
                        feed.tags
                    ),
                    "join tags by `and`, `or`, `not` and brackets; put tags with blanks in quotes",
                );
            }
        }
    }

    pub(super) fn globs(&mut self, key: &str, patterns: &[String]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            if let Err(error) = source::add_pattern(&mut set, pattern) {
                self.error(
                    "config-ignore",
                    format!("`{key}` has a pattern that cannot be read: {error}"),
                    "write globs such as `drafts/**` or `*.txt`",
                );
            }
        }
        set.build().unwrap_or_default()
    }

    pub(super) fn folders(&mut self, folders: &[PathBuf]) {
        for folder in folders {
            let climbs = folder
                .components()
                .any(|part| !matches!(part, Component::Normal(_)));
            if climbs {
                self.error(
                    "config-folders",
                    format!(
                        "the content folder {} lies outside of the site",
                        folder.display()
                    ),
                    "name a folder below the site's folder, or run feedwright further up",
                );
            }
        }
    }
}

/// Whether a part of a path belongs to programs, and no feed may be it or lie in it: what is hidden,
/// such as `.git` and `.github`, and feedwright's own files. File systems may know no case.
fn is_kept(part: &str) -> bool {
    let own = [FILE, LOCK];
    let is_hidden = part.starts_with('.') && !part.eq_ignore_ascii_case(".well-known");
    // Windows takes such ends off.
    let bare = part.trim_end_matches([' ', '.']);
    is_hidden || own.iter().any(|own| own.eq_ignore_ascii_case(bare))
}

/// Whether a folder of the site belongs to its repository or to the services that run what lies in
/// it: generators publish from hidden folders too, but from none of these.
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

/// What a path really is, as far as it exists.
fn real(path: &Path) -> Option<PathBuf> {
    path.ancestors().find_map(|above| {
        let rest = path.strip_prefix(above).ok()?;
        let above = if above.as_os_str().is_empty() {
            Path::new(".")
        } else {
            above
        };
        // Joining nothing would add a slash.
        let real = above.canonicalize().ok()?;
        Some(real.join(rest).components().collect())
    })
}

/// Whether a path stays below the folder that it counts from.
fn is_inner(path: &Path) -> bool {
    path.components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

fn person(settings: &PersonSettings) -> Person {
    match settings {
        PersonSettings::Name(name) => Person {
            name: plain(name),
            email: None,
            url: None,
        },
        PersonSettings::Full(full) => Person {
            name: plain(&full.name),
            email: full.email.clone(),
            url: full.url.clone(),
        },
    }
}
