//! What is wrong with the configuration.

use super::{check, zoned};
use crate::site::Site;

#[test]
fn no_address() {
    check(
        &Site::empty()
            .file("_config.yml", "title: A")
            .post("_posts/2024-01-01-a.md", "title: A"),
        2,
        "error[config-url]: neither feedwright.yaml nor _config.yml says the address of the site, \
         and links in feeds must be absolute\n  help: give it with `--site-url \
         https://www.example.gov`, or as `site.url` in feedwright.yaml\n",
    );
}

/// Who has said once where the site is need not say it again.
#[test]
fn an_address_that_was_said_once() {
    let site = Site::empty()
        .file("_config.yml", "title: A\ntimezone: UTC")
        .post("_posts/2024-01-01-a.md", "title: A");
    site.build_with(&["--site-url", "https://example.gov/news/"])
        .assert_ok();
    let before = site.read("feeds/rss.xml");
    let run = site.build_with(&["-v"]);
    run.assert_ok();
    assert!(
        run.stderr.contains(
            "note[config-url-known]: the site's address is https://example.gov/news/, as in the run \
             before: feedwright.lock has it"
        ),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("feeds/rss.xml"), before);
    // The site's own word counts more, and a broken lock says nothing.
    let site = site.file(
        "_config.yml",
        "title: A\ntimezone: UTC\nurl: https://example.gov/news",
    );
    assert!(!site.build_with(&["-v"]).stderr.contains("config-url-known"));
    let site = site.file("_config.yml", "title: A\ntimezone: UTC").file(
        "feedwright.lock",
        "{\"feedwright\":1,\"base\":\"javascript:x\"}\n",
    );
    site.build().assert_code(2);
}

#[test]
fn a_host_without_its_scheme() {
    let site = Site::empty().body("Text.");
    let run = site.build_with(&["--site-url", "www.agency.gov/news"]);
    run.assert_code(2);
    assert_eq!(
        run.stderr,
        "error[config-url]: `--site-url`: the site's address `www.agency.gov/news` is not an http \
         URL\n  help: write it as `https://www.agency.gov/news`, with the path that the site lies under, if any\n"
    );
}

#[test]
fn output_inside_content() {
    let site = zoned().body("Text.");
    let run = site.build_with(&["--output", "content/out"]);
    run.assert_code(2);
    assert!(
        run.stderr.starts_with(
            "error[config-output]: `--output`: the feed content/out/feeds/rss.xml would lie inside \
             the posts' own folder\n  help: set `feeds.output` to the folder that the \
             web server publishes, outside of the posts\n"
        ),
        "{}",
        run.stderr
    );
    assert!(!site.path("content/out").exists());
}

#[test]
fn configuration() {
    let check_config = |config: &str, expected: &str| {
        check(
            &Site::empty().file("feedwright.yaml", config).body("Text."),
            2,
            expected,
        );
    };
    check_config(
        "site:\n  titel: A\n",
        "error[config-invalid]: site: there is no key `titel`\n  --> feedwright.yaml:2:3\n  \
         help: did you mean `title`?\n",
    );
    check_config(
        "site: {title: A, url: ftp://example.gov, timezone: UTC}\n",
        "error[config-url]: the site's address `ftp://example.gov` is not an http URL\n  \
         --> feedwright.yaml:1:23\n  help: write it as `https://www.example.gov`, with the path that the \
         site lies under, if any\n",
    );
    check_config(
        "site: {title: A, url: https://example.gov, timezone: America/NewYork}\n",
        "error[config-timezone]: there is no time zone `America/NewYork`\n  \
         --> feedwright.yaml:1:54\n  \
         help: use a name of the IANA database: did you mean `America/New_York`?\n",
    );
    check_config(
        "site: {title: A, url: https://example.gov, timezone: UTC}\n\
         feeds: {taxonomy_paths: {rss: /tags.xml}}\n",
        "error[config-path]: the path `/tags.xml` of tag feeds has no `:slug`, so all would be one \
         file\n  --> feedwright.yaml:2:31\n  help: write it as `/feeds/rss.xml`, or as \
         `/feeds/:taxonomy/:slug/rss.xml`\n",
    );
    check_config(
        "site: {title: A, url: https://example.gov, timezone: UTC}\n\
         feeds: {paths: {rss: /../feed.xml}}\n",
        "error[config-path]: `/../feed.xml` is not the path of a file on the site\n  \
         --> feedwright.yaml:2:22\n  help: write it as `/feeds/rss.xml`, or as \
         `/feeds/:taxonomy/:slug/rss.xml`\n",
    );
    check_config(
        "site: {title: A, url: https://example.gov, timezone: UTC}\n\
         feeds: {extra: [{slug: x, tags: 'a and'}]}\n",
        "error[config-extra]: the tag expression `a and` cannot be read: a tag is missing at its \
         end\n  --> feedwright.yaml:2:33\n  help: join tags by `and`, `or`, `not` and brackets; put tags \
         with blanks in quotes\n",
    );
    check_config(
        "site: {title: A, url: https://example.gov, timezone: UTC}\ncontent: {folders: [posts]}\n",
        "error[config-folders]: there is no content folder posts\n  --> feedwright.yaml:2:21\n  \
         help: correct the name, or make the folder\n",
    );
}
