//! What may lead out of the folder of the site or onto other files.

use crate::site::{NOW, Site};

#[test]
fn tags_cannot_name_a_path_elsewhere() {
    let site = Site::new().post(
        "content/a.md",
        "title: A\ndate: 2024-01-01\ntags: ['../../etc/passwd', '..', '/', 'C:\\x', \"nul\\0\", '.', '%2e%2e']",
    );
    let before: Vec<String> = site
        .files("")
        .into_iter()
        .filter(|f| !f.starts_with("feeds/"))
        .collect();
    let run = site.build();
    run.assert_ok();
    let after: Vec<String> = site
        .files("")
        .into_iter()
        .filter(|f| !f.starts_with("feeds/"))
        .collect();
    assert_eq!(
        [&before[..], &["feedwright.lock".to_owned()]]
            .concat()
            .len(),
        after.len()
    );
    assert!(before.iter().all(|file| after.contains(file)));
    assert!(
        site.path("feeds/tags/etc-passwd/rss.xml").exists(),
        "{:?}",
        site.files("feeds")
    );
    assert_eq!(site.files("feeds").len() % 3, 0);
}

/// A lock can come with a stranger's pull request: it names no file that is removed but a feed.
#[test]
fn a_lock_cannot_have_posts_removed() {
    let site = Site::new().post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [x]");
    site.build().assert_ok();
    let lock = site.read("feedwright.lock");
    let hostile = lock.replace("\"feeds/rss.xml\"", "\"content/a.md\",\"feeds/rss.xml\"");
    assert_ne!(lock, hostile);
    let site = site.file("feedwright.lock", &hostile);
    let run = site.build_with(&["--prune"]);
    run.assert_ok();
    assert!(!run.stdout.contains("removed"), "{}", run.stdout);
    assert!(site.path("content/a.md").exists());
    assert_eq!(site.read("feedwright.lock"), lock);
}

#[cfg(unix)]
#[test]
fn links_cannot_publish_what_lies_outside() {
    use std::os::unix::fs::symlink;

    let secret = tempfile::tempdir().expect("a folder");
    std::fs::write(secret.path().join("a.yml"), "api_key: hunter2").expect("a file");
    let site = Site::jekyll("").post("_posts/2024-01-01-a.md", "title: A\nauthor: api_key");
    std::fs::create_dir(site.path("_data")).expect("a folder");
    symlink(secret.path().join("a.yml"), site.path("_data/authors.yml")).expect("a link");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("_data/authors.yml is a link that leads out of the site"),
        "{}",
        run.stderr
    );

    let site = Site::new();
    symlink(secret.path(), site.path("content")).expect("a link");
    let run = site.build();
    run.assert_code(2);
    assert!(
        run.stderr
            .contains("the content folder content leads out of the site"),
        "{}",
        run.stderr
    );
}

#[test]
fn no_tag_leads_a_feed_among_the_posts() {
    let site = Site::new()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov}\ncontent: {folders: [content]}\n\
             feeds: {formats: [rss], taxonomy_paths: {rss: \"/:slug/x.xml\"}}\n",
        )
        .post(
            "content/a.md",
            "title: A\ndate: 2024-01-01\ntags: [content]",
        );
    let run = site.build();
    run.assert_code(1);
    assert!(
        run.stderr.contains("error[feed-in-content]"),
        "{}",
        run.stderr
    );
    assert_eq!(site.files("content"), ["a.md"]);
}

#[test]
fn no_feed_takes_the_place_of_what_programs_read() {
    for path in [
        "/feedwright.lock",
        "/FEEDWRIGHT.LOCK",
        "/feedwright.yaml",
        "/feedwright.lock./x.xml",
        "/.git/hooks/post-merge",
        "/.GIT/config",
        "/%2egit/config",
        "/.github/workflows/x.yml",
        "/feeds/.htaccess",
        "/.gitattributes",
    ] {
        for key in ["paths", "taxonomy_paths"] {
            let slug = if key == "paths" { "" } else { "/:slug" };
            let site = Site::with(&format!("feeds: {{{key}: {{atom: \"{path}{slug}\"}}}}\n"))
                .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [a]");
            let before = site.files("");
            let run = site.build();
            run.assert_code(2);
            assert!(
                run.stderr.contains("error[config-path]"),
                "{path}: {}",
                run.stderr
            );
            assert_eq!(site.files(""), before, "{path}");
        }
    }
    for output in [".git", ".github/workflows", "x/../.git", ".GIT"] {
        let site = Site::with(&format!("feeds: {{output: {output}}}\n"))
            .post("content/a.md", "title: A\ndate: 2024-01-01");
        let run = site.build();
        run.assert_code(2);
        assert!(
            run.stderr.contains("error[config-output]"),
            "{output}: {}",
            run.stderr
        );
    }
    let site = Site::with(
        "feeds: {output: .output/public, paths: {atom: /.well-known/feed.xml}, taxonomy_paths: {rss: /:slug/config}}\n",
    )
    .post("content/a.md", "title: A\ndate: 2024-01-01\ntags: [.git, .github]");
    site.build().assert_ok();
    assert!(site.path(".output/public/.well-known/feed.xml").is_file());
    let files = site.files(".output/public");
    assert!(!files.iter().any(|file| file.contains(".git")), "{files:?}");
}

#[test]
fn includes_stay_inside_the_site() {
    let body = "---\ntitle: A\n---\n{% include ok.html x=\"*y*\" %}\n\n\
                a{% include ../_config.yml %}{% include /etc/passwd %}{% include a\\..\\b %}\
                {% include link.html %}{% include loop.html %}b\n";
    let site = Site::jekyll("timezone: UTC\n")
        .file("_posts/2024-01-01-a.md", body)
        .file(
            "_includes/ok.html",
            "<i>{{ include.x | remove: '*' }}</i>\n",
        )
        .file(
            "_includes/loop.html",
            "{% include loop.html %}{% include loop.html %}",
        );
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", site.path("_includes/link.html")).expect("a link");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.content(), "<p><i>y</i></p>\n<p>ab</p>");
    assert_eq!(
        run.stderr.matches("template-dropped").count(),
        1,
        "{}",
        run.stderr
    );
}

#[test]
fn configurations_of_generators_write_nowhere_else() {
    let hexo = |folder: &str| {
        Site::empty()
            .file(
                "_config.yml",
                &format!("title: T\nurl: https://example.gov\npublic_dir: {folder}\n"),
            )
            .post("source/_posts/a.md", "title: A\ndate: 2024-01-01")
    };
    let pelican = |folder: &str| {
        Site::empty()
            .file(
                "pelicanconf.py",
                &format!(
                    "SITENAME = 'T'\nSITEURL = 'https://example.gov'\nOUTPUT_PATH = '{folder}'\n"
                ),
            )
            .file("content/a.md", "Title: A\nDate: 2024-01-01\n\nText.\n")
    };
    for site in [
        hexo("../outside"),
        hexo("/"),
        pelican("../outside"),
        pelican("/tmp"),
    ] {
        let before = site.files("");
        let run = site.run(&["build", "--now", NOW]);
        run.assert_code(2);
        assert!(
            run.stderr.contains("error[config-output]"),
            "{}",
            run.stderr
        );
        assert_eq!(site.files(""), before, "something was written");
    }
}
