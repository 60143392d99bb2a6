//! Every command of the documents runs, and what they show is true.

use std::fs;
use std::path::Path;

use crate::site::{NOW, Site};

const DOCUMENTS: [&str; 24] = [
    "README.md",
    "docs/checks.md",
    "docs/configuration.md",
    "docs/podcasts.md",
    "docs/carry.md",
    "docs/dialects/README.md",
    "docs/dialects/astro.md",
    "docs/dialects/docusaurus.md",
    "docs/dialects/eleventy.md",
    "docs/dialects/hexo.md",
    "docs/dialects/html.md",
    "docs/dialects/mkdocs.md",
    "docs/dialects/vitepress.md",
    "docs/dialects/hugo.md",
    "docs/dialects/jekyll.md",
    "docs/dialects/jsonl.md",
    "docs/dialects/pelican.md",
    "docs/dialects/plain.md",
    "docs/dialects/zola.md",
    "docs/following.md",
    "docs/install.md",
    "docs/running.md",
    "docs/start.md",
    "docs/subscribers.md",
];

fn read(document: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).expect("a document")
}

/// The fenced blocks of one language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    text.split(&format!("\n```{language}\n"))
        .skip(1)
        .map(|block| block.split("\n```").next().expect("a block").to_owned())
        .collect()
}

#[test]
fn commands_run() {
    let mut ran = 0;
    for document in DOCUMENTS {
        let site = Site::empty()
            .file("_config.yml", "title: Site\n")
            .post("_posts/2024-01-01-a.md", "title: A\ntags: x cybersecurity");
        for block in blocks(&read(document), "sh") {
            for line in block.lines() {
                let command = line.split('#').next().unwrap_or_default().trim();
                let Some(arguments) = command.strip_prefix("feedwright") else {
                    let known = [
                        "cargo run --release",
                        "cargo test",
                        "cargo install --locked --path .",
                    ];
                    assert!(known.contains(&command), "{document}: {command}");
                    continue;
                };
                let mut arguments: Vec<&str> = arguments.split_whitespace().collect();
                // The documents' sites have an address; this one is given it each time.
                // Feeds and codes are checked without a site.
                let options = arguments.iter().skip(1);
                let is_site = arguments[0] != "check"
                    || options
                        .clone()
                        .all(|option| matches!(*option, "--fix" | "--yes"));
                let has_address =
                    matches!(arguments[0], "build" | "check" | "links" | "list" | "plan");
                if is_site && has_address {
                    arguments.extend(["--now", NOW]);
                    if !arguments.contains(&"--site-url") && !site.path("feedwright.yaml").exists()
                    {
                        arguments.extend(["--site-url", "https://www.example.gov"]);
                    }
                }
                let run = site.run(&arguments);
                assert_eq!(run.code, 0, "{document}: {command}: {}", run.stderr);
                ran += 1;
            }
        }
    }
    assert!(ran >= 7, "only {ran} commands were found");
}

#[test]
fn configurations_are_valid() {
    let mut found = 0;
    let texts = [
        read("docs/configuration.md"),
        read("docs/following.md"),
        read("docs/podcasts.md"),
        read("docs/carry.md"),
    ];
    for block in texts.iter().flat_map(|text| blocks(text, "yaml")) {
        let site = Site::empty()
            .file(
                "feedwright.yaml",
                &match block.starts_with("site:") {
                    true => format!("{block}\n"),
                    false => format!("site: {{title: S, url: https://example.gov}}\n{block}\n"),
                },
            )
            .post("2024-01-01-a.md", "title: A\ntags: [cybersecurity]");
        let run = site.build();
        assert_eq!(run.code, 0, "{block}\n{}", run.stderr);
        found += 1;
    }
    assert_eq!(found, 10);
}

#[test]
fn what_other_programs_read_is_yaml_and_names_scripts_that_are_there() {
    for file in [
        "action.yml",
        ".pre-commit-hooks.yaml",
        ".github/workflows/ci.yml",
        ".github/workflows/release.yml",
    ] {
        let text = read(file);
        if let Err(error) = serde_yaml::from_str::<serde_yaml::Value>(&text) {
            panic!("{file}: {error}");
        }
        let is_of_path = |c: char| c.is_alphanumeric() || "-_./".contains(c);
        for script in text.split(|c| !is_of_path(c)) {
            let script = script.trim_start_matches('/');
            if script.starts_with("packaging/") || script.starts_with("tests/install/") {
                assert!(!read(script).is_empty(), "{file}: {script}");
            }
        }
    }
}

#[test]
fn the_readmes_entry_is_the_examples() {
    let readme = read("README.md");
    let shown = &blocks(&readme, "xml")[0];
    let feed = read("feeds/atom.xml");
    for line in shown.lines().filter(|line| line.trim() != "…") {
        assert!(feed.contains(line.trim()), "{line}");
    }
    let post = &blocks(&readme, "markdown")[0];
    let source = read("content/2021-12-13-Customer-Experience-EO.md");
    for line in post.lines().filter(|line| !line.ends_with('…')) {
        assert!(source.lines().any(|other| other == line), "{line}");
    }
}

#[test]
fn the_table_of_commands_is_true() {
    let site = Site::new().body("Text.");
    site.build().assert_ok();
    for line in read("README.md")
        .lines()
        .filter(|line| line.starts_with("| `feedwright "))
    {
        let command = line.split('`').nth(1).expect("a command");
        let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
        // The site has a configuration, `commands_run` has run the one; and it has no hub.
        if matches!(arguments[0], "init" | "ping") {
            continue;
        }
        let run = site.run(&arguments);
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
    }
}
