//! What each generator's rules make of files and front matter, row by row.
//!
//! The expected values were seen in what the generators themselves build, not in what this
//! program says.

mod all;
mod astro;
mod blocks;
mod docusaurus;
mod eleventy;
mod hexo;
mod hugo;
mod hugo_hooks;
mod hugo_settings;
mod jekyll;
mod languages;
mod markdown;
mod mkdocs;
mod notes;
mod own_feeds;
mod pelican;
mod shortcodes;
mod told;
mod vitepress;
mod zola;

use std::collections::BTreeMap;

use crate::site::{NOW, Site};

/// A file, its text, and what `list` says of it: path of the URL, date, and tags between bars.
/// Nothing expected means that the file is not listed.
type Row<'a> = (&'a str, &'a str, &'a str);

/// Front matter alone gets fences of YAML; a text that begins with `=` is a whole file.
fn with_file(site: Site, path: &str, text: &str) -> Site {
    match text.strip_prefix('=') {
        Some(whole) => site.file(path, whole),
        None => site.post(path, text),
    }
}

fn listed(site: &Site) -> (BTreeMap<String, serde_json::Value>, String) {
    let run = site.run(&["list", "--json", "--now", NOW]);
    let posts = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .map(|post: serde_json::Value| (post["path"].as_str().expect("a path").to_owned(), post))
        .collect();
    (posts, run.stderr)
}

/// What is compared of a post.
fn seen(post: &serde_json::Value) -> String {
    let text = |key: &str| post[key].as_str().expect("a text").to_owned();
    let tags: Vec<&str> = post["tags"]
        .as_array()
        .expect("tags")
        .iter()
        .map(|tag| tag.as_str().expect("a tag"))
        .collect();
    let url = text("url");
    let path = url.strip_prefix("https://example.gov").unwrap_or(&url);
    let state = if post["draft"] == true { " draft" } else { "" };
    let tags = if tags.is_empty() {
        String::new()
    } else {
        format!(" {}", tags.join("|"))
    };
    format!("{path} {}{tags}{state}", text("published"))
}

/// Lists a site that has one file for every row, and nothing else that is a post.
fn check(site: Site, rows: &[Row<'_>]) -> String {
    let site = rows
        .iter()
        .fold(site, |site, (path, text, _)| with_file(site, path, text));
    let (posts, stderr) = listed(&site);
    let found: Vec<String> = rows
        .iter()
        .map(|(path, _, _)| {
            let seen = posts.get(*path).map(seen).unwrap_or_default();
            format!("{path}: {seen}")
        })
        .collect();
    let expected: Vec<String> = rows
        .iter()
        .map(|(path, _, expected)| format!("{path}: {expected}"))
        .collect();
    assert_eq!(found, expected, "{stderr}");
    for path in posts.keys() {
        let is_known = rows.iter().any(|(known, _, _)| known == path);
        assert!(is_known, "{path} is listed, and no row names it");
    }
    stderr
}

fn hugo(config: &str) -> Site {
    Site::empty().file(
        "hugo.toml",
        &format!("baseURL = 'https://example.gov/'\ntitle = 'Site'\n{config}"),
    )
}

fn zola(config: &str) -> Site {
    Site::empty().file(
        "config.toml",
        &format!("base_url = 'https://example.gov'\ntitle = 'Site'\n{config}"),
    )
}

fn eleventy(config: &str) -> Site {
    Site::empty()
        .file(
            "eleventy.config.js",
            &format!(
                "module.exports = function (config) {{\n{config}\n  \
                 return {{ dir: {{ input: 'src' }} }};\n}};\n"
            ),
        )
        .file(
            "src/_data/metadata.json",
            "{\"title\": \"Site\", \"url\": \"https://example.gov\"}",
        )
}

fn hexo(config: &str) -> Site {
    Site::empty()
        .file(
            "_config.yml",
            &format!("title: Site\nurl: https://example.gov\n{config}"),
        )
        .file("source/_posts/_keep.md", "")
}

fn pelican(config: &str) -> Site {
    Site::empty().file(
        "pelicanconf.py",
        &format!("SITENAME = 'Site'\nSITEURL = 'https://example.gov'\nPATH = 'content'\n{config}"),
    )
}

fn docusaurus(config: &str) -> Site {
    Site::empty().file(
        "docusaurus.config.js",
        &format!(
            "export default {{\n  title: 'Site',\n  url: 'https://example.gov',\n  \
             baseUrl: '/',\n{config}}};\n"
        ),
    )
}

fn astro(config: &str) -> Site {
    Site::empty()
        .file(
            "astro.config.mjs",
            &format!("export default defineConfig({{ site: 'https://example.gov', {config} }});\n"),
        )
        .file("feedwright.yaml", "site: {title: Site}\n")
        .file(
            "src/pages/blog/[...slug].astro",
            "const posts = await getCollection('blog');\n\
             return posts.map((post) => ({ params: { slug: post.id }, props: post }));\n",
        )
}

fn mkdocs(blog: &str) -> Site {
    Site::empty()
        .file(
            "mkdocs.yml",
            &format!(
                "site_name: Site\nsite_url: https://example.gov/\ntheme: material\nplugins:\n  \
                 - blog: {{{blog}}}\n"
            ),
        )
        .file("docs/index.md", "# Home\n")
}

fn vitepress(config: &str) -> Site {
    Site::empty().file(
        "docs/.vitepress/config.ts",
        &format!(
            "export default defineConfig({{\n  title: 'Site',\n  \
             sitemap: {{ hostname: 'https://example.gov' }},\n  {config}\n}})\n"
        ),
    )
}

/// The content of a site's only post.
fn only_content(site: &Site) -> String {
    let run = site.build_with(&["--output", "."]);
    run.assert_ok();
    site.content()
}
