//! What a site has beside its posts, as far as its folder tells.

use std::path::{Path, PathBuf};

use feedwright_base::slice::Slice;
use feedwright_site::config::Config;
use feedwright_site::folder::Edge;
use feedwright_site::front_matter::{Value, is_too_large};
use feedwright_site::source::read_setting;

/// The folders that generators copy to the site's root, beside the one that feeds go to.
const COPIED: [&str; 6] = ["", "static", "public", "source", "src", "content"];

/// What a page or a file is called whose address ends in its name alone.
const ENDINGS: [&str; 6] = ["", ".html", "/index.html", ".md", "/index.md", ".markdown"];

/// What may answer an address that no post has.
pub(super) struct Answers {
    folders: Vec<(PathBuf, Edge)>,
    /// The beginnings of paths that lead elsewhere.
    redirected: Vec<String>,
    /// The paths that do.
    moved: Vec<String>,
}

impl Answers {
    pub(super) fn of(config: &Config) -> Self {
        let rendered = config.content.rendered.iter().map(|site| &*site.folder);
        let inner: Vec<&Path> = COPIED.iter().map(Path::new).chain(rendered).collect();
        let mut answers = Answers {
            folders: inner
                .iter()
                .map(|folder| (config.root.path().join(folder), config.root.edge().clone()))
                .collect(),
            redirected: Vec::new(),
            moved: Vec::new(),
        };
        let output = &config.feeds.output;
        answers.folders.push((output.clone(), Edge::of(output)));
        for folder in inner {
            let name = folder.join("_redirects");
            // A file that cannot be read answers nothing; this is no place to stop for it.
            if let Ok(Some(text)) = read_setting(&config.root, &name.to_string_lossy()) {
                let lines = text
                    .lines()
                    .filter_map(|line| line.split_whitespace().next());
                lines.for_each(|from| answers.redirect(from));
            }
        }
        if let Ok(Some(text)) = read_setting(&config.root, "netlify.toml")
            && !is_too_large(&text)
            && let Ok(table) = toml::from_str::<toml::Table>(&text)
        {
            let value = Value::from(toml::Value::Table(table));
            let all = value.get("redirects").map(Value::items).unwrap_or_default();
            let from = all.iter().filter_map(|redirect| redirect.text(&["from"]));
            from.for_each(|from| answers.redirect(&from));
        }
        answers
    }

    /// Adds a rule of Netlify and others, in which `*` and `:name` stand for anything.
    fn redirect(&mut self, from: &str) {
        let Some(path) = from.strip_prefix('/') else {
            return;
        };
        match path.find(['*', ':']) {
            // A rule for everything tells nothing: most often it is the page for what is missing.
            Some(0) => {}
            Some(end) => self.redirected.push(path.slice(..end).to_owned()),
            None => self.moved.push(path.trim_end_matches('/').to_owned()),
        }
    }

    /// Whether something is at a path below the site's root.
    pub(super) fn has(&self, path: &str) -> bool {
        let is_moved = self.moved.iter().any(|moved| moved == path)
            || self.redirected.iter().any(|start| path.starts_with(start));
        let is_inside = path.split('/').all(|part| part != ".." && part != ".");
        let is_there = |(folder, edge): &(PathBuf, Edge)| {
            let paths = ENDINGS.map(|ending| folder.join(format!("{path}{ending}")));
            // Most of them are nowhere, which is sooner seen.
            let mut paths = paths.iter().filter(|path| path.is_file());
            paths.any(|path| edge.inside(path).is_some())
        };
        is_moved || (is_inside && self.folders.iter().any(is_there))
    }
}
