//! Ids that posts name themselves.

use feedwright_base::slice::Slice;
use feedwright_site::config::StateKind;
use feedwright_site::front_matter::Format;
use feedwright_site::lint::{ID_UNPINNED, Level};
use feedwright_site::post::{Given, Post};

use super::{Edit, File, Mending, quoted};

/// The id that readers know a public post by, as a key of its own: where the site wants that, and
/// where nothing else keeps it.
pub(super) fn edits(file: &File, post: &Post, mending: &Mending<'_>) -> Vec<Edit> {
    let config = mending.config;
    let is_wanted = match config.state {
        StateKind::None => true,
        StateKind::Lock => config.lints.of(ID_UNPINNED) != Some(Level::Allow),
        // What readers know is not at hand.
        StateKind::Published => false,
    };
    let name = config.content.names.id.first();
    let Some(name) = name.filter(|_| is_wanted && post.is_public(config)) else {
        return Vec::new();
    };
    if file.post.given.id {
        return Vec::new();
    }
    let meant = Post {
        id: post.id.clone(),
        given: Given {
            id: true,
            ..file.post.given
        },
        ..file.post.clone()
    };
    vec![Edit {
        key: name.clone(),
        texts: texts(file, name, &post.id),
        meant,
        left: Some(format!(
            "`{name}: {}` cannot be added without changing more than that",
            post.id
        )),
    }]
}

/// The file with one more key, in the ways that its front matter may have it.
fn texts(file: &File, name: &str, id: &str) -> Vec<String> {
    let (text, front_matter) = (&file.source.text, &file.front_matter);
    let inner = front_matter.inner.clone();
    let end = if text.slice(..front_matter.body_start).contains("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let with = |at: usize, new: String| file.with(&[(at..at, new)]);
    match front_matter.format {
        Format::None => Vec::new(),
        Format::Yaml => {
            let at = behind(text, inner.start, inner.end);
            vec![
                with(at, format!("{name}: {id}{end}")),
                with(at, format!("{name}: {}{end}", quoted(id))),
                // Blank lines can belong to the value above them.
                with(inner.end, format!("{name}: {}{end}", quoted(id))),
            ]
        }
        Format::Headers => {
            let is_ended = text.slice(inner.clone()).ends_with('\n');
            let before = if is_ended { "" } else { end };
            vec![with(inner.end, format!("{before}{name}: {id}{end}"))]
        }
        Format::Toml => {
            // Behind the name of a table, a key is the table's.
            let mut lines = text.slice(inner.clone()).split_inclusive('\n');
            let before = lines.by_ref().take_while(|line| !line.starts_with('['));
            let table = inner.start + before.map(str::len).sum::<usize>();
            let at = behind(text, inner.start, table);
            vec![with(at, format!("{name} = {}{end}", quoted(id)))]
        }
        Format::Json => {
            let first = text
                .slice(inner.clone())
                .find('"')
                .map(|at| inner.start + at);
            let first = first.map(|at| {
                // As far from the one behind it as this is from the brace.
                let before = text.slice(inner.start..at);
                let blank = before.trim_end_matches(char::is_whitespace).len();
                let between = match before.slice(blank..) {
                    "" => " ",
                    between => between,
                };
                let new = format!("{}: {},{between}", quoted(name), quoted(id));
                with(at, new)
            });
            first.into_iter().collect()
        }
    }
}

/// Where the line begins behind the last one of a part that is not blank.
fn behind(text: &str, start: usize, end: usize) -> usize {
    let bare = text.slice(start..end).trim_end();
    let line = text.slice(start + bare.len()..end).find('\n');
    match line {
        Some(line) if !bare.is_empty() => start + bare.len() + line + 1,
        _ => end,
    }
}
