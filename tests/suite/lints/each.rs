//! Each lint, to the letter.

use super::{check, check_with, site};
use crate::site::Site;

/// Checks what is said of one post with a line of front matter and a body.
fn check_post(front_matter: &str, body: &str, expected: &str) {
    let site = site("").file(
        "content/a.md",
        &format!("---\ndate: 2024-01-02\n{front_matter}\n---\n{body}\n"),
    );
    check(&site, expected);
}

#[test]
fn nothing_to_say() {
    let site = site("").post("content/a.md", "title: A\ndate: 2024-01-02\ntags: [x]");
    let run = check_with(&site, &[]);
    assert_eq!(run.stderr, "");
    assert_eq!(
        run.stdout,
        "Checked 1 post and their feeds: 0 errors, 0 warnings.\n"
    );
    assert_eq!(run.code, 0);
    assert_eq!(check_with(&site, &["--quiet"]).stdout, "");
}

#[test]
fn titles() {
    let long = "x".repeat(101);
    check_post(
        &format!("title: {long}"),
        "Text.",
        "warning[title-long]: the title has 101 characters, and mail programs cut it off\n  \
         --> content/a.md:3:8\n  help: shorten it to 100 or less; the rest can stand in the summary\n",
    );
    check_post(&format!("title: {}", "ü".repeat(100)), "Text.", "");
    check_post(
        "title: Why **not**?",
        "Text.",
        "warning[title-markup]: feed readers show the Markdown of the title as it is written: \
         `**not**`\n  --> content/a.md:3:8\n  help: write the title as plain text\n",
    );
    check_post(
        "title: Q&amp;A",
        "Text.",
        "warning[title-markup]: the title is written with entities of HTML; in feeds it is “Q&A”\n  \
         --> content/a.md:3:8\n  help: write the characters themselves\n",
    );
    check_post(
        "title: The <em>other</em> one",
        "Text.",
        "warning[title-markup]: the markup of the title goes: it is “The other one”\n  \
         --> content/a.md:3:8\n",
    );
    check_post(
        "x: y",
        "# Heading",
        "warning[title-missing]: the post has no title; “Heading” is taken from its first heading\n  \
         --> content/a.md\n  help: add `title:` to the front matter\n",
    );
}

#[test]
fn summaries() {
    let site = || {
        Site::empty().file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov, timezone: UTC, language: en}\ncontent: {folders: [content]}\n",
        )
    };
    check(
        &site().post("content/a.md", "title: A\ndate: 2024-01-02"),
        "warning[summary-missing]: the post has no summary; the beginning of its body stands in \
         for it\n  --> content/a.md:1:1\n  help: add `description:` with one or two sentences\n",
    );
    check(
        &site().post("content/a.md", "title: A\ndate: 2024-01-02\nexcerpt: Own."),
        "",
    );
    check(&site().body("Own.\n\n<!--more-->\n\nThe rest."), "");
}

#[test]
fn dates() {
    check(
        &site("").post("content/2024-01-02-a.md", "title: A\ndate: 2024-01-03"),
        "warning[date-file-name]: the file name says 2024-01-02, but date says 2024-01-03, which \
         counts\n  --> content/2024-01-02-a.md:3:7\n  help: correct `date`, or rename the file if \
         nothing links to it\n",
    );
    check_post(
        "title: A\npubDate: 2024-01-03",
        "Text.",
        "warning[date-disagrees]: pubDate says 2024-01-03, but date says 2024-01-02, which counts\n  \
         --> content/a.md:4:10\n",
    );
    check_post(
        "title: A\nupdated: 2024-01-01",
        "Text.",
        "warning[updated-early]: updated: 2024-01-01T00:00:00-05:00 is before the post was \
         published\n  --> content/a.md:4:10\n",
    );
    check_post(
        "title: A\nupdated: 2030-01-01",
        "Text.",
        "warning[updated-future]: updated: 2030-01-01T00:00:00-05:00 lies in the future and is left \
         out\n  --> content/a.md:4:10\n  help: correct it\n",
    );
}

#[test]
fn tags() {
    let site = site("")
        .post(
            "content/a.md",
            "title: A\ndate: 2024-01-02\ntags: [x, Web Dev]",
        )
        .post(
            "content/b.md",
            "title: B\ndate: 2024-01-03\ntags:\n  - x\n  - 'web-dev'",
        )
        .post(
            "content/c.md",
            "title: C\ndate: 2024-01-04\ntags: web-dev, X",
        );
    check(
        &site,
        "warning[tag-spelling]: the tag `Web Dev` is `web-dev` in 2 posts; to subscribers they are \
         one\n  --> content/a.md:4:11\n  help: write it as `web-dev`, or run `feedwright check \
         --fix`\n\
         warning[tag-spelling]: the tag `X` is `x` in 2 posts; to subscribers they are one\n  \
         --> content/c.md:4:16\n  help: write it as `x`, or run `feedwright check --fix`\n",
    );
}

#[test]
fn tags_in_any_spelling_can_be_allowed() {
    let site = |lints| {
        site(lints)
            .post("content/a.md", "title: A\ndate: 2024-01-02\ntags: [x]")
            .post("content/b.md", "title: B\ndate: 2024-01-03\ntags: [X]")
    };
    let said = site("").build_with(&["--dry-run", "-v"]).stderr;
    assert!(
        said.starts_with("note[tag-spelling]: X, x are one feed"),
        "{said}"
    );
    let allowed = site(", tag-spelling: allow");
    assert_eq!(allowed.build_with(&["--dry-run", "-v"]).stderr, "");
    check(&allowed, "");
}

#[test]
fn links_to_posts_that_nobody_sees() {
    let site = site("")
        .post(
            "content/draft.md",
            "title: Draft\ndate: 2024-01-03\ndraft: true",
        )
        .post("content/late.md", "title: Late\ndate: 2030-01-03")
        .post("content/open.md", "title: Open\ndate: 2024-01-04")
        .file(
            "content/a.md",
            "---\ntitle: A\ndate: 2024-01-02\n---\n[a](/2024/01/03/draft/) and [b](late.md).\n\n\
             <a href=\"open.md\">c</a>, [d](/2024/01/04/OPEN.html), [e](/2024/01/02/a/#x).\n",
        );
    check(
        &site,
        "warning[link-hidden]: the link `/2024/01/03/draft/` leads to content/draft.md, which is a \
         draft\n  --> content/a.md:5:5\n  help: publish that post first, or take the link out\n\
         warning[link-hidden]: the link `late.md` leads to content/late.md, which lies in the \
         future\n  --> content/a.md:5:33\n  help: publish that post first, or take the link out\n",
    );
}

#[test]
fn links_to_posts_that_are_not_there() {
    let site = site("")
        .file("content/notes.txt", "")
        .file("static/2020/01/01/page/index.html", "")
        .file("_redirects", "/2020/02/02/moved/ /2024/01/04/b/\n/2021/* /archive/:splat\n")
        .post("content/b.md", "title: B\ndate: 2024-01-04\naliases: [/2019/05/05/old-name/]")
        .file("content/broken.md", "---\ntitle: C\ndate: 2023-01-01\n---\n")
        .file(
            "content/a.md",
            "---\ntitle: A\ndate: 2024-01-02\n---\n\
             [gone](/2020/03/04/gone/) [file](gone.md) [same](https://example.gov/2020/03/04/gone)\n\n\
             Not these: [a](/2020/01/01/page/) [b](/2020/02/02/moved) [c](/2021/06/07/x/)\n\
             [d](/2019/05/05/old-name) [e](/about/) [f](/2020/03/04/talk.pdf) [g](/2020/03/)\n\
             [h](https://example.com/2020/03/04/gone/) [i](/tags/2020/x/) [j](b.md#x) [k](notes.txt)\n",
        );
    check(
        &site,
        "warning[link-missing]: the link `/2020/03/04/gone/` leads to a post that does not exist\n  \
         --> content/a.md:5:8\n  help: correct it, or take it out\n\
         warning[link-missing]: the link `gone.md` leads to no post and no file of the site\n  \
         --> content/a.md:5:34\n  help: correct it, or take it out\n\
         warning[link-missing]: the link `https://example.gov/2020/03/04/gone` leads to a post that \
         does not exist\n  --> content/a.md:5:50\n  help: correct it, or take it out\n",
    );
}

#[test]
fn links_in_the_rendered_site() {
    let site = Site::empty()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov, timezone: UTC, language: en}\n\
             content: {folders: [content], permalink: '/blog/:slug/', rendered: _site}\n\
             lints: {summary-missing: allow}\n",
        )
        .post("content/a.md", "title: A\ndate: 2024-01-02")
        .file("_site/blog/more/index.html", "")
        .file(
            "_site/blog/a/index.html",
            "<article><p>Text. <a href=\"/blog/more/\">m</a> <a href=\"/blog/gone/\">g</a> \
             <a href=\"/wiki/gone/\">w</a></p></article>",
        );
    check(
        &site,
        "warning[link-missing]: the link `https://example.gov/blog/gone/` leads to a post that does \
         not exist\n  --> content/a.md\n  help: correct it, or take it out\n",
    );
}

#[test]
fn images() {
    check_post(
        "title: A",
        "<img src=\"/a.png\">\n\n![](/b.png) <img src=/c.png alt>\n\n`<img src=\"/a.png\">`\n\n\
         <!-- <img src=\"/a.png\"> -->",
        "warning[image-alt]: the image `/a.png` has no alternative text\n  --> content/a.md:5:1\n  \
         help: say in `alt` what it shows, or write `alt=\"\"` where it only decorates\n",
    );
    check_post(
        "title: A\nimage: gone.png",
        "Text.",
        "warning[image-missing]: the image `gone.png` is neither a URL, nor a path from the site's \
         root, nor a file of the site\n  --> content/a.md:4:8\n  help: write its path from the \
         site's root, as in `/assets/img/name.jpg`\n",
    );
}

#[test]
fn templates() {
    check_post(
        "title: A",
        "Text {% unknown %}.",
        "warning[template-dropped]: template code that only the site's generator can run is left \
         out: {% unknown %}\n  --> content/a.md:5\n  help: check the entry; `content.rendered` \
         takes posts from the rendered site, where such code has run\n",
    );
}

#[test]
fn unpinned_ids() {
    let post = |site: Site| site.post("content/a.md", "title: A\ndate: 2024-01-02");
    check(
        &post(site(", id-unpinned: warn")),
        "warning[id-unpinned]: only feedwright.lock says that the id is \
         `https://example.gov/2024/01/02/a/`\n  --> content/a.md:1:1\n  help: add `guid: \
         https://example.gov/2024/01/02/a/`, or run `feedwright check --fix`\n",
    );
    check(&post(site("")), "");
}

#[test]
fn enclosures() {
    let post = |lints| site(lints).post("content/a.md", "title: A\ndate: 2024-01-02\naudio: a.mp3");
    let said = "enclosure-missing]: the enclosure `a.mp3` is neither a URL nor a file of the site\n  \
                --> content/a.md:4:8\n  help: write its path from the site's root, or its URL\n";
    let run = check_with(&post(""), &[]);
    assert_eq!(run.stderr, format!("error[{said}"));
    assert_eq!(run.code, 1);
    assert_eq!(post("").build().code, 1);
    check(
        &post(", enclosure-missing: warn"),
        &format!("warning[{said}"),
    );
    let site = post(", enclosure-missing: warn");
    let run = site.build();
    assert_eq!((run.code, run.stderr), (0, format!("warning[{said}")));
    check(&post(", enclosure-missing: allow"), "");
    assert_eq!(post(", enclosure-missing: allow").build().stderr, "");
}
