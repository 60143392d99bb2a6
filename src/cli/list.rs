//! `feedwright list`: what is understood of each post.

use clap::Args;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::order;
use feedwright_site::post::Post;
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
}
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// One JSON object a line.
    #[arg(long)]
    pub(super) json: bool,
    /// Say by what evidence each post keeps the id that readers know.
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
    let progress = Progress::new(renderer.is_human() && !over.quiet);
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
    diags.sort();
    renderer.diagnostics(&diags, over.verbose, over.quiet);
    let language = config.language();
    if args.json {
        let lines: String = posts
            .iter()
            .map(|post| line(post, language, args.why))
            .collect();
        print_as_it_is(&in_json(&lines))?;
    } else {
        print(
            &posts
                .iter()
                .map(|post| row(post, args.why))
                .collect::<String>(),
        )?;
    }
    Ok(if diags.has_errors() { REFUSED } else { DONE })
}

fn line(post: &Post, language: Option<&str>, why: bool) -> String {
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
        why: why.then(|| reason(post)),
    };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

fn row(post: &Post, why: bool) -> String {
    let state = match (post.held, post.draft, post.future) {
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
    if why {
        row.push_str(&format!(
            "            {}: {}\n",
            in_line(&post.id),
            in_line(&reason(post))
        ));
    }
    row
}

/// Why a post has its id.
fn reason(post: &Post) -> String {
    match post.evidence {
        Some(evidence) if post.held => format!("may be the post that readers know, by {evidence}"),
        Some(evidence) => format!("the post that readers know, by {evidence}"),
        None if post.draft || post.future => "not public".to_owned(),
        None => "new to readers".to_owned(),
    }
}
