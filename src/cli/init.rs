//! `feedwright init`: a commented configuration of what a site's folder tells.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use feedwright_base::diagnostic::{Diagnostics, Severity};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::reading;
use feedwright_site::config::FILE;
use feedwright_site::lint;

use crate::{Config, Overrides, commands};

use super::detail::Detail;
use super::moments::now;
use super::output::{in_json, in_line, print, print_as_it_is};
use super::render::{Renderer, plural};
use super::{DONE, USAGE};

/// Stands for the site's address while nobody has said it.
const EXAMPLE: &str = "https://www.example.gov";
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The site's folder.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// The address of the site.
    #[arg(long, value_name = "URL")]
    pub(super) site_url: Option<String>,
    /// Print the configuration instead of writing it.
    #[arg(long)]
    pub(super) stdout: bool,
}

pub(super) fn run(args: &InitArgs, renderer: &Renderer) -> Result<u8, Error> {
    let path = args.dir.join(FILE);
    if path.exists() && !args.stdout {
        return Err(Error::new(format!(
            "{} is already there and is not replaced",
            path.display()
        )));
    }
    let mut overrides = Overrides::new(&args.dir, now(None)?);
    overrides.site_url.clone_from(&args.site_url);
    let mut diags = Diagnostics::new();
    let Some((config, knows_url)) = inspect(overrides, renderer, &mut diags)? else {
        return Ok(USAGE);
    };
    let posts = commands::list(&config, &mut diags, &|_, _, _| {})?.len();
    let ambiguous = diags.iter().filter(|d| d.code == "date-ambiguous").count();
    let unread = unread(&config, &diags);
    let mut text = configuration(
        &config,
        args.site_url.as_deref(),
        knows_url,
        posts,
        ambiguous,
    );
    if !unread.is_empty() {
        text.push_str("\n# What feedwright could not read:\n");
        for sentence in &unread {
            text.push_str(&format!("# - {}\n", in_line(sentence)));
        }
    }
    if args.stdout {
        return print_as_it_is(&text);
    }
    write_new(&path, &text)?;
    let merges = merge_by_union(&args.dir)?;
    let next = if knows_url {
        "`feedwright build` makes the feeds"
    } else {
        "set `site.url` in it, then `feedwright build` makes the feeds"
    };
    print(&format!(
        "Wrote {} for {} {} site with {}; {next}.\n",
        in_line(&slashed(&path)),
        if config.content.dialect.name().starts_with(['a', 'e']) {
            "an"
        } else {
            "a"
        },
        config.content.dialect.name(),
        plural(posts, "post")
    ))?;
    for sentence in &unread {
        print(&format!("  {}\n", in_line(sentence)))?;
    }
    if let Some(site) = config.candidates.first() {
        print(&format!("  Known by {}.\n", site.reasons.join(", ")))?;
    }
    if let Some(copied) = lint::copied(&config) {
        print(&format!(
            "  {} publishes {} with the site: add to `exclude` in {}: [{}].\n",
            config.content.dialect.name(),
            copied.join(" and "),
            config.generator.as_deref().unwrap_or("its configuration"),
            copied.join(", ")
        ))?;
    }
    if merges {
        print("  Added a line to .gitattributes, so that Git merges feedwright.lock by itself.\n")?;
    }
    Ok(DONE)
}

/// What stays unknown because it is code or in another format, and what to do about it.
fn unread(config: &Config, diags: &Diagnostics) -> Vec<String> {
    let count = |code: &str| diags.iter().filter(|d| d.code == code).count();
    let mut sentences = Vec::new();
    if let Some(file) = &config.generator {
        let is_code = [".js", ".ts", ".mjs", ".mts", ".cjs", ".cts", ".py"]
            .iter()
            .any(|extension| file.ends_with(extension));
        if is_code {
            sentences.push(format!(
                "{file} is code and is not run: only what stands in it in plain words is known; \
                 check `site` and `content.permalink`."
            ));
        }
    }
    for diagnostic in diags.iter() {
        if matches!(diagnostic.code, "config-blog" | "config-generator") {
            let message = &diagnostic.message;
            let help = diagnostic.help.as_deref().unwrap_or_default();
            sentences.push(format!("{message}: {help}."));
        }
    }
    let computed = count("permalink-computed");
    if computed > 0 {
        sentences.push(format!(
            "The permalinks of {} are computed by code; set `content.permalink`, for example to \
             /blog/:year/:month/:day/:slug/.",
            plural(computed, "post")
        ));
    }
    let other = count("post-format");
    if other > 0 {
        sentences.push(format!(
            "{} in another format than Markdown or HTML; no feed has what is in there.",
            if other == 1 {
                "1 file is".to_owned()
            } else {
                format!("{other} files are")
            }
        ));
    }
    sentences
}

/// The configuration of the site as it is, and whether its address is known.
fn inspect(
    mut overrides: Overrides,
    renderer: &Renderer,
    found: &mut Diagnostics,
) -> Result<Option<(Config, bool)>, Error> {
    let mut diags = Diagnostics::new();
    if let Some(config) = Config::load(&overrides, &mut diags)? {
        found.append(diags);
        return Ok(Some((config, true)));
    }
    let only_url = diags
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .all(|d| d.code == "config-url");
    if only_url && overrides.site_url.is_none() {
        let mut diags = Diagnostics::new();
        overrides.site_url = Some(EXAMPLE.to_owned());
        if let Some(config) = Config::load(&overrides, &mut diags)? {
            found.append(diags);
            return Ok(Some((config, false)));
        }
    }
    renderer.diagnostics(&diags, Detail::Usual);
    Ok(None)
}

/// Tells Git to merge locks by union: two branches that each add a post are no conflict. Returns
/// whether that was new.
fn merge_by_union(root: &Path) -> Result<bool, Error> {
    let line = format!("{} merge=union\n", crate::state::lock::FILE);
    let path = root.join(".gitattributes");
    let failed = |error| Error::io("write", &path, error);
    let before = match reading::text(&path, reading::LARGEST) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    if before.lines().any(|known| known.trim() == line.trim()) {
        return Ok(false);
    }
    let gap = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .and_then(|mut file| file.write_all(format!("{gap}{line}").as_bytes()))
        .map_err(failed)?;
    Ok(true)
}

fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |error| Error::io("write", path, error);
    let mut file = std::fs::File::create_new(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

/// The file: what was said stands as it is, what was found or may be wanted behind a `#`.
fn configuration(
    config: &Config,
    site_url: Option<&str>,
    knows_url: bool,
    posts: usize,
    ambiguous: usize,
) -> String {
    let mut text = format!(
        "# How feedwright makes the feeds of this site; `feedwright schema` describes every key.\n\
         # A line behind a # shows what holds without it, or an example.\n\n\
         {}# {} found.\n\
         {}{}",
        site_section(config, site_url, knows_url),
        plural(posts, "post"),
        content_section(config.content.dialect.name()),
        feeds_section(config),
    );
    if ambiguous > 0 {
        text.push_str(&format!(
            "\n# {} could be read in two ways, and {} refused until this says which.\n\
             # dates:\n#   order: dmy  # or mdy\n",
            plural(ambiguous, "date"),
            if ambiguous == 1 { "is" } else { "are" }
        ));
    }
    text
}

/// The section `site`, with a blank line behind it.
fn site_section(config: &Config, site_url: Option<&str>, knows_url: bool) -> String {
    // JSON's strings are YAML's.
    let quoted =
        |text: &str| in_json(&serde_json::to_string(text).unwrap_or_default()).into_owned();
    let site = &config.site;
    let url = match site_url {
        Some(url) => format!("  url: {}\n", quoted(url)),
        None if knows_url => format!("  # url: {}\n", quoted(site.url.as_str())),
        None => format!(
            "  # The address of the site: links in feeds are absolute.\n  # url: {EXAMPLE}\n"
        ),
    };
    let title = if knows_url || site.title != "www.example.gov" {
        site.title.as_str()
    } else {
        "Example Agency"
    };
    let language = in_line(site.language.as_deref().unwrap_or("en-US"));
    format!(
        "site:\n{url}\
         \x20 # title: {}\n\
         \x20 # description: {}\n\
         \x20 # language: {language}\n\
         \x20 # The zone of dates that name none.\n\
         \x20 # timezone: {}\n\n",
        quoted(title),
        quoted(&site.description),
        site.tz().name(),
    )
}

/// The section `content`, with a blank line behind it.
fn content_section(dialect: &str) -> String {
    let permalink = match dialect {
        "plain" => {
            "  # Where the site publishes a post that names no permalink.\n  # permalink: /:path/\n"
        }
        "jekyll" => "",
        _ => {
            "  # Instead of the permalinks of the site's own configuration:\n  # permalink: /:year/:month/:day/:slug/\n"
        }
    };
    format!(
        "content:\n\
         \x20 dialect: {dialect}\n{permalink}\
         \x20 # ignore: [\"drafts/**\"]\n\n"
    )
}

/// The section `feeds`.
fn feeds_section(config: &Config) -> String {
    let output = config
        .feeds
        .output
        .strip_prefix(config.root.path())
        .map(slashed)
        .unwrap_or_default();
    let output = if output.is_empty() { "." } else { &output };
    let output = in_line(output);
    let limit = config.feeds.limit.unwrap_or(0);
    format!(
        "feeds:\n\
         \x20 # The folder that the web server publishes as /.\n\
         \x20 # output: {output}\n\
         \x20 # How many entries a feed has at most; 0 means all.\n\
         \x20 limit: {limit}\n\
         \x20 # content: full  # or summary\n\
         \x20 # taxonomies: [tags]  # also categories, authors, sections, languages\n\
         \x20 # exclude: [internal]\n"
    )
}
