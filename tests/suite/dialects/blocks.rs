//! What the engines make of blocks that CommonMark reads otherwise, as the engines themselves wrote it.

use super::markdown::{ELEVENTY, Generator, HUGO, JEKYLL, PELICAN, check};

#[test]
fn markdown_in_html() {
    for generator in [&JEKYLL, &PELICAN] {
        for (body, expected) in [
            (
                "<div markdown=\"1\">\n*a* b\n\n- x\n</div>",
                "<div><p><em>a</em> b</p><ul><li>x</li></ul></div>",
            ),
            (
                "<p markdown=\"1\">_a_ and\nb</p>",
                "<p><em>a</em> and b</p>",
            ),
            (
                "<details markdown=\"1\">\n<summary markdown=\"span\">*S*</summary>\n\ntext\n</details>\n\nafter",
                "<details><summary><em>S</em></summary><p>text</p></details><p>after</p>",
            ),
            (
                "<div markdown=\"1\">\n<p>*b*</p>\n<section markdown=\"1\">\n*d*\n</section>\n</div>",
                "<div><p>*b*</p><section><p><em>d</em></p></section></div>",
            ),
            (
                "<div markdown=\"1\">\na [r]\n</div>\n\n[r]: http://x.y/",
                "<div><p>a <a href=\"http://x.y/\">r</a></p></div>",
            ),
            ("<div markdown=\"0\">*a*</div>", "<div>*a*</div>"),
            // kramdown asks the closing tag to begin a line, and shows it otherwise.
            (
                "<div markdown=\"1\">*a* b</div>",
                "<div><p><em>a</em> b</p></div>",
            ),
        ] {
            check(generator, body, expected);
        }
    }
    let inner = "<div>\n<div markdown=\"1\">\n*a*\n</div>\n</div>";
    check(&JEKYLL, inner, "<div><div><p><em>a</em></p></div></div>");
    check(&PELICAN, inner, "<div><div>*a*</div></div>");
    let unnamed = "<div markdown>\n*a*\n</div>";
    check(&JEKYLL, unnamed, "<div>*a*</div>");
    check(&PELICAN, unnamed, "<div><p><em>a</em></p></div>");
}

#[test]
fn html_in_items_of_kramdown() {
    check(
        &JEKYLL,
        "- a\n  <details markdown=\"1\">\n\n  *x*\n\n  </details>\n- b\n",
        "<ul><li>a<details><p><em>x</em></p></details></li><li>b</li></ul>",
    );
    check(
        &JEKYLL,
        "- a\n\n  <div>\n    <p>x</p>\n  </div>\n\n- b\n",
        "<ul><li><p>a</p><div><p>x</p></div></li><li><p>b</p></li></ul>",
    );
}

#[test]
fn all_html_of_kramdown() {
    let generator = Generator {
        files: &[(
            "_config.yml",
            "title: Site\nurl: https://example.gov\nkramdown: {parse_block_html: true}\n",
        )],
        post: JEKYLL.post,
    };
    check(
        &generator,
        "<div>\n*a*\n</div>",
        "<div><p><em>a</em></p></div>",
    );
    check(&generator, "<h2>*a*</h2>", "<h2><em>a</em></h2>");
    check(
        &generator,
        "<ul>\n<li>*a*</li>\n</ul>",
        "<ul><li>*a*</li></ul>",
    );
}

#[test]
fn extensions_of_kramdown() {
    check(
        &JEKYLL,
        "a {::comment}b{:/} c {::nomarkdown}<b>*x*</b>{:/nomarkdown} d",
        "<p>a  c <b>*x*</b> d</p>",
    );
    check(
        &JEKYLL,
        "a {::nomarkdown}<div>b</div>{:/} <div>c",
        "<p>a </p><div>b</div> &lt;div&gt;c",
    );
    check(
        &JEKYLL,
        "{::nomarkdown}\n<div>\n*a*\n</div>\n{:/}\n\n*c*\n\n{::comment}\nd\n\n{:/comment}\n",
        "<div>*a*</div><p><em>c</em></p>",
    );
}

#[test]
fn terms_and_definitions() {
    for generator in [&JEKYLL, &PELICAN, &HUGO] {
        check(
            generator,
            "T1\nT2\n: d1\n: d2\n\nT3\n\n: d3\n",
            "<dl><dt>T1</dt><dt>T2</dt><dd>d1</dd><dd>d2</dd><dt>T3</dt><dd><p>d3</p></dd></dl>",
        );
    }
    let several = "T\n:   a\n\n    b\n";
    for generator in [&JEKYLL, &HUGO] {
        check(generator, several, "<dl><dt>T</dt><dd>a<p>b</p></dd></dl>");
    }
    check(
        &PELICAN,
        several,
        "<dl><dt>T</dt><dd><p>a</p><p>b</p></dd></dl>",
    );
}

#[test]
fn lists_with_several_marks() {
    let (a, b) = ("<li>a</li>", "<li>b</li>");
    let text = "- a\n* b\n";
    for generator in [&JEKYLL, &PELICAN] {
        check(generator, text, &format!("<ul>{a}{b}</ul>"));
        check(generator, "3. a\n4. b\n", &format!("<ol>{a}{b}</ol>"));
    }
    check(&HUGO, text, &format!("<ul>{a}</ul><ul>{b}</ul>"));
    let mixed = "1. a\n  - b\n2. c\n";
    check(
        &JEKYLL,
        mixed,
        &format!("<ol><li>a<ul>{b}</ul></li><li>c</li></ol>"),
    );
    check(&PELICAN, mixed, &format!("<ol>{a}{b}<li>c</li></ol>"));
    check(
        &HUGO,
        mixed,
        &format!("<ol>{a}</ol><ul>{b}</ul><ol start=\"2\"><li>c</li></ol>"),
    );
    let apart = "1. a\n\n- b\n";
    check(&JEKYLL, apart, &format!("<ol>{a}</ol><ul>{b}</ul>"));
    check(
        &PELICAN,
        apart,
        "<ol><li><p>a</p></li><li><p>b</p></li></ol>",
    );
}

#[test]
fn levels_of_lists() {
    let text = "- a\n  - b\n\n  c\n";
    check(&PELICAN, text, "<ul><li>a</li><li>b</li></ul><p>c</p>");
    check(
        &PELICAN,
        "- a\n    - b\n      - c\n\n            d\n",
        "<ul><li>a<ul><li>b</li><li>c<pre><code>d</code></pre></li></ul></li></ul>",
    );
    let sane = Generator {
        files: &[(
            "pelicanconf.py",
            "SITENAME = 'Site'\nSITEURL = 'https://example.gov'\nTIMEZONE = 'UTC'\n\
             MARKDOWN = {'extensions': ['sane_lists', 'extra']}\n",
        )],
        post: PELICAN.post,
    };
    check(
        &sane,
        "3. a\n\n- b\n",
        "<ol start=\"3\"><li>a</li></ol><ul><li>b</li></ul>",
    );
}

#[test]
fn quotes_by_engine() {
    let text = "'tis \"'nested' x\" 5'10\" and \\'a\\' the '90s\n";
    check(
        &JEKYLL,
        text,
        "<p>‘tis “‘nested’ x” 5’10” and 'a' the ’90s</p>",
    );
    check(
        &HUGO,
        text,
        "<p>’tis “’nested’ x” 5'10\" and 'a' the ’90s</p>",
    );
}

/// Eleventy has no indented code since version 2, in lists either.
#[test]
fn indented_lines_in_lists() {
    check(
        &ELEVENTY,
        "- a\n    - b\n\n            # c\n",
        "<ul><li>a<ul><li><p>b</p><p># c</p></li></ul></li></ul>",
    );
    check(
        &JEKYLL,
        "- a\n\n      c\n",
        "<ul><li><p>a</p><pre><code>c</code></pre></li></ul>",
    );
}
