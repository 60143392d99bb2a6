//! `feedwright list`: what is understood of each post.

use clap::Args;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::order;
use feedwright_site::config::Config;
use feedwright_site::load::decode;
use feedwright_site::post::Post;
use feedwright_site::source;
use serde::Serialize;

use crate::{commands, load};

use super::output::{in_json, in_line, print, print_as_it_is};
use super::progress::Progress;
use super::render::Renderer;
use super::site_args::SiteArgs;
use super::{DONE, REFUSED, configure};

/// One line of `list --json`.
#[derive(Serialize)]
struct Line<'a> {
    path: String,
    id: &'a str,
    url: &'a str,
    title: &'a str,
    published: String,
    updated: String,
    tags: &'a [String],
    categories: &'a [String],
    authors: Vec<&'a str>,
    summary: Option<&'a str>,
    draft: bool,
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<(&'static str, String)>>,
}

/// Why a post is listed as it is.
struct Why {
    /// Why it has its id.
    id: String,
    /// Which places its title and its date are taken from.
    sources: Vec<(&'static str, String)>,
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// One JSON object a line.
    #[arg(long)]
    pub(super) json: bool,
    /// Say by what evidence each post keeps the id that readers know, and which places its title and
    /// date are taken from.
    #[arg(long)]
    pub(super) why: bool,
}

pub(super) fn run(args: &ListArgs, renderer: &Renderer) -> Result<u8, Error> {
    let over = &args.site.over;
    let mut diags = Diagnostics::new();
    let config = match configure(&args.site.overrides()?, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(code),
    };
    let progress = Progress::new(renderer.is_human() && !over.is_quiet());
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let mut posts = commands::list(&config, &mut diags, &advance)?;
    if args.json {
        // Summaries of posts that have none of their own come from their bodies.
        let summaries = load::summaries(&posts, &config, &mut diags, &advance)?;
        for (post, summary) in posts.iter_mut().zip(summaries) {
            post.summary = post.summary.take().or(summary);
        }
    }
    progress.finish();
    posts.sort_by(|a, b| order(a.published, &a.id).cmp(&order(b.published, &b.id)));
    config.root.records().place(&mut diags);
    diags.sort();
    renderer.diagnostics(&diags, over.detail());
    let language = config.language();
    let mut text = String::new();
    for post in &posts {
        let why = match args.why {
            true => Some(why(post, &config)?),
            false => None,
        };
        text.push_str(&match args.json {
            true => line(post, language, why),
            false => row(post, why.as_ref()),
        });
    }
    if args.json {
        print_as_it_is(&in_json(&text))?;
    } else {
        print(&text)?;
    }
    Ok(if diags.has_errors() { REFUSED } else { DONE })
}

fn line(post: &Post, language: Option<&str>, why: Option<Why>) -> String {
    let (why, sources) = why.map(|why| (why.id, why.sources)).unzip();
    let line = Line {
        path: slashed(&post.path),
        id: &post.id,
        url: post.url.as_str(),
        title: &post.title,
        published: post.published.to_rfc3339(),
        updated: post.updated.to_rfc3339(),
        tags: &post.tags,
        categories: &post.categories,
        authors: post
            .authors
            .iter()
            .map(|author| author.name.as_str())
            .collect(),
        summary: post.summary.as_deref(),
        draft: post.draft,
        language: post.language.as_deref().or(language),
        why,
        sources,
    };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

fn row(post: &Post, why: Option<&Why>) -> String {
    let state = match (post.held, post.draft, post.future.is_some()) {
        (true, ..) => " (held)",
        (_, true, _) => " (draft)",
        (_, false, true) => " (future)",
        (_, false, false) => "",
    };
    let mut row = format!(
        "{}  {}{state}\n            {}\n",
        post.published.day(),
        in_line(&post.title),
        post.url
    );
    if let Some(why) = why {
        row.push_str(&format!(
            "            {}: {}\n",
            in_line(&post.id),
            in_line(&why.id)
        ));
        let sources = why
            .sources
            .iter()
            .map(|(what, place)| match place.starts_with("the ") {
                true => format!("{what} by {place}"),
                false => format!("{what} by `{}`", in_line(place)),
            });
        let sources: Vec<String> = sources.collect();
        if !sources.is_empty() {
            row.push_str(&format!("            {}\n", sources.join(", ")));
        }
    }
    row
}

/// Why a post is listed as it is. What its file said is read again.
fn why(post: &Post, config: &Config) -> Result<Why, Error> {
    let mut unsaid = Diagnostics::new();
    let source = source::read(&config.root, &post.path, &mut unsaid)?;
    let read = source.and_then(|source| decode(&source, config, &mut unsaid));
    let mut sources = Vec::new();
    if let Some((front_matter, metadata)) = read {
        let mut names = config.content.names.title.iter();
        let title = names.find(|name| front_matter.get(name).is_some()).cloned();
        sources.extend(title.map(|name| ("title", name)));
        let date = metadata.published.into_iter().next();
        sources.extend(date.map(|date| ("date", date.origin)));
        let mut names = config.content.names.permalink.iter();
        let address = names.find(|_| metadata.permalink.is_some()).cloned();
        sources.extend(address.map(|name| ("address", name)));
    }
    Ok(Why {
        id: reason(post),
        sources,
    })
}

/// Why a post has its id.
fn reason(post: &Post) -> String {
    match post.evidence {
        Some(evidence) if post.held => format!("may be the post that readers know, by {evidence}"),
        Some(evidence) => format!("the post that readers know, by {evidence}"),
        None if post.draft || post.future.is_some() => "not public".to_owned(),
        None => "new to readers".to_owned(),
    }
}
