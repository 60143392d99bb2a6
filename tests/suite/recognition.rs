//! Which generator makes a site, by what lies in its folder, and that nobody gets made-up addresses.

use crate::site::Site;

/// A folder with these files, each with its text, and a post where most generators have one.
fn folder(files: &[(&str, &str)]) -> Site {
    let site = files
        .iter()
        .fold(Site::empty(), |site, (path, text)| site.file(path, text));
    site.file(
        "posts/a.md",
        "---\ntitle: A\ndate: 2024-01-02\n---\nText.\n",
    )
}

/// What a build says of a folder: the generator that it is taken for, or the code of the error.
fn taken_for(files: &[(&str, &str)]) -> String {
    let site = folder(files);
    let run = site.run(&[
        "build",
        "-v",
        "--site-url",
        "https://example.gov/",
        "--now",
        "2025-01-01T00:00:00Z",
    ]);
    let line = |start: &str| {
        let line = run.stderr.lines().find(|line| line.starts_with(start))?;
        Some(line.strip_prefix(start)?.to_owned())
    };
    if let Some(generator) = line("the site is made by ") {
        return generator;
    }
    if let Some(error) = line("error[") {
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert_eq!(site.files("feeds"), Vec::<String>::new());
        return error.split(']').next().unwrap_or_default().to_owned();
    }
    String::new()
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &str) {
    let taken = taken_for(files);
    assert!(
        taken.starts_with(expected),
        "{files:?}: {taken:?} is not {expected:?}"
    );
}

#[test]
fn known_generators() {
    let hexo = r#"{"dependencies": {"hexo": "^7.0.0"}}"#;
    check(
        &[
            ("_config.yml", "title: T"),
            ("source/_posts/a.md", "---\ntitle: A\n---\n"),
        ],
        "Hexo",
    );
    check(
        &[
            ("_config.yml", "title: T\nsource_dir: src"),
            ("package.json", hexo),
        ],
        "Hexo",
    );
    check(&[("_config.yml", "title: T")], "Jekyll");
    check(
        &[("_posts/2024-01-02-a.md", "---\ntitle: A\n---\n")],
        "Jekyll",
    );
    check(
        &[
            ("_config.yml", "title: T\nsource: source"),
            ("source/_posts/2024-01-02-a.md", "---\ntitle: A\n---\n"),
            ("Gemfile", "gem \"jekyll\", \"~> 4.3\"\n"),
        ],
        "Jekyll (`_config.yml`, `jekyll` in `Gemfile`)",
    );
    check(&[("config.toml", "baseURL = \"https://x.org/\"")], "Hugo");
    check(&[("config.toml", "base_url = \"https://x.org/\"")], "Zola");
    check(
        &[(
            "config.toml",
            "baseURL = \"https://x.org/\"\n[params]\ncdn_base_url = \"https://c.x.org/\"",
        )],
        "Hugo",
    );
    check(&[("config/_default/hugo.toml", "title = \"T\"")], "Hugo");
    check(
        &[("publishconf.py", "SITENAME = 'T'\n")],
        "Pelican (`publishconf.py`)",
    );
    check(
        &[
            ("eleventy.config.js", "export default () => ({})"),
            ("_config.yml", "a: b"),
        ],
        "Eleventy",
    );
    check(
        &[(
            "package.json",
            r#"{"devDependencies": {"@11ty/eleventy": "3"}}"#,
        )],
        "Eleventy",
    );
}

#[test]
fn unknown_generators_get_no_made_up_addresses() {
    for (file, text) in [
        ("gatsby-config.js", ""),
        ("docs/.vuepress/config.js", ""),
        ("mkdocs.yml", "site_name: T"),
        ("zensical.toml", ""),
        ("_quarto.yml", "project: {type: website}"),
        ("book.toml", "[book]"),
        (
            "conf.py",
            "# The configuration of Nikola.\nBLOG_TITLE = 'T'\n",
        ),
        ("next.config.mjs", ""),
        ("nuxt.config.ts", ""),
        (
            "package.json",
            r#"{"devDependencies": {"@sveltejs/kit": "2", "vite": "5"}}"#,
        ),
        ("_config.ts", "import lume from \"lume/mod.ts\";"),
        ("metalsmith.json", "{}"),
        ("Gemfile", "source 'x'\ngem 'middleman', '~> 4.5'\n"),
        ("Gemfile", "gem \"bridgetown\", \"1.3\"\n"),
        ("input/config/site.config.json", "{}"),
        ("requirements.txt", "mkdocs-material==9.5\n"),
        (
            "pyproject.toml",
            "[project]\ndependencies = [\"nikola[extras]>=8\"]\n",
        ),
    ] {
        check(&[(file, text)], "generator-unknown");
    }
    // Others have names that begin alike, and comments install nothing.
    check(
        &[("Gemfile", "gem \"middleman-syntax\"\n# gem \"nanoc\"\n")],
        "",
    );
}

#[test]
fn who_says_where_posts_are_is_believed() {
    let site = folder(&[("gatsby-config.js", "")]).file(
        "feedwright.yaml",
        "site: {title: S, url: 'https://example.gov', timezone: UTC}\n\
         content: {folders: [posts], permalink: '/blog/:slug/'}\n",
    );
    let run = site.build();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(
        site.read("feeds/atom.xml")
            .contains("https://example.gov/blog/a/")
    );
}

#[test]
fn a_site_below_is_named() {
    check(
        &[("src/hugo.toml", ""), ("src/content/posts/a.md", "")],
        "site-below",
    );
    check(
        &[
            ("docs/_config.yml", "title: T"),
            ("docs/_posts/2024-01-02-a.md", "---\ntitle: A\n---\n"),
        ],
        "site-below",
    );
    // Of two, none is the one.
    check(&[("src/hugo.toml", ""), ("www/mkdocs.yml", "")], "");
}

#[test]
fn two_generators_are_named() {
    let site = folder(&[
        ("_config.yml", "title: T"),
        ("_posts/2024-01-02-b.md", "---\ntitle: B\n---\n"),
        ("mkdocs.yml", "site_name: T"),
    ]);
    let run = site.run(&[
        "build",
        "--site-url",
        "https://example.gov/",
        "--now",
        "2025-01-01T00:00:00Z",
    ]);
    assert!(run.stderr.starts_with("warning[generator-ambiguous]: this site may be made by Jekyll (`_config.yml`, `_posts/`), or by MkDocs (`mkdocs.yml`); it is read as the first\n"), "{}", run.stderr);
    assert_eq!(run.code, 0);
}

/// Repositories of several packages have their site among these.
#[test]
fn a_site_among_packages() {
    let site = Site::empty()
        .file("package.json", "{}")
        .file("CODE_OF_CONDUCT.md", "Be kind.\n")
        .file(
            "packages/website/docusaurus.config.js",
            "export default {};\n",
        )
        .post("packages/website/blog/2024-01-02-a.md", "title: A");
    let run = site.build_with(&["--site-url", "https://example.gov"]);
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("error[site-below]: there is no site here, but one in packages/website/"),
        "{}",
        run.stderr
    );
}
