//! `feedwright links`: what pages and servers say so that readers find the feeds.

use clap::{Args, ValueEnum};
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_site::config::Host;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::commands::{self, FeedLink};

use super::output::{in_html, in_json, print_as_it_is};
use super::progress::Progress;
use super::render::Renderer;
use super::site_args::SiteArgs;
use super::{REFUSED, configure};
#[derive(Debug, Args)]
pub(super) struct LinksArgs {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Also the feed of this tag, category, author or the like, by its name or slug, in each
    /// language that has it; may stand several times.
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    /// For whom.
    #[arg(long, value_name = "FORMAT", default_value = "html")]
    pub(super) format: LinkFormat,
}

/// For whom links to feeds are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LinkFormat {
    /// Elements for the head of a page.
    Html,
    /// Headers of HTTP.
    Headers,
    /// One JSON array.
    Json,
    /// Redirects from old addresses of feeds for Netlify, Cloudflare Pages and GitLab Pages.
    Netlify,
    /// The same for nginx.
    Nginx,
    /// The same for Apache.
    Apache,
}

pub(super) fn run(args: &LinksArgs, renderer: &Renderer) -> Result<u8, Error> {
    let over = &args.site.over;
    let mut diags = Diagnostics::new();
    let config = match configure(&args.site.overrides()?, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(code),
    };
    let redirects = |host| {
        renderer.diagnostics(&diags, over.detail());
        print_as_it_is(&commands::redirects(&config, host)?)
    };
    let text: fn(&[FeedLink]) -> String = match args.format {
        LinkFormat::Html => elements,
        LinkFormat::Headers => headers,
        LinkFormat::Json => objects,
        LinkFormat::Netlify => return redirects(Host::Netlify),
        LinkFormat::Nginx => return redirects(Host::Nginx),
        LinkFormat::Apache => return redirects(Host::Apache),
    };
    let progress = Progress::new(renderer.is_human() && !over.is_quiet());
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let links = commands::links(&config, &args.tags, &mut diags, &advance);
    progress.finish();
    let links = links?;
    config.root.records().place(&mut diags);
    diags.sort();
    renderer.diagnostics(&diags, over.detail());
    let code = print_as_it_is(&text(&links))?;
    Ok(if diags.has_errors() { REFUSED } else { code })
}

fn elements(links: &[FeedLink]) -> String {
    in_html(&links.iter().map(element).collect::<String>()).into_owned()
}

fn headers(links: &[FeedLink]) -> String {
    links.iter().map(header).collect()
}

fn objects(links: &[FeedLink]) -> String {
    let object = |link: &FeedLink| {
        let mut object = json!({
            "rel": "alternate",
            "type": link.format.media_type(),
            "title": link.title,
            "href": link.url,
        });
        if let (Some(map), Some(language)) = (object.as_object_mut(), &link.language) {
            map.insert("hreflang".to_owned(), json!(language));
        }
        object
    };
    let links: Vec<_> = links.iter().map(object).collect();
    in_json(&serde_json::to_string_pretty(&links).unwrap_or_default()).into_owned() + "\n"
}

/// An element for the head of a page: HTML, “Link type `alternate`”.
fn element(link: &FeedLink) -> String {
    let attribute = |text: &str| html_escape::encode_double_quoted_attribute(text).into_owned();
    let language = link.language.as_ref();
    let language = language.map_or_else(String::new, |tag| format!(" hreflang=\"{tag}\""));
    format!(
        "<link rel=\"alternate\" type=\"{}\"{language} title=\"{}\" href=\"{}\">\n",
        link.format.media_type(),
        attribute(&link.title),
        attribute(&link.url)
    )
}

/// A header of HTTP: RFC 8288 section 3, with titles beyond ASCII by RFC 8187.
fn header(link: &FeedLink) -> String {
    /// What stands for itself in an extended value: RFC 8187 section 3.2.1.
    const ATTR: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'!')
        .remove(b'#')
        .remove(b'$')
        .remove(b'&')
        .remove(b'+')
        .remove(b'-')
        .remove(b'.')
        .remove(b'^')
        .remove(b'_')
        .remove(b'`')
        .remove(b'|')
        .remove(b'~');
    let title = if link.title.is_ascii() {
        let quoted = link.title.replace('\\', "\\\\").replace('"', "\\\"");
        format!("title=\"{quoted}\"")
    } else {
        format!("title*=UTF-8''{}", utf8_percent_encode(&link.title, ATTR))
    };
    let language = link.language.as_ref();
    let language = language.map_or_else(String::new, |tag| format!("hreflang=\"{tag}\"; "));
    // A URL has no angle brackets in it.
    format!(
        "Link: <{}>; rel=\"alternate\"; type=\"{}\"; {language}{title}\n",
        link.url,
        link.format.media_type()
    )
}
