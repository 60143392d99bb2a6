//! What is said when there is nothing to publish.

use std::path::Path;

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::text::with_article;
use feedwright_site::config::Config;
use feedwright_site::dialect::recognition;
use feedwright_site::post::Post;

use crate::select::Selection;

/// What to do where no file is a post.
const NO_FOLDER: &str = "run feedwright in the site's folder, or name the posts' folders in \
                         `content.folders` of feedwright.yaml";

/// A site without a single public post has no feed: that is nearly always a wrong folder.
pub(crate) fn no_posts(
    posts: &[Post],
    selections: &[Selection],
    config: &Config,
    diags: &mut Diagnostics,
) {
    let empty = selections
        .iter()
        .all(|selection| selection.posts.is_empty());
    if !empty || diags.has_errors() || posts.iter().any(|post| post.held) {
        return;
    }
    let reasons = reasons(diags);
    let (message, help) = if posts.is_empty() {
        if config.content.dialect.reads_pages() {
            of_pages(config, diags);
            return;
        }
        (
            format!(
                "there are no posts in {} (read as {} site{reasons})",
                config.root.path().display(),
                with_article(config.content.dialect.title()),
            ),
            other_source(config),
        )
    } else if posts.iter().any(|post| post.is_public(config)) {
        (
            match posts.len() {
                1 => "the only post is none that a feed takes".to_owned(),
                count => format!("none of the {count} posts is one that a feed takes"),
            },
            "`content.include` in feedwright.yaml says which posts the site's own feed takes, and \
             `feeds.taxonomies: [sections]` makes feeds of sections"
                .to_owned(),
        )
    } else if named(diags, "permalink-computed") > posts.len() {
        (
            format!(
                "no post can be published{reasons}, and {} or in the future",
                match posts.len() {
                    1 => "1 more is a draft".to_owned(),
                    count => format!("{count} more are drafts"),
                }
            ),
            "build the site first, and name the folder that it is written to in `content.rendered`: \
             addresses are looked up there"
                .to_owned(),
        )
    } else {
        (
            match posts.len() {
                1 => format!("the only post is a draft or lies in the future{reasons}"),
                count => format!("all {count} posts are drafts or lie in the future{reasons}"),
            },
            "`content.drafts` and `content.future` in feedwright.yaml publish them".to_owned(),
        )
    };
    diags
        .push(crate::Diagnostic::new(crate::Severity::Error, "no-posts", None, message).help(help));
}

/// What to do where no file is a post, by what lies in the folder.
fn other_source(config: &Config) -> String {
    let root = &config.root;
    if let Some(folder) = recognition::built(root) {
        let folder = folder.display();
        return format!("{NO_FOLDER}; `content.dialect: html` reads the pages in {folder}");
    }
    match recognition::lines(root) {
        Some(file) if config.candidates.is_empty() => format!(
            "{NO_FOLDER}; `content.dialect: jsonl` takes each line of {} for a post",
            file.display()
        ),
        _ => NO_FOLDER.to_owned(),
    }
}

/// How many diagnostics have a code.
fn named(diags: &Diagnostics, code: &str) -> usize {
    diags.iter().filter(|found| found.code == code).count()
}

/// Why files that were looked at are no posts, as counts behind a semicolon.
fn reasons(diags: &Diagnostics) -> String {
    let count = |code: &str| named(diags, code);
    let reasons: Vec<String> = [
        ("page-undated", "file has", "files have", "no date"),
        (
            "date-missing",
            "file has",
            "files have",
            "no date of its own",
        ),
        (
            "permalink-computed",
            "file has",
            "files have",
            "a permalink that is computed",
        ),
        ("post-chosen", "file is", "files are", "chosen by code"),
        ("post-format", "file is", "files are", "in another format"),
        ("post-unpublished", "file is", "files are", "not published"),
        (
            "setting-computed",
            "setting is",
            "settings are",
            "computed by code",
        ),
    ]
    .iter()
    .filter_map(|(code, one, several, what)| match count(code) {
        0 => None,
        1 => Some(format!("1 {one} {what}")),
        count => Some(format!(
            "{count} {several} {}",
            what.replace("its own", "their own")
        )),
    })
    .collect();
    match reasons.as_slice() {
        [] => String::new(),
        reasons => format!("; {}", reasons.join(", ")),
    }
}

/// A rendered site whose pages do not say when they were published.
fn of_pages(config: &Config, diags: &mut Diagnostics) {
    let folder = config
        .content
        .rendered
        .as_ref()
        .map(|site| site.folder.as_path());
    let folder = config.root.path().join(folder.unwrap_or(Path::new("")));
    let message = format!(
        "no page in {} says when it was published, and no date is made up",
        folder.display()
    );
    let help = "write `<meta property=\"article:published_time\" content=\"2021-12-13T09:30:00-05:00\">` into \
                the pages of posts, or name what they have in `content.fields.published`";
    diags
        .push(crate::Diagnostic::new(crate::Severity::Error, "no-posts", None, message).help(help));
}
