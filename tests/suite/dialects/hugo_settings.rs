//! Hugo: what its configuration and sections say of pages.

use super::{Row, check, hugo, listed};
use crate::site::Site;

#[test]
fn sections_and_cascades() {
    let site = hugo("[[cascade]]\ntags = ['site']\n[cascade.target]\npath = '/far/**'\n")
        .file(
            "content/p/_index.md",
            "---\ntitle: P\nslug: ss\ncascade:\n- {target: {path: /p/sub/**}, tags: [near], date: 2020-02-02}\n\
             - {tags: [all], draft: true, target: {path: '/p/hid*'}}\n---\n",
        );
    check(
        site,
        &[
            (
                "content/p/a.md",
                "title: T\ndate: 2024-01-02",
                "/ss/a/ 2024-01-02T00:00:00+00:00",
            ),
            (
                "content/p/sub/b.md",
                "title: T",
                "/ss/sub/b/ 2020-02-02T00:00:00+00:00 near",
            ),
            (
                "content/p/sub/own.md",
                "title: T\ndate: 2024-01-02\ntags: [own]",
                "/ss/sub/own/ 2024-01-02T00:00:00+00:00 own",
            ),
            (
                "content/p/hidden.md",
                "title: T\ndate: 2024-01-02",
                "/ss/hidden/ 2024-01-02T00:00:00+00:00 all draft",
            ),
            (
                "content/far/c.md",
                "title: T\ndate: 2024-01-02",
                "/far/c/ 2024-01-02T00:00:00+00:00 site",
            ),
        ],
    );
}

#[test]
fn languages() {
    let text = "title: T\ndate: 2024-01-02";
    let site = hugo(
        "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n\
         [languages.de.permalinks]\nnews = '/neues/:filename/'\n\
         [languages.it]\ndisabled = true\n[permalinks]\nnews = '/n/:filename/'\n",
    );
    let day = "2024-01-02T00:00:00+00:00";
    check(
        site,
        &[
            ("content/post/a.de.md", text, &format!("/de/post/a/ {day}")),
            ("content/post/a.md", text, &format!("/post/a/ {day}")),
            ("content/post/b.en.md", text, &format!("/post/b/ {day}")),
            ("content/post/c.fr.md", text, &format!("/post/c.fr/ {day}")),
            ("content/post/d.it.md", text, ""),
            (
                "content/post/x.y.de.md",
                text,
                &format!("/de/post/x.y/ {day}"),
            ),
            (
                "content/bundle/index.de.md",
                text,
                &format!("/de/bundle/ {day}"),
            ),
            ("content/news/a.md", text, &format!("/n/a/ {day}")),
            ("content/news/a.de.md", text, &format!("/de/neues/a/ {day}")),
            (
                "content/post/abs.de.md",
                "title: T\ndate: 2024-01-02\nurl: /abs/x",
                &format!("/abs/x/ {day}"),
            ),
            (
                "content/post/rel.de.md",
                "title: T\ndate: 2024-01-02\nurl: rel/x",
                &format!("/de/rel/x/ {day}"),
            ),
        ],
    );
}

#[test]
fn settings_of_paths() {
    let text = "title: T\ndate: 2024-01-02";
    let day = "2024-01-02T00:00:00+00:00";
    check(
        hugo("uglyURLs = true\n"),
        &[
            ("content/post/a.md", text, &format!("/post/a.html {day}")),
            (
                "content/post/v.1.md",
                text,
                &format!("/post/v.1.html {day}"),
            ),
            (
                "content/post/b/index.md",
                text,
                &format!("/post/b.html {day}"),
            ),
        ],
    );
    check(
        hugo("[uglyURLs]\npost = true\n"),
        &[
            ("content/post/a.md", text, &format!("/post/a.html {day}")),
            ("content/news/a.md", text, &format!("/news/a/ {day}")),
        ],
    );
    check(
        hugo("disablePathToLower = true\nremovePathAccents = true\n"),
        &[
            ("content/post/A  B.md", text, &format!("/post/A-B/ {day}")),
            ("content/post/Été.md", text, &format!("/post/Ete/ {day}")),
        ],
    );
    check(
        hugo("contentDir = 'pages'\nignoreFiles = ['post/z', 'w\\.md$']\n"),
        &[
            ("pages/post/a.md", text, &format!("/post/a/ {day}")),
            ("pages/post/z.md", text, ""),
            ("pages/w.md", text, ""),
            ("content/post/b.md", text, ""),
        ],
    );
}

#[test]
fn configurations_in_every_language() {
    let text = "title: T\ndate: 2024-01-02";
    let rows: [Row<'_>; 2] = [
        (
            "content/post/a.md",
            text,
            "/base/2024/a/ 2024-01-02T00:00:00-05:00",
        ),
        ("content/b.md", text, "/base/b/ 2024-01-02T00:00:00-05:00"),
    ];
    let toml = "baseURL = 'https://example.gov/base/'\ntitle = 'S'\n\
                timezone = 'America/New_York'\n[Permalinks]\npost = '/:year/:filename/'\n";
    let yaml = "baseURL: https://example.gov/base/\ntitle: S\ntimeZone: America/New_York\n\
                permalinks: {page: {post: /:year/:filename/}}\n";
    let json = "{\"baseurl\": \"https://example.gov/base/\", \"title\": \"S\", \
                \"timeZone\": \"America/New_York\", \"permalinks\": \
                [{\"pattern\": \"/:year/:filename/\", \"target\": {\"path\": \"/post\", \
                \"kind\": \"page\"}}]}";
    for (name, config) in [
        ("hugo.toml", toml),
        ("hugo.yaml", yaml),
        ("hugo.yml", yaml),
        ("hugo.json", json),
        ("config.toml", toml),
        ("config.yaml", yaml),
        ("config.json", json),
        ("config/_default/hugo.toml", toml),
        ("config/_default/config.yaml", yaml),
    ] {
        let said = check(Site::empty().file(name, config), &rows);
        assert_eq!(said, "", "{name}");
    }
    // The first file that there is counts, and the folder goes over it.
    let shadowed = Site::empty()
        .file("hugo.toml", toml)
        .file("config.toml", "baseURL = 'https://other.example/'\n");
    check(shadowed, &rows);
    let folder = Site::empty()
        .file(
            "hugo.toml",
            "baseURL = 'https://other.example/'\ntitle = 'S'\n\
             [permalinks]\npost = '/wrong/:filename/'\n",
        )
        .file(
            "config/_default/hugo.toml",
            "baseURL = 'https://example.gov/base/'\ntimeZone = 'America/New_York'\n",
        )
        .file(
            "config/_default/permalinks.toml",
            "post = '/:year/:filename/'\n",
        );
    check(folder, &rows);
    let production = Site::empty()
        .file("hugo.toml", &toml.replace("/base/", "/staging/"))
        .file(
            "config/production/hugo.yaml",
            "baseURL: https://example.gov/base/\n",
        );
    check(production, &rows);
}

#[test]
fn patterns_by_globs() {
    check(
        hugo("[permalinks]\n'/post/**' = '/x/:filename/'\n"),
        &[(
            "content/post/a.md",
            "title: T\ndate: 2024-01-02",
            "/x/a/ 2024-01-02T00:00:00+00:00",
        )],
    );
}

#[test]
fn zones_of_languages() {
    check(
        hugo(
            "timeZone = 'America/New_York'\n[languages.en]\n[languages.de]\ntimeZone = 'Europe/Berlin'\n",
        ),
        &[(
            "content/post/a.de.md",
            "title: T\ndate: 2024-01-02",
            "/de/post/a/ 2024-01-02T00:00:00+01:00",
        )],
    );
}

/// As Hugo 0.151 and 0.168 have them.
#[test]
fn languages_may_have_hosts_of_their_own() {
    let config = "title: S\ntimeZone: UTC\ndefaultContentLanguage: en\nlanguages:\n  \
                  en: {baseURL: 'https://example.gov/', contentDir: content/en}\n  \
                  fr: {baseUrl: 'https://exemple.example/base', contentDir: content/fr}\n";
    let text = "---\ntitle: T\ndate: 2024-01-02\n---\nText.\n";
    let site = Site::empty()
        .file("hugo.yaml", config)
        .file("content/en/blog/a.md", text)
        .file("content/fr/blog/b.md", text);
    for (arguments, own) in [
        (&["list", "--json"][..], "https://example.gov/blog/a/"),
        (
            &["list", "--json", "--site-url", "https://new.example/"],
            "https://new.example/blog/a/",
        ),
    ] {
        let run = site.run(arguments);
        assert!(run.stdout.contains(own), "{}\n{}", run.stdout, run.stderr);
        let other = "\"https://exemple.example/base/blog/b/\"";
        assert!(run.stdout.contains(other), "{}", run.stdout);
    }
}

/// As Hugo 0.168 has them: it publishes static files on each host.
#[test]
fn a_language_has_its_files_on_its_host() {
    let config = |fr: &str| {
        format!(
            "title: S\nbaseURL: https://example.gov/\ntimeZone: UTC\nlanguages:\n  en: {{contentDir: \
             content/en, baseURL: 'https://example.gov/'}}\n  fr: {{contentDir: content/fr, baseURL: '{fr}'}}\n"
        )
    };
    let site = Site::empty()
        .file("hugo.yaml", &config("https://exemple.example"))
        .post("content/en/blog/a.md", "title: A\ndate: 2024-01-02")
        .post(
            "content/fr/blog/b.md",
            "title: B\ndate: 2024-01-02\nimage: /i/x.png",
        );
    let run = site.build_with(&["--output", "out"]);
    run.assert_ok();
    let feed = site.read("out/feeds/languages/fr/feed.json");
    for address in ["/", "/blog/b/", "/i/x.png"] {
        let address = format!("\"https://exemple.example{address}\"");
        assert!(feed.contains(&address), "{address}: {feed}");
    }
    // A path is one on the site's host.
    let site = site.file("hugo.yaml", &config("/franc/"));
    let (posts, stderr) = listed(&site);
    let url = &posts["content/fr/blog/b.md"]["url"];
    assert_eq!(url, "https://example.gov/franc/blog/b/", "{stderr}");
    for wrong in [
        "ftp://exemple.example/",
        "exemple.example",
        "https://a:b@exemple.example/",
    ] {
        let site = Site::empty()
            .file("hugo.yaml", &config(wrong))
            .post("content/fr/blog/b.md", "title: B\ndate: 2024-01-02");
        let run = site.build();
        run.assert_code(2);
        let message = format!("error[config-url]: the `baseURL` of the language `fr` is `{wrong}`");
        assert!(run.stderr.contains(&message), "{}", run.stderr);
    }
}

/// Folders in the folder of configurations say nothing: the name of the file does.
#[test]
fn configurations_in_folders() {
    let site = Site::empty()
        .file(
            "config/_default/hugo.toml",
            "baseURL = 'https://example.gov/'\ntitle = 'Site'\n",
        )
        .file(
            "config/_default/languages/languages.yaml",
            "en: {title: S, weight: 1, contentDir: content/en}\n",
        )
        .file(
            "config/production/x/permalinks.toml",
            "blog = '/news/:slug/'\n",
        )
        .file(
            "content/en/blog/a.md",
            "---\ntitle: A\ndate: 2024-01-02\n---\n",
        );
    let (posts, stderr) = listed(&site);
    assert_eq!(
        posts["content/en/blog/a.md"]["url"], "https://example.gov/news/a/",
        "{stderr}"
    );
}
