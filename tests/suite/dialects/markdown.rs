//! What the engine of each generator makes of the same Markdown, as the engines themselves wrote it.

use crate::site::Site;

/// A site of a generator: its files, the file of its post, and the front matter of that.
pub(super) struct Generator {
    pub(super) files: &'static [(&'static str, &'static str)],
    pub(super) post: &'static str,
}

pub(super) const JEKYLL: Generator = Generator {
    files: &[("_config.yml", "title: Site\nurl: https://example.gov\n")],
    post: "_posts/2024-01-02-a.md",
};

pub(super) const HEXO: Generator = Generator {
    files: &[
        ("_config.yml", "title: Site\nurl: https://example.gov\n"),
        ("package.json", "{\"dependencies\": {\"hexo\": \"7\"}}"),
    ],
    post: "source/_posts/a.md",
};

pub(super) const PELICAN: Generator = Generator {
    files: &[(
        "pelicanconf.py",
        "SITENAME = 'Site'\nSITEURL = 'https://example.gov'\nTIMEZONE = 'UTC'\n",
    )],
    post: "content/a.md",
};

pub(super) const ASTRO: Generator = Generator {
    files: &[(
        "astro.config.mjs",
        "export default { site: 'https://example.gov' }\n",
    )],
    post: "src/pages/posts/a.md",
};

pub(super) const ELEVENTY: Generator = Generator {
    files: &[
        (
            "eleventy.config.js",
            "export default () => ({ markdownTemplateEngine: 'njk' })\n",
        ),
        (
            "package.json",
            "{\"devDependencies\": {\"@11ty/eleventy\": \"^3.0.0\"}}",
        ),
    ],
    post: "posts/a.md",
};

pub(super) const HUGO: Generator = Generator {
    files: &[(
        "hugo.toml",
        "title = 'Site'\nbaseURL = 'https://example.gov/'\n",
    )],
    post: "content/posts/a.md",
};

pub(super) const ZOLA: Generator = Generator {
    files: &[(
        "config.toml",
        "title = 'Site'\nbase_url = 'https://example.gov'\n",
    )],
    post: "content/a.md",
};

/// The content of a post with these lines of front matter and this body, in one line.
pub(super) fn content(generator: &Generator, keys: &str, body: &str) -> String {
    let html = item(generator, "", keys, body)["content_html"].clone();
    html.as_str().expect("HTML").replace('\n', "")
}

/// The entry of a post, with these settings of feedwright, in JSON Feed.
pub(super) fn item(
    generator: &Generator,
    settings: &str,
    keys: &str,
    body: &str,
) -> serde_json::Value {
    let text = match generator.post {
        "content/a.md" if generator.files[0].0 == "pelicanconf.py" => {
            format!("Title: A\nDate: 2024-01-02\n{keys}\n{body}\n")
        }
        "content/a.md" => format!("+++\ntitle = 'A'\ndate = 2024-01-02\n{keys}+++\n{body}\n"),
        _ => format!("---\ntitle: A\ndate: 2024-01-02\n{keys}---\n{body}\n"),
    };
    let settings =
        format!("site: {{title: Site, url: https://example.gov, timezone: UTC}}\n{settings}");
    let site = Site::empty()
        .file("feedwright.yaml", &settings)
        .file(generator.post, &text);
    let files = generator.files.iter();
    let site = files.fold(site, |site, (path, text)| site.file(path, text));
    site.build().assert_ok();
    let is_feed = |file: &String| file.ends_with("feed.json") && !file.contains("tags");
    let feed = site.files("").into_iter().find(is_feed).expect("a feed");
    let feed: serde_json::Value = serde_json::from_str(&site.read(&feed)).expect("JSON");
    feed["items"][0].clone()
}

#[track_caller]
pub(super) fn check(generator: &Generator, body: &str, expected: &str) {
    assert_eq!(content(generator, "", body), expected, "{body}");
}

#[test]
fn paragraphs_in_items() {
    let text = "* a\n\n* b\n* c\n";
    let (a, b) = ("<li><p>a</p></li>", "<li><p>b</p></li>");
    check(&JEKYLL, text, &format!("<ul>{a}<li>b</li><li>c</li></ul>"));
    check(&PELICAN, text, &format!("<ul>{a}{b}<li>c</li></ul>"));
    check(&HUGO, text, &format!("<ul>{a}{b}<li><p>c</p></li></ul>"));
}

#[test]
fn definitions() {
    let text = "T\n: d\n";
    let list = "<dl><dt>T</dt><dd>d</dd></dl>";
    check(&JEKYLL, text, list);
    check(&PELICAN, text, list);
    check(&HUGO, text, list);
    for generator in [&ASTRO, &ELEVENTY, &ZOLA] {
        check(generator, text, "<p>T: d</p>");
    }
    check(&HEXO, text, "<p>T<br>: d</p>");
    check(&JEKYLL, "Thanks!\n\n:)", "<p>Thanks!</p><p>:)</p>");
}

#[test]
fn struck_and_typographic() {
    let text = "~a~ ~~b~~";
    check(&JEKYLL, text, "<p>~a~ <del>b</del></p>");
    check(&ELEVENTY, text, "<p>~a~ <del>b</del></p>");
    check(&HUGO, text, "<p><del>a</del> <del>b</del></p>");
    check(&HEXO, text, "<p><del>a</del> <del>b</del></p>");
    let text = "Go to \"a…\" and <<b>> with \"`c`\"";
    check(
        &JEKYLL,
        text,
        "<p>Go to “a…” and «b» with “<code>c</code>”</p>",
    );
    check(
        &ASTRO,
        "the \"`a` b\" thing",
        "<p>the “<code>a</code> b” thing</p>",
    );
}

#[test]
fn abbreviations() {
    let text = "The HTML of HTMLs.\n\n*[HTML]: Hyper \"Text\"";
    let expected = "<p>The <abbr title=\"Hyper &quot;Text&quot;\">HTML</abbr> of HTMLs.</p>";
    check(&JEKYLL, text, expected);
    check(&PELICAN, text, expected);
}

#[test]
fn what_python_takes() {
    check(
        &PELICAN,
        "[`a`]\n[b] [x](c d.html)\n\n[b]: /u",
        "<p><a href=\"https://example.gov/u\"><code>a</code></a> \
         <a href=\"https://example.gov/c%20d.html\">x</a></p>",
    );
    check(
        &PELICAN,
        "    :::python\n    x = 1\n\n*\n\n    #!/bin/sh\n    y",
        "<pre><code class=\"language-python\">x = 1</code></pre><ul><li></li></ul>\
         <pre><code>#!/bin/shy</code></pre>",
    );
    let heading = content(&PELICAN, "", "##Head");
    assert!(
        heading.starts_with("<h2") && heading.ends_with(">Head</h2>"),
        "{heading}"
    );
}

#[test]
fn braces_where_nothing_reads_them() {
    let text = "a {{ b }} {% c %}";
    check(&ASTRO, text, "<p>a {{ b }} {% c %}</p>");
    let found = content(&JEKYLL, "render_with_liquid: false\n", text);
    assert_eq!(found, "<p>a {{ b }} {% c %}</p>");
    let found = content(&ELEVENTY, "templateEngineOverride: md\n", text);
    assert_eq!(found, "<p>a {{ b }} {% c %}</p>");
    check(&ELEVENTY, "a {# b #}c", "<p>a c</p>");
    check(
        &HEXO,
        "a {# b #}c `{# d #}`",
        "<p>a c <code>{# d #}</code></p>",
    );
    let found = content(
        &ELEVENTY,
        "templateEngineOverride: liquid,md\n",
        "a {# b #}",
    );
    assert_eq!(found, "<p>a {# b #}</p>");
}

#[test]
fn braces_that_are_text() {
    let heading = |generator: &Generator| {
        let html = content(generator, "", "## GET /users/{id}");
        let text = html.split_once('>').map(|(_, rest)| rest.to_owned());
        text.expect("a heading")
    };
    for generator in [&JEKYLL, &HUGO, &ELEVENTY, &PELICAN] {
        assert_eq!(heading(generator), "GET /users/{id}</h2>");
    }
    check(
        &PELICAN,
        "[l](/u){: .btn}\n{: .lead}",
        "<p><a href=\"https://example.gov/u\">l</a></p>",
    );
}

#[test]
fn tables_of_kramdown() {
    let table = "| Op | Is |\n|----|----|\n| `a|b` | or | more |\n";
    let html = content(&JEKYLL, "", table);
    assert!(
        html.contains("<td><code>a|b</code></td><td>or</td><td>more</td>"),
        "{html}"
    );
}

#[test]
fn links_with_brackets() {
    check(
        &ZOLA,
        "[[T][K] post](https://x.org/1175), [a][b]",
        "<p><a href=\"https://x.org/1175\">[T][K] post</a>, a</p>",
    );
    check(
        &ZOLA,
        "[below](#sec)",
        "<p><a href=\"https://example.gov/a/#sec\">below</a></p>",
    );
}

/// What the generators show of a post without a summary of its own, by `content.summary: generator`.
#[test]
fn summaries_of_the_generator() {
    let words = |from: usize, to: usize| {
        let words: Vec<String> = (from..=to).map(|number| format!("w{number}")).collect();
        words.join(" ")
    };
    let check = |generator: &Generator, body: &str, expected: &str| {
        let settings = "content: {summary: generator}\n";
        let item = item(generator, settings, "", body);
        assert_eq!(item["summary"], expected, "{body}");
    };
    let long = format!(
        "# Head\n\n{}\n\n* {}\n* item\n\n{}\n\n{}\n",
        words(1, 30),
        words(31, 40),
        words(41, 75),
        words(80, 99)
    );
    let all = format!("Head {} item {}", words(1, 40), words(41, 75));
    check(&HUGO, &long, &all);
    let some = format!("Head {} item {} …", words(1, 40), words(41, 48));
    check(&PELICAN, &long, &some);
    check(&JEKYLL, &long, "Head");
    let few = Generator {
        files: &[(
            "pelicanconf.py",
            "SITENAME = 'Site'\nSITEURL = 'https://example.gov'\nTIMEZONE = 'UTC'\n\
             SUMMARY_MAX_LENGTH = 5\nSUMMARY_END_SUFFIX = '(more)'\n",
        )],
        post: PELICAN.post,
    };
    check(
        &few,
        "one, two-three foo/bar e.g. this",
        "one, two-three foo/bar e (more)",
    );
    check(
        &few,
        "exactly *five* words right here.",
        "exactly five words right here (more)",
    );
    let signs = Generator {
        files: &[(
            "hugo.toml",
            "title = 'Site'\nbaseURL = 'https://example.gov/'\nsummaryLength = 20\n\
             hasCJKLanguage = true\n",
        )],
        post: HUGO.post,
    };
    let first = "这里有很多字没有空格这里有很多字没有空格";
    check(&signs, &format!("{first}\n\n第二段\n"), first);
    check(
        &HUGO,
        &format!("{first}\n\n第二段\n"),
        &format!("{first} 第二段"),
    );
    let marked = "a b\n\n<!-- more -->\n\nc d";
    check(&HUGO, marked, "a b c d");
    check(&HUGO, "a b\n\n<!--more-->\n\nc d", "a b");
    check(&ZOLA, marked, "a b");
    check(&HEXO, marked, "a b");
    check(&PELICAN, marked, "a b c d");
    check(&JEKYLL, "a\nb\n\nc", "a b");
    check(&JEKYLL, "![x](x.png)\n\nc", "c");
}

/// A tag that stands in a line, or alone on one, and is no block.
#[test]
fn tags_in_lines() {
    let text = "<br>\nFor *more*\n\nx\n\n<br>\n# Head\n";
    for generator in [&PELICAN, &JEKYLL] {
        let html = content(generator, "", text);
        let (before, _) = html.split_once(" id=").expect("a heading");
        let expected = "<p><br>For <em>more</em></p><p>x</p><p><br></p><h1";
        assert_eq!(before, expected, "{html}");
    }
    check(
        &JEKYLL,
        "use the **<ul>** tag, a <div> or <p>\n\nx <b>y</b>\n\n- x </table> y",
        "<p>use the <strong>&lt;ul&gt;</strong> tag, a &lt;div&gt; or &lt;p&gt;</p><p>x <b>y</b></p>\
         <ul><li>x &lt;/table&gt; y</li></ul>",
    );
    check(&JEKYLL, "a\n<!-- c -->\nb", "<p>ab</p>");
    check(
        &JEKYLL,
        "x <notextile>don't *x* a--b <a href=\"https://a.gov/\">z...</a></notextile> it's",
        "<p>x don't *x* a--b <a href=\"https://a.gov/\">z...</a> it’s</p>",
    );
}

#[test]
fn destinations_with_blanks() {
    let url = |path: &str| format!("https://example.gov/2024/01/02/{path}");
    check(
        &JEKYLL,
        "[m](mailto:a@example.gov?subject=Interested in it) ![a](b c.png \"t u\") ![d](e\nf.png)",
        &format!(
            "<p><a href=\"mailto:a@example.gov?subject=Interested%20in%20it\">m</a> \
             <img src=\"{}\" alt=\"a\" title=\"t u\"> <img src=\"{}\" alt=\"d\"></p>",
            url("b%20c.png"),
            url("ef.png")
        ),
    );
    check(
        &PELICAN,
        "[a](b (c) d) [e](f \"t\")",
        "<p><a href=\"https://example.gov/b%20(c)%20d\">a</a> \
         <a href=\"https://example.gov/f\" title=\"t\">e</a></p>",
    );
}

#[test]
fn signs_in_cells_and_names() {
    check(
        &PELICAN,
        "| a | b |\n|---|---|\n| 1 | `p|q` |",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\
         <tr><td>1</td><td><code>p|q</code></td></tr></tbody></table>",
    );
    check(
        &PELICAN,
        "[c][] [d]\n\n[c]: /x\n[d]: /y\n",
        "<p><a href=\"https://example.gov/x\">c</a> <a href=\"https://example.gov/y\">d</a></p>",
    );
    check(&HUGO, "x <<q>> y <<b c>>", "<p>x «q» y «b c»</p>");
}

/// Blanks as Python-Markdown 3.10 with codehilite has them.
#[test]
fn blanks_of_python() {
    let check = |text: &str, expected: &str| {
        let html = item(&PELICAN, "", "", text)["content_html"].clone();
        assert_eq!(html.as_str().expect("HTML").trim_end(), expected, "{text}");
    };
    check(
        "```\n\na\n   \n\tb\n\n```",
        "<pre><code>a\n\n    b\n</code></pre>",
    );
    check("    c\n\td\te\n", "<pre><code>c\nd   e\n</code></pre>");
    check(
        "> a\n\n> b\n\nc\n\n> d",
        "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>\n<blockquote>\n<p>d</p>\n</blockquote>",
    );
}

/// As Hexo 7 has it.
#[test]
fn indentation_of_code() {
    let text = "```\n    a\n  b\n\n```";
    let html = item(&HEXO, "", "", text)["content_html"].clone();
    assert_eq!(html, "<pre><code>  a\nb\n\n</code></pre>");
}
