//! What is said of posts and configurations that generators or this program cannot follow.

use super::{astro, docusaurus, eleventy, hexo, hugo, listed, pelican};
use crate::site::{NOW, Site};

fn computed(what: &str, path: &str) -> String {
    format!(
        "warning[permalink-computed]: the permalink is computed by {what}, which feedwright does \
         not run, so no feed has the post\n  --> {path}\n  help: write `permalink:` with the path \
         into the post, set `content.permalink`, or name the built site in `content.rendered`, where \
         it is looked up\n"
    )
}

#[test]
fn computed_permalinks_are_named() {
    let expect = |site: Site, said: &str| {
        let (posts, stderr) = listed(&site);
        assert_eq!(stderr, said);
        assert!(posts.is_empty(), "{posts:?}");
    };
    let dated = "title: T\ndate: 2024-01-02";
    expect(
        eleventy("")
            .file(
                "src/posts/posts.11tydata.js",
                "module.exports = { permalink: (data) => make(data.title) };\n",
            )
            .post("src/posts/a.md", dated),
        &computed("src/posts/posts.11tydata.js", "src/posts/a.md"),
    );
    expect(
        eleventy("").post(
            "src/posts/a.md",
            &format!("{dated}\npermalink: '/{{{{ title | secret }}}}/'"),
        ),
        &computed("the filter `secret`", "src/posts/a.md:4:12"),
    );
    expect(
        eleventy("").post(
            "src/posts/a.md",
            &format!("{dated}\npermalink: '/{{% if x %}}a{{% endif %}}/'"),
        ),
        &computed("the template code in `permalink`", "src/posts/a.md:4:12"),
    );
    expect(
        hexo("timezone: UTC\npermalink: p/:abbrlink/\n").post("source/_posts/a.md", dated),
        &computed("whatever gives `:abbrlink` its value", "source/_posts/a.md"),
    );
    let astro_post = "title: T\npubDate: 2024-01-02";
    expect(
        astro("").post("src/content/notes/a.md", astro_post),
        &computed(
            "a page of `src/pages` that shows the collection `notes`",
            "src/content/notes/a.md",
        ),
    );
    expect(
        astro("")
            .file(
                "src/pages/notes/[id].astro",
                "const n = await getCollection('notes');\nreturn n.map((e) => ({ params: { id: make(e) } }));\n",
            )
            .post("src/content/notes/a.md", astro_post),
        &computed("src/pages/notes/[id].astro", "src/content/notes/a.md"),
    );
    expect(
        astro("")
            .file(
                "src/pages/notes/[id].astro",
                "const n = await getCollection('notes');\nreturn n.map((e) => ({ params: { id: e.data.code } }));\n",
            )
            .post("src/content/notes/a.md", astro_post),
        &computed(
            "the key `code`, which the post lacks",
            "src/content/notes/a.md",
        ),
    );
}

#[test]
fn posts_that_no_feed_can_have_are_named() {
    let expect = |site: Site, said: &str| {
        let (posts, stderr) = listed(&site);
        assert_eq!(stderr, said);
        assert!(posts.is_empty(), "{posts:?}");
    };
    let undated = |path: &str| {
        format!(
            "warning[date-missing]: the post has no date of its own, and that of the file says \
             nothing that lasts, so no feed has it\n  --> {path}\n  help: add `date: 2021-12-13` \
             to the front matter\n"
        )
    };
    expect(
        hexo("timezone: UTC\n").post("source/_posts/a.md", "title: T"),
        &undated("source/_posts/a.md"),
    );
    expect(
        docusaurus("").post("blog/a.md", "title: T"),
        &undated("blog/a.md"),
    );
    expect(
        pelican("").file("content/a.md", "Title: T\n\nText.\n"),
        &undated("content/a.md"),
    );
    expect(
        eleventy("").post("src/posts/a.md", "title: T\ndate: Created"),
        &undated("src/posts/a.md"),
    );
    let unreadable = |path: &str, what: &str| {
        format!(
            "warning[post-format]: the file is {what}, so no feed has it\n  --> {path}\n  help: \
             convert it to Markdown, name it in `content.ignore` of feedwright.yaml, or read the built \
             site by `content.dialect: html`\n"
        )
    };
    expect(
        pelican("").file("content/a.adoc", "= T\n:date: 2020-01-02\n"),
        &unreadable("content/a.adoc", "AsciiDoc, which feedwright does not read"),
    );
    expect(
        hugo("").file("content/post/a.pdc", "---\ntitle: T\n---\n"),
        &unreadable("content/post/a.pdc", "not Markdown or HTML"),
    );
    expect(
        hexo("timezone: UTC\n").file("source/_posts/a.ejs", "---\ntitle: T\n---\n"),
        &unreadable("source/_posts/a.ejs", "not Markdown or HTML"),
    );
    expect(
        eleventy("").file("src/posts/a.11ty.js", "export const data = {};\n"),
        &unreadable("src/posts/a.11ty.js", "code, which feedwright does not run"),
    );
    let unpublished = |path: &str, why: &str| {
        format!(
            "warning[post-unpublished]: Pelican does not publish the post, because {why}, so no \
             feed has it\n  --> {path}\n  help: correct it, or name the file in `content.ignore` \
             of feedwright.yaml\n"
        )
    };
    expect(
        pelican("").file("content/a.md", "Date: 2020-01-02\n\nText.\n"),
        &unpublished("content/a.md", "it has no title"),
    );
    expect(
        pelican("").file(
            "content/a.md",
            "Title: T\nDate: 2020-01-02\nStatus: pending\n\nText.\n",
        ),
        &unpublished("content/a.md", "its status is none that Pelican knows"),
    );
}

/// Of two posts at one address the site shows one; that is a warning where a generator is known.
#[test]
fn one_of_two_posts_at_one_address() {
    let site = hugo("")
        .post("content/post/a.md", "title: A\ndate: 2024-01-03\nurl: /x/")
        .post("content/post/b.md", "title: B\ndate: 2024-01-02\nurl: /x/");
    let run = site.build_with(&["--output", "."]);
    run.assert_ok();
    assert_eq!(
        run.stderr,
        "warning[permalink-duplicate]: the permalink https://example.gov/x/ is also that of \
         content/post/a.md, which is shown there, so no feed has this post\n  --> \
         content/post/b.md\n  help: give one of the two another permalink, or remove it\n"
    );
    assert_eq!(site.titles(), ["A"]);
}

#[test]
fn configurations_that_cannot_be_read() {
    let post = "title: T\ndate: 2024-01-02";
    let said = |site: Site| {
        let run = site.run(&["list", "--json", "--now", NOW]);
        (run.code, run.stderr)
    };
    let (code, stderr) = said(
        Site::empty()
            .file("hugo.toml", "baseURL = 'https://example.gov'\ntitle = \n")
            .post("content/post/a.md", post),
    );
    assert_eq!(code, 2, "{stderr}");
    assert!(
        stderr.contains("error[config-generator]: the site's configuration cannot be read: "),
        "{stderr}"
    );
    assert!(stderr.contains("\n  --> hugo.toml:2"), "{stderr}");
    let (code, stderr) = said(hugo("ignoreFiles = ['(']\n").post("content/post/a.md", post));
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.starts_with(
            "warning[config-exclude]: `ignoreFiles` has a pattern that cannot be read: "
        ),
        "{stderr}"
    );
    let (code, stderr) = said(
        pelican("FILENAME_METADATA = r'(?P<date>x)(?!y)'\n")
            .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n"),
    );
    assert_eq!(
        (code, stderr.as_str()),
        (
            0,
            "warning[config-generator]: `FILENAME_METADATA` has an expression that only Python \
             reads\n  --> pelicanconf.py\n  help: check the permalinks, and set \
             `content.permalink` in feedwright.yaml if they differ\n"
        )
    );
    let (code, stderr) = said(Site::empty().file(
        "docusaurus.config.js",
        "export default {title: 'S', url: 'https://example.gov', baseUrl: '/'};\n",
    ));
    assert_eq!(code, 0, "{stderr}");
    assert!(
        stderr.starts_with(
            "warning[config-blog]: the site has no folder `blog`, and feedwright does not run \
             the configuration to find another\n  --> docusaurus.config.js\n"
        ),
        "{stderr}"
    );
}

/// Configurations that are programs can hold anything; they end neither the program nor its
/// patience.
#[test]
fn hostile_configurations() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let many = |piece: &str| piece.repeat(200_000 / piece.len());
    let sites = [
        docusaurus(&format!("  x: {},\n", deep("[", "]"))).post("blog/2024-01-02-a.md", "title: T"),
        docusaurus(&format!("  x: {},\n", deep("{a:", "}")))
            .post("blog/2024-01-02-a.md", "title: T"),
        docusaurus(&format!("  x: {},\n", many("({"))).post("blog/2024-01-02-a.md", "title: T"),
        docusaurus(&format!("  x: '{}\n", many("\\"))).post("blog/2024-01-02-a.md", "title: T"),
        pelican(&format!("X = {}\n", deep("(", ")")))
            .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n"),
        pelican(&format!("X = {}\n", many("'a' ")))
            .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n"),
        pelican(&format!("X = \"\"\"{}\n", many("\"\" ")))
            .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n"),
        eleventy(&many("addFilter('x', ")).post("src/posts/a.md", "title: T\ndate: 2024-01-02"),
        eleventy("")
            .file(
                "src/posts/posts.11tydata.js",
                &format!("module.exports = {};", deep("{a: [", "]}")),
            )
            .post("src/posts/a.md", "title: T\ndate: 2024-01-02"),
        astro("")
            .file("src/content.config.ts", &many("defineCollection({ base: "))
            .file(
                "src/pages/x/[id].astro",
                &many("params: { id: getCollection("),
            )
            .post("src/content/blog/a.md", "title: T\ndate: 2024-01-02"),
    ];
    for (at, site) in sites.iter().enumerate() {
        let run = site.run(&["list", "--json", "--now", NOW]);
        assert!(
            matches!(run.code, 0..=2),
            "{at}: {} {}",
            run.code,
            run.stderr
        );
    }
}

#[test]
fn large_python_configurations() {
    let site = pelican(&"X = [\n".repeat(33_000))
        .file("content/a.md", "Title: T\nDate: 2020-01-02\n\nText.\n");
    let run = site.run(&["list", "--json", "--now", NOW]);
    assert!(matches!(run.code, 0..=2), "{}", run.stderr);
}
