//! Doors for the fuzz targets in `fuzz` to what is not public: a small function for each, which
//! asserts what holds of any input. They are there for the fuzzer and, so that they do not rot, for
//! the project's own tests; no other build has them.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::thread::sleep;
use std::time::Duration;

use feedwright_base::date::Timestamp;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_site::body::{self, PostLinks, Resources};
use feedwright_site::config::{Config, Overrides};
use feedwright_site::front_matter::{self, FrontMatter, Syntax};
use feedwright_site::load::load as load_post;
use feedwright_site::post::Post;
use feedwright_site::source::Source;
use rayon::prelude::*;
use tempfile::TempDir;

use crate::build::build;
use crate::run::BuildOptions;
use crate::state::Lock;

/// The generators by whose rules texts are read.
pub const DIALECTS: [&str; 12] = [
    "plain",
    "jekyll",
    "hugo",
    "zola",
    "hexo",
    "eleventy",
    "docusaurus",
    "pelican",
    "astro",
    "jsonl",
    "mkdocs",
    "vitepress",
];

/// A site of one generator, for texts to be read in.
struct Ground {
    folder: TempDir,
    config: Config,
    /// A post in Markdown and one in HTML.
    posts: Vec<Post>,
    links: Arc<PostLinks>,
}

static GROUNDS: [LazyLock<Ground>; DIALECTS.len()] = [
    LazyLock::new(|| Ground::of(DIALECTS[0])),
    LazyLock::new(|| Ground::of(DIALECTS[1])),
    LazyLock::new(|| Ground::of(DIALECTS[2])),
    LazyLock::new(|| Ground::of(DIALECTS[3])),
    LazyLock::new(|| Ground::of(DIALECTS[4])),
    LazyLock::new(|| Ground::of(DIALECTS[5])),
    LazyLock::new(|| Ground::of(DIALECTS[6])),
    LazyLock::new(|| Ground::of(DIALECTS[7])),
    LazyLock::new(|| Ground::of(DIALECTS[8])),
    LazyLock::new(|| Ground::of(DIALECTS[9])),
    LazyLock::new(|| Ground::of(DIALECTS[10])),
    LazyLock::new(|| Ground::of(DIALECTS[11])),
];

impl Ground {
    fn of(dialect: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let settings = format!(
            "site: {{title: S, url: 'https://example.gov/', timezone: America/New_York}}\n\
             content: {{dialect: {dialect}}}\n\
             feeds: {{output: public, namespaces: {{gov: 'https://example.gov/ns'}}}}\n\
             podcast: {{slug: p, artwork: /a.png, categories: Arts, language: en}}\n"
        );
        let file = folder.path().join(feedwright_site::config::FILE);
        std::fs::write(file, settings).expect("the folder can be written to");
        // Without a blog no file of MkDocs is a post.
        let blog = "docs_dir: content\nplugins: [{blog: {blog_dir: ., post_dir: .}}]\n";
        std::fs::write(folder.path().join("mkdocs.yml"), blog)
            .expect("the folder can be written to");
        let config = config(folder.path());
        let load = |path: &str, kind: &str| {
            let text = if dialect == "jsonl" {
                format!(
                    "{{\"title\":\"A <b>\",\"date_published\":\"2021-03-04 05:06:07\",\"url\":\"/{kind}\",\
                     \"content_{kind}\":\"Text.\"}}\nText."
                )
            } else {
                "---\ntitle: A <b>\ndate: 2021-03-04 05:06:07\n---\nText.\n".to_owned()
            };
            let path = path.into();
            let source = Source { path, text };
            let mut diags = Diagnostics::new();
            let post = load_post(&source, &config, &|_| None, &mut diags);
            post.unwrap_or_else(|| panic!("{dialect}: {diags:?}"))
        };
        let posts = vec![
            load("content/2021-03-04-a.md", "markdown"),
            load("content/2021-03-04-b.html", "html"),
        ];
        let links = Arc::new(PostLinks::new(posts.par_iter()));
        Ground {
            folder,
            config,
            posts,
            links,
        }
    }
}

/// The configuration of a site.
fn config(root: &Path) -> Config {
    let now = Timestamp::from_epoch(1_700_000_000).expect("the time can be written");
    let overrides = Overrides::new(root, now);
    let mut diags = Diagnostics::new();
    let config = Config::load(&overrides, &mut diags).expect("the settings can be read");
    config.unwrap_or_else(|| panic!("{diags:?}"))
}

/// Reads the front matter of a text by every syntax, and the post that it is to one generator.
pub fn front_matter(text: &str, dialect: usize) {
    let source = Source {
        path: "content/2021-03-04-a.md".into(),
        text: text.to_owned(),
    };
    let all = [
        Syntax::Fenced,
        Syntax::AtTop,
        Syntax::OpenTop,
        Syntax::Headers,
        Syntax::Record,
    ];
    for syntax in all {
        let decode = || {
            let mut diags = Diagnostics::new();
            let found = front_matter::decode(&source, syntax, &mut diags);
            (found, diags)
        };
        let (found, diags) = decode();
        assert_eq!((&found, &diags), (&decode().0, &decode().1), "{syntax:?}");
        assert_eq!(found.is_none(), diags.has_errors(), "{syntax:?} {diags:?}");
        are_inside(&diags, text);
        if let Some(found) = found {
            is_sound(&found, text);
        }
    }
    let config = &GROUNDS[dialect % GROUNDS.len()].config;
    let load = || {
        let mut diags = Diagnostics::new();
        let post = load_post(&source, config, &|_| None, &mut diags);
        (post, diags)
    };
    let (post, diags) = load();
    assert_eq!((&post, &diags), (&load().0, &load().1));
    are_inside(&diags, text);
    if let Some(post) = post {
        assert!(text.is_char_boundary(post.body.0));
        assert!(post.url.as_str().starts_with("https://example.gov/"));
        assert!(!post.title.contains('\n'), "{:?}", post.title);
    }
}

/// Whether every place that a front matter names is one of its text.
fn is_sound(found: &FrontMatter, text: &str) {
    let Range { start, end } = found.inner;
    assert!(text.get(start..end).is_some(), "{start}..{end}");
    assert!(end <= found.body_start && text.is_char_boundary(found.body_start));
    let before = &text[..found.body_start];
    assert_eq!(found.body_line, 1 + before.matches('\n').count());
    for field in &found.fields {
        is_inside(field.line, field.column, text, &format!("{field:?}"));
    }
}

/// Whether all problems are at places of the text that they are of.
pub fn are_inside(diags: &Diagnostics, text: &str) {
    for diagnostic in diags.iter() {
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
        if let Some(at) = &diagnostic.location {
            is_inside(at.line, at.column, text, &format!("{diagnostic:?}"));
        }
    }
}

fn is_inside(line: usize, column: usize, text: &str, what: &str) {
    if line == 0 {
        assert_eq!(column, 0, "{what}");
        return;
    }
    let found = text.split('\n').nth(line - 1);
    let found = found.unwrap_or_else(|| panic!("there is no line {line}: {what}"));
    let most = found.chars().count() + 1;
    assert!(column <= most, "line {line} ends at {most}: {what}");
}

/// The body of a post, rendered as it is for one generator: HTML, and the summary where there is
/// one; `None` where it nests too deeply.
pub fn body(text: &str, dialect: usize, is_html: bool) -> Option<(String, Option<String>)> {
    let Ground {
        config,
        posts,
        links,
        ..
    } = &*GROUNDS[dialect % GROUNDS.len()];
    let post = &posts[usize::from(is_html)];
    let include = |path: &str| {
        Some(match path.split('/').next() {
            Some("layouts") => {
                "<i>{{ .Inner | markdownify }}{{ .Get 0 }}</i>{{ .Inner }}\n".to_owned()
            }
            Some("templates") => "<i>{{ body | markdown | safe }}</i>{{ body }}\n".to_owned(),
            _ => format!("<i>{path}</i> {{{{ include.a }}}}\n"),
        })
    };
    let render = || {
        let mut diags = Diagnostics::new();
        let resources = Resources {
            posts: links,
            include: &include,
            page: &|_| None,
            named: &|_, _| None,
            linked: &|_, _, _| None,
        };
        let style = config.content.dialect.body_style();
        let rendered = body::render(text, post, &config.site.url, style, &resources, &mut diags);
        (rendered, diags)
    };
    let (rendered, diags) = render();
    assert_eq!((&rendered, &diags), (&render().0, &render().1));
    assert_eq!(rendered.is_none(), diags.has_errors(), "{diags:?}");
    let rendered = rendered?;
    Some((rendered.html.as_str().to_owned(), rendered.summary))
}

/// Reads the text of a lock; what can be read is written, and read again as the same.
pub fn lock(text: &str) {
    let lock = match Lock::parse(text) {
        Ok(lock) => lock,
        Err(fault) => {
            assert!(fault.line <= text.lines().count(), "{fault:?}");
            assert!(!fault.message.is_empty());
            return;
        }
    };
    let written = lock.to_text();
    let text_of = |pieces: Vec<&[u8]>| String::from_utf8(pieces.concat()).expect("text");
    let again = text_of(written.pieces());
    assert_eq!(Lock::parse(&again).as_ref(), Ok(&lock), "{again}");
    // Two branches that are the same come to one of them.
    let both = Lock::parse(&format!("{text}\n{text}"));
    assert_eq!(both, Ok(lock.clone()));
    // Only the posts of archive pages have an order.
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().rev().collect();
    let sorted = |mut lock: Lock| {
        let pages = lock.archives.values_mut();
        pages.for_each(|page| page.posts.sort());
        text_of(lock.to_text().pieces())
    };
    let reversed = Lock::parse(&lines.join("\n"));
    assert_eq!(reversed.map(sorted), Ok(sorted(lock.clone())));
    if let Some(confirmed) = written.confirmed() {
        let confirmed = Lock::parse(&text_of(confirmed.pieces())).expect("a lock");
        let mut expected = lock;
        let posts = expected.posts.values_mut();
        posts.for_each(|post| post.pending = false);
        assert_eq!(confirmed, expected);
    } else {
        assert!(!lock.posts.values().any(|post| post.pending));
    }
}

/// Reads bytes as if they were those of a cache, whole and of a run like this one; or, where the
/// first one is odd, a real cache with other bytes in some places, each named by two.
pub fn cache(bytes: &[u8]) {
    let (config, options, written) = &*CACHED;
    let mut patched = written.clone();
    let bytes = match bytes.split_first() {
        Some((first, patches)) if first % 2 == 1 => {
            for patch in patches.chunks_exact(3) {
                let at = usize::from(u16::from_be_bytes([patch[0], patch[1]]));
                let length = patched.len().max(1);
                if let Some(byte) = patched.get_mut(at % length) {
                    *byte = patch[2];
                }
            }
            &patched
        }
        _ => bytes,
    };
    crate::cache::reread(bytes, config, options);
}

/// A site that was built twice, and what its cache has.
static CACHED: LazyLock<(Config, BuildOptions, Vec<u8>)> = LazyLock::new(|| {
    let Ground { folder, .. } = Ground::of(DIALECTS[0]);
    // It lasts as long as the program.
    let root = folder.keep();
    std::fs::create_dir_all(root.join("content")).expect("the folder can be written to");
    for name in ["a", "b"] {
        let post = format!("---\ntitle: {name}\ndate: 2021-03-04\ntags: [t]\n---\nText.\n");
        let file = root.join(format!("content/{name}.md"));
        std::fs::write(file, post).expect("the folder can be written to");
    }
    let options = BuildOptions {
        cache: Some(root.join("cache")),
        ..BuildOptions::default()
    };
    // What was written just now is not remembered.
    for pause in [2_200, 0] {
        let (config, nothing) = (config(&root), Diagnostics::new());
        let report = build(&config, &options, nothing, &|_, _, _| {}, &|| {});
        report.expect("the site can be built");
        sleep(Duration::from_millis(pause));
    }
    let config = config(&root);
    let bytes = crate::cache::written(&config, &options).unwrap_or_default();
    (config, options, bytes)
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The fuzzer's doors hold for what is right, so that what it finds is worth a look.
    #[test]
    fn doors_open() {
        let post = "---\ntitle: T\ndate: 2021-03-04\n---\n*Text* {{ page.title }}.\n";
        for dialect in 0..DIALECTS.len() {
            front_matter(post, dialect);
            let (html, _) = body("*a*", dialect, false).expect("a body");
            assert_eq!(html, "<p><em>a</em></p>");
        }
        assert!(CACHED.2.len() > 100, "nothing was remembered");
        cache(&[0]);
        cache(&[1]);
        cache(&[1, 0, 40, 7, 0, 60, 255]);
        lock("{\"feedwright\":1,\"base\":\"https://e.example/\"}\n{\"end\":true}\n");
        lock("");
    }
}
