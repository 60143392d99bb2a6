//! The checked configuration: `feedwright.yaml`, the command line, and what the site's own
//! generator is configured to, in that order of precedence from last to first.

mod settings;

use std::path::{Path, PathBuf};

use chrono_tz::Tz;
use globset::{Glob, GlobSet, GlobSetBuilder};
use url::Url;

use crate::date::{Order, Timestamp, Zone};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, Severity};
use crate::dialect::{self, Dialect, Names, Options};
use crate::error::Error;
use crate::feed::{Format, Person};
use crate::permalink;
use crate::text::plain;

pub(crate) use self::settings::{
    ContentKind, DialectName, ExtraFeed, FieldSettings, Keys, Taxonomy, schema,
};
use self::settings::{PersonSettings, Settings};

/// What the command line says, over everything else.
#[derive(Debug, Clone)]
pub struct Overrides {
    /// The site's folder.
    pub root: PathBuf,
    /// The configuration file, if not `feedwright.yaml` in the site's folder.
    pub config: Option<PathBuf>,
    /// The folder that is published as the site's root.
    pub output: Option<PathBuf>,
    /// The address of the site.
    pub site_url: Option<String>,
    /// The zone of dates that name none.
    pub timezone: Option<String>,
    /// The present: posts after it are not published yet.
    pub now: Timestamp,
}

/// What the site's generator is configured to.
#[derive(Debug, Clone, Default)]
pub(crate) struct SiteDefaults {
    /// The file that says all this.
    pub(crate) file: Option<&'static str>,
    pub(crate) title: Option<String>,
    /// The address without the path of `base_path`.
    pub(crate) url: Option<String>,
    pub(crate) base_path: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) timezone: Option<String>,
    pub(crate) authors: Vec<Person>,
    /// The site's address for people, for when it names no author.
    pub(crate) email: Option<String>,
    pub(crate) icon: Option<String>,
    pub(crate) logo: Option<String>,
    pub(crate) rights: Option<String>,
    pub(crate) limit: Option<usize>,
    pub(crate) content: Option<ContentKind>,
    pub(crate) future: Option<bool>,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    /// Which groups of posts get feeds; tags alone when it is empty.
    pub(crate) taxonomies: Vec<Taxonomy>,
}

/// Everything a run needs to know, checked.
pub struct Config {
    /// The site's folder.
    pub(crate) root: PathBuf,
    pub(crate) site: Site,
    pub(crate) content: Content,
    pub(crate) feeds: Feeds,
    pub(crate) now: Timestamp,
}

/// The site.
pub(crate) struct Site {
    pub(crate) title: String,
    /// Ends with a slash.
    pub(crate) url: Url,
    pub(crate) description: String,
    pub(crate) language: Option<String>,
    pub(crate) zone: Zone,
    /// Never empty: a site without authors is its own.
    pub(crate) authors: Vec<Person>,
    pub(crate) icon: Option<Url>,
    pub(crate) logo: Option<Url>,
    pub(crate) rights: Option<String>,
}

impl Site {
    /// The zone by name, for calendars.
    pub(crate) fn tz(&self) -> Tz {
        match self.zone {
            Zone::Named(tz) => tz,
            Zone::Fixed(_) => Tz::UTC,
        }
    }
}

/// Where the posts are and how they are read.
pub(crate) struct Content {
    pub(crate) folders: Vec<PathBuf>,
    pub(crate) ignore: GlobSet,
    pub(crate) dialect: Box<dyn Dialect>,
    pub(crate) names: Names,
    pub(crate) drafts: bool,
    pub(crate) future: bool,
    pub(crate) order: Option<Order>,
}

/// Which feeds are written.
pub(crate) struct Feeds {
    /// Absolute, or relative to the working folder.
    pub(crate) output: PathBuf,
    /// At least one; each with the path patterns of the site's feed and of all others.
    pub(crate) formats: Vec<FormatPaths>,
    /// `None` means all.
    pub(crate) limit: Option<usize>,
    pub(crate) content: ContentKind,
    pub(crate) taxonomies: Vec<Taxonomy>,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) extra: Vec<ExtraFeed>,
}

/// The path patterns of a format.
#[derive(Debug, Clone)]
pub(crate) struct FormatPaths {
    pub(crate) format: Format,
    pub(crate) site: String,
    pub(crate) taxonomy: String,
}

/// The name of the configuration file in a site's folder.
pub(crate) const FILE: &str = "feedwright.yaml";

impl Config {
    /// Reads and checks the configuration.
    ///
    /// `None` means that it is wrong; the diagnostics say where and how to mend it.
    ///
    /// # Errors
    ///
    /// A folder or file that cannot be read.
    pub fn load(overrides: &Overrides, diags: &mut Diagnostics) -> Result<Option<Config>, Error> {
        if !overrides.root.is_dir() {
            return Err(Error::new(format!(
                "there is no folder {}",
                overrides.root.display()
            )));
        }
        let Some((file, settings)) = read(overrides, diags)? else {
            return Ok(None);
        };
        let folders: Vec<PathBuf> = settings
            .content
            .folders
            .clone()
            .unwrap_or_default()
            .into_iter()
            .map(|folder| {
                folder
                    .components()
                    .filter(|c| !matches!(c, std::path::Component::CurDir))
                    .collect()
            })
            .filter(|folder: &PathBuf| !folder.as_os_str().is_empty())
            .collect();
        let options = Options {
            folders: folders.clone(),
            permalink: settings.content.permalink.clone(),
            drafts: settings.content.drafts.unwrap_or(false),
            smart_punctuation: settings.content.smart_punctuation,
        };
        let detected = dialect::detect(&overrides.root, settings.content.dialect, options, diags)?;
        let mut check = Check { file, diags };
        let site = check.site(&settings, overrides, &detected.defaults);
        let feeds = check.feeds(
            &settings,
            overrides,
            &detected.defaults,
            detected.dialect.as_ref(),
        );
        let ignore = check.globs(&settings.content.ignore);
        check.folders(&folders);
        if diags.has_errors() {
            return Ok(None);
        }
        let (Some(site), Some(feeds)) = (site, feeds) else {
            return Ok(None);
        };
        Ok(Some(Config {
            root: overrides.root.clone(),
            site,
            content: Content {
                folders,
                ignore,
                dialect: detected.dialect,
                names: Names::new(settings.content.fields),
                drafts: settings.content.drafts.unwrap_or(false),
                future: settings
                    .content
                    .future
                    .or(detected.defaults.future)
                    .unwrap_or(false),
                order: settings.dates.order,
            },
            feeds,
            now: overrides.now,
        }))
    }

    /// The language of posts that name none.
    pub fn language(&self) -> Option<&str> {
        self.site.language.as_deref()
    }

    /// The folder that is published as the site's root.
    pub fn output(&self) -> &Path {
        &self.feeds.output
    }
}

fn read(
    overrides: &Overrides,
    diags: &mut Diagnostics,
) -> Result<Option<(PathBuf, Settings)>, Error> {
    let path = overrides
        .config
        .clone()
        .unwrap_or_else(|| overrides.root.join(FILE));
    let shown = overrides
        .config
        .clone()
        .unwrap_or_else(|| PathBuf::from(FILE));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error)
            if error.kind() == std::io::ErrorKind::NotFound && overrides.config.is_none() =>
        {
            return Ok(Some((shown, Settings::default())));
        }
        Err(error) => return Err(Error::io("read the configuration", &shown, error)),
    };
    // A file of comments alone is an empty configuration.
    match serde_yaml::from_str::<Option<Settings>>(&text) {
        Ok(settings) => Ok(Some((shown, settings.unwrap_or_default()))),
        Err(error) => {
            let (line, column) = error
                .location()
                .map_or((0, 0), |at| (at.line(), at.column()));
            let (message, help) = explain(&error.to_string());
            diags.error(
                "config-invalid",
                Location::at(&shown, line, column),
                message,
                help,
            );
            Ok(None)
        }
    }
}

/// The parser's sentence, and the key that was probably meant.
fn explain(error: &str) -> (String, String) {
    let end = error.rfind(" at line ").unwrap_or(error.len());
    let message = &error[..end];
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let default = "`feedwright schema` prints what may stand where".to_owned();
    let Some(start) = message.find("unknown ").filter(|_| quoted.len() > 1) else {
        return (message.to_owned(), default);
    };
    let expected = message.find(", expected").unwrap_or(message.len());
    let (found, known) = (quoted[0], &quoted[1..]);
    let best = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(found, name), name))
        .min()
        .filter(|(distance, _)| *distance <= found.len().div_ceil(2).min(4));
    let help = match best {
        Some((_, name)) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    let message = format!("{}{}", &message[..start], &message[start..expected])
        .replace("unknown field", "there is no key")
        .replace("unknown variant", "there is no value");
    (message, help)
}

/// Collects what is wrong with the settings.
struct Check<'a> {
    file: PathBuf,
    diags: &'a mut Diagnostics,
}

impl Check<'_> {
    fn error(&mut self, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.diags
            .error(code, Location::file(&self.file), message, help);
    }

    fn site(
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
        if authors.is_empty() {
            authors.push(Person {
                name: title.clone(),
                email: defaults.email.clone(),
                url: None,
            });
        }
        let authors = authors
            .into_iter()
            .map(|p| checked_person(p, &url))
            .collect();
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
        let Some(mut url) = parsed else {
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

    fn image(&mut self, name: &str, path: Option<&String>, base: &Url) -> Option<Url> {
        let path = path.filter(|path| !path.trim().is_empty())?;
        let url = absolute(path, base);
        if url.is_none() {
            self.error(
                "config-image",
                format!("`{name}` is `{path}`, which is neither a path on the site nor a URL"),
                "write it as `/assets/logo.png` or `https://…`",
            );
        }
        url
    }

    fn feeds(
        &mut self,
        settings: &Settings,
        overrides: &Overrides,
        defaults: &SiteDefaults,
        dialect: &dyn Dialect,
    ) -> Option<Feeds> {
        let own = &settings.feeds;
        let output = match (&overrides.output, &own.output) {
            (Some(output), _) => output.clone(),
            (None, Some(output)) => overrides.root.join(output),
            (None, None) => overrides.root.clone(),
        };
        let formats = own.formats.clone().unwrap_or_else(|| Format::ALL.to_vec());
        if formats.is_empty() {
            self.error(
                "config-formats",
                "`feeds.formats` is empty",
                "name `rss`, `atom` or `json`",
            );
        }
        let mut paths: Vec<FormatPaths> = Vec::new();
        for format in formats {
            if paths.iter().any(|known| known.format == format) {
                continue;
            }
            let (site, taxonomy, file) = match format {
                Format::Rss => (&own.paths.rss, &own.taxonomy_paths.rss, "rss.xml"),
                Format::Atom => (&own.paths.atom, &own.taxonomy_paths.atom, "atom.xml"),
                Format::Json => (&own.paths.json, &own.taxonomy_paths.json, "feed.json"),
            };
            paths.push(FormatPaths {
                format,
                site: site.clone().unwrap_or_else(|| format!("/feeds/{file}")),
                taxonomy: taxonomy
                    .clone()
                    .unwrap_or_else(|| format!("/feeds/:taxonomy/:slug/{file}")),
            });
        }
        let mut all: Vec<&str> = Vec::new();
        for format in &paths {
            self.pattern(&format.site, false, &mut all);
            self.pattern(&format.taxonomy, true, &mut all);
            let target = output.join(format.site.trim_start_matches('/'));
            self.outside_content(&target, &overrides.root, dialect);
        }
        self.extra(&own.extra);
        Some(Feeds {
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
            extra: own.extra.clone(),
            formats: paths,
        })
    }

    /// Checks one path pattern.
    fn pattern<'p>(&mut self, pattern: &'p str, of_taxonomy: bool, all: &mut Vec<&'p str>) {
        let example = "write it as `/feeds/rss.xml`, or as `/feeds/:taxonomy/:slug/rss.xml`";
        let decoded = permalink::decode(pattern).unwrap_or_default();
        let sane = decoded.starts_with('/')
            && !decoded.ends_with('/')
            && !decoded.contains(['\\', '?', '#', '\0'])
            && decoded[1..]
                .split('/')
                .all(|part| !part.is_empty() && part != "." && part != "..");
        if !sane {
            self.error(
                "config-path",
                format!("`{pattern}` is not the path of a file on the site"),
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
        let real = |path: &Path| {
            path.ancestors().find_map(|above| {
                let rest = path.strip_prefix(above).ok()?;
                Some(
                    if above.as_os_str().is_empty() {
                        Path::new(".")
                    } else {
                        above
                    }
                    .canonicalize()
                    .ok()?
                    .join(rest),
                )
            })
        };
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

    fn extra(&mut self, extra: &[ExtraFeed]) {
        for feed in extra {
            let slug = crate::slug::tag(&feed.slug);
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
            if let Err(problem) = crate::select::Expression::parse(&feed.tags) {
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

    fn globs(&mut self, patterns: &[String]) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            match (Glob::new(pattern), Glob::new(&format!("{pattern}/**"))) {
                (Ok(path), Ok(below)) => {
                    set.add(path);
                    set.add(below);
                }
                (Err(error), _) | (_, Err(error)) => self.error(
                    "config-ignore",
                    format!("`content.ignore` has a pattern that cannot be read: {error}"),
                    "write globs such as `drafts/**` or `*.txt`",
                ),
            }
        }
        set.build().unwrap_or_default()
    }

    fn folders(&mut self, folders: &[PathBuf]) {
        for folder in folders {
            let climbs = folder
                .components()
                .any(|part| !matches!(part, std::path::Component::Normal(_)));
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

/// The person with only such addresses as a feed may carry: an e-mail address with one `@` and
/// a URL that is absolute or can be made so.
pub(crate) fn checked_person(person: Person, base: &Url) -> Person {
    let email = person.email.filter(|email| {
        email.split_once('@').is_some_and(|(local, domain)| {
            let clean = |text: &str| {
                !text.is_empty()
                    && text
                        .chars()
                        .all(|c| c.is_ascii_graphic() && !"@<>(),;:\"[]\\".contains(c))
            };
            clean(local) && clean(domain) && domain.contains('.')
        })
    });
    let url = person
        .url
        .and_then(|url| absolute(&url, base))
        .map(String::from);
    Person {
        name: person.name,
        email,
        url,
    }
}

/// The URL of a path from the site's root or of an absolute http URL.
pub(crate) fn absolute(text: &str, base: &Url) -> Option<Url> {
    let text = text.trim();
    if text.starts_with("http://") || text.starts_with("https://") {
        return permalink::strict(&Url::parse(text).ok()?);
    }
    if text.starts_with("//") || text.contains("://") {
        return permalink::strict(
            &base
                .join(text)
                .ok()
                .filter(|url| url.scheme().starts_with("http"))?,
        );
    }
    permalink::on_site(base, text).ok()
}

/// A BCP 47 language tag in its usual case, from what authors write: `en_us` is `en-US`.
pub(crate) fn language_tag(text: &str) -> Option<String> {
    // A POSIX locale ends in an encoding, as in `de_DE.UTF-8`.
    let text = text
        .trim()
        .split('.')
        .next()
        .unwrap_or_default()
        .replace('_', "-");
    let mut tag = String::new();
    for (at, part) in text.split('-').enumerate() {
        let alphanumeric =
            !part.is_empty() && part.len() <= 8 && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !alphanumeric {
            return None;
        }
        if at == 0 {
            // Primary subtags have two or three letters; longer ones are words such as "english".
            if !(2..=3).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphabetic()) {
                return None;
            }
            tag = part.to_ascii_lowercase();
            continue;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, expected) in [
            ("en", Some("en")),
            ("en_us", Some("en-US")),
            ("EN-us", Some("en-US")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("de_DE.UTF-8", Some("de-DE")),
            ("es-419", Some("es-419")),
            ("english", None),
            ("", None),
            ("en-", None),
            ("e", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn unknown_keys_get_a_suggestion() {
        let check = |text: &str, message: &str, help: &str| {
            let error = serde_yaml::from_str::<Settings>(text).expect_err("an error");
            assert_eq!(
                explain(&error.to_string()),
                (message.to_owned(), help.to_owned())
            );
        };
        check(
            "site:\n  titel: A\n",
            "site: there is no key `titel`",
            "did you mean `title`?",
        );
        check(
            "sites: 1\n",
            "there is no key `sites`",
            "did you mean `site`?",
        );
        check(
            "feeds: {formats: [rdf]}\n",
            "feeds.formats[0]: there is no value `rdf`",
            "did you mean `rss`?",
        );
        check(
            "guard: {nonsense: 1}\n",
            "guard: there is no key `nonsense`",
            "known here: max_resent, max_resurfaced, max_changed",
        );
    }
}
