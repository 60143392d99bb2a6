//! `feedwright init`: a commented configuration of what a site's folder tells.

mod settings;
mod takeover;

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use feedwright_base::diagnostic::{Diagnostics, Severity};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_base::reading;
use feedwright_base::text::with_article;
use feedwright_site::config::FILE;
use feedwright_site::lint;

use crate::{Config, Overrides, commands};

use super::detail::{Detail, Loudness};
use super::moments::now;
use super::output::{in_line, print, print_as_it_is};
use super::render::{Renderer, plural};
use super::{DONE, USAGE, own_feeds};

use self::settings::configuration;

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
    /// Let the feeds stand where the site's generator makes its own, and say how these are turned off.
    #[arg(long)]
    pub(super) takeover: bool,
    #[command(flatten)]
    pub(super) loudness: Loudness,
}

pub(super) fn run(args: &InitArgs, renderer: &Renderer) -> Result<u8, Error> {
    let path = args.dir.join(FILE);
    let is_there = path.exists() && !args.stdout;
    if is_there && !args.takeover {
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
    let taken = match args.takeover {
        true => takeover::feeds(&config)?,
        false => Vec::new(),
    };
    if is_there {
        return Err(takeover::by_hand(&path, &taken));
    }
    let posts = commands::list(&config, &mut diags, &|_, _, _| {})?.len();
    let ambiguous = diags.iter().filter(|d| d.code == "date-ambiguous").count();
    let unread = unread(&config, &diags);
    let mut text = configuration(
        &config,
        &taken,
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
    if args.loudness.detail() <= Detail::Warnings {
        return Ok(DONE);
    }
    let next = if knows_url {
        "`feedwright build` makes the feeds"
    } else {
        "set `site.url` in it, then `feedwright build` makes the feeds"
    };
    print(&format!(
        "Wrote {} for {} site with {}; {next}.\n",
        in_line(&slashed(&path)),
        with_article(config.content.dialect.title()),
        plural(posts, "post")
    ))?;
    let mut more = unread;
    more.extend(wrong(&diags));
    more.extend(about(&config, merges));
    if taken.is_empty() {
        more.extend(own_feeds(&config));
    }
    more.extend(takeover::steps(&taken, &config, knows_url));
    for sentence in &more {
        print(&format!("  {}\n", in_line(sentence)))?;
    }
    Ok(DONE)
}

/// How many files are no posts because something in them is wrong.
fn wrong(diags: &Diagnostics) -> Option<String> {
    let errors = diags.iter().filter(|d| d.severity == Severity::Error);
    let files = errors.filter_map(|error| Some(&error.location.as_ref()?.path));
    let files: HashSet<&PathBuf> = files.collect();
    let what = plural(files.len(), "file");
    (!files.is_empty()).then(|| {
        format!("{what} could not be read and would be missing: `feedwright check` says why.")
    })
}

/// What else is worth knowing of a site: why it is taken for what it is, what it publishes of ours, and
/// which feeds it has.
fn about(config: &Config, merges: bool) -> Vec<String> {
    let mut more = Vec::new();
    if let Some(site) = config.candidates.first() {
        more.push(format!("Known by {}.", site.reasons.join(", ")));
    }
    if let Some(copied) = lint::copied(config) {
        more.push(format!(
            "{} publishes {} with the site: add to `exclude` in {}: [{}].",
            config.content.dialect.title(),
            copied.join(" and "),
            config.generator.as_deref().unwrap_or("its configuration"),
            copied.join(", ")
        ));
    }
    if merges {
        let line = "Added a line to .gitattributes, so that Git merges feedwright.lock by itself.";
        more.push(line.to_owned());
    }
    more
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
