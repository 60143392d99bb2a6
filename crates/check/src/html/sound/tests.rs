//! What is read without a parser is what the parser reads.

use super::super::HTML_RELATIVE;
use super::super::sink::parse;
use super::*;

/// Parts of HTML, each right by itself or wrong in one way.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "<p>", "</p>", "<p class=x>", "<b>", "</b>", "<a href=\"/x?a&amp;b\">", "</a>", "<i a b='c'>",
    "</i>", "<div style=\"position: fixed\">", "</div>", "<ul>", "</ul>", "<li>", "</li >", "<ol>",
    "</ol>", "<h1>", "</h1>", "<h2 a='1' a='2'>", "</h2>", "<br>", "<br/>", "<br / >", "<hr>",
    "<img src='a b' onload=\"x\"/>", "<img srcset=\"a 1x, b 2x\">", "<table>", "</table>",
    "<tbody>", "</tbody>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<dl>", "</dl>",
    "<dt>", "</dt>", "<dd>", "</dd>", "<span\n title='a\n&lt;b'\n>", "</span>", "<span/>",
    "<pre>\n", "</pre>", "<iframe src='x'>", "</iframe>", "<svg>", "</svg>", "<form>", "</form>",
    "<x-y>", "</x-y>", "<script>", "</script>", "<P>", "</P>", "<!-- a -->", "<!-- a -- b -->",
    "<!---->", "<!-->", "<!--?import-->", "<!-- <b> -->", "<![CDATA[x]]>", "<!doctype html>",
    "<?php ?>", "text ", " ", "\n", "&amp;", "&nbsp", "&nbsp;", "&x;", "& ", "&", "&#38;",
    "&#x26;", "&#128;", "&#0;", "a<b", "a>b\"'", "\r\n", "\0", "é “x” 😀", "<", "</", "<a ='b'>",
    "<em a=\"<p>\">", "<img src=\"a<!b\">", "</em>", "<strong a=b>", "</strong\t>", "<blockquote cite='/a'>",
    "</blockquote>", "</br>", "</>", "<small a=\"1\"b=\"2\">", "</small>", "<video src='//x/y'>",
    "<source src=x>", "</video>", "<image>", "<details>", "<summary>", "</summary>", "</details>",
    "<center>", "</center>",
];

/// The problems that the parser finds, where this is sure to know them, and both are the same.
fn is_sound(html: &str) -> bool {
    let found = |sink: Sink| {
        let problems = sink.problems.into_inner();
        let problems = problems
            .iter()
            .map(|p| format!("{} {} {}", p.rule.code, p.line, p.what));
        let problems: Vec<String> = problems.collect();
        (
            problems,
            sink.count.get(),
            sink.broken.get(),
            sink.is_relative.get(),
        )
    };
    let sink = Sink::new(Some(&HTML_RELATIVE));
    let is_sound = read(html, &sink).is_some();
    if is_sound {
        assert_eq!(
            found(sink),
            found(parse(html, Sink::new(Some(&HTML_RELATIVE)))),
            "{html:?}"
        );
        assert!(
            !feedwright_base::html::nesting::is_excessive(html),
            "{html:?}"
        );
    }
    is_sound
}

#[test]
fn what_is_sound_is_so_for_the_parser() {
    // Each pair stands in many elements, and then come random texts, most of them almost well nested.
    let around = [
        ("", ""),
        ("<p>", "</p>"),
        ("<ul><li>", "</li></ul>"),
        ("<b><div>", "</div></b>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<table><tbody><tr>", "</tr></tbody></table>"),
        ("<table>", "</table>"),
        ("<h1>", "</h1>"),
        ("<a>", "</a>"),
        ("<ul>", "</ul>"),
    ];
    let mut sound = 0;
    for one in PARTS {
        for other in PARTS {
            for (before, behind) in around {
                sound += usize::from(is_sound(&format!("{before}{one}{other}{behind}")));
            }
        }
    }
    assert!(sound > 1_000, "{sound}");
}

#[test]
fn nested_parts_at_random() {
    let mut seed = 1_u64;
    let mut random = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut sound = 0;
    for _ in 0..20_000 {
        let mut html = String::new();
        let mut open: Vec<&str> = Vec::new();
        for _ in 0..random(30) {
            match random(8) {
                0..4 => html.push_str("x y\n"),
                4 | 5 if !open.is_empty() => html += &format!("</{}>", open.pop().unwrap()),
                6 if random(6) == 0 => html.push_str(PARTS[random(PARTS.len())]),
                _ => {
                    let names: Vec<&str> = feedwright_base::html::elements::all(
                        feedwright_base::html::elements::SHOWN,
                    )
                    .collect();
                    let name = match open.last() {
                        Some(&"table") => ["tr", "tbody", "td"][random(3)],
                        Some(&"tr") => "td",
                        Some(&"tbody") => "tr",
                        Some(&"ul") => "li",
                        Some(&"dl") => ["dt", "dd"][random(2)],
                        _ => names[random(names.len())],
                    };
                    html += &format!("<{name}>");
                    if Role::of(name).is_none_or(|role| !role.is_void()) {
                        open.push(name);
                    }
                }
            }
        }
        while let Some(name) = open.pop() {
            html += &format!("</{name}>");
        }
        sound += usize::from(is_sound(&html));
    }
    assert!(sound > 1_000, "{sound}");
}

#[test]
fn references_are_those_of_the_parser() {
    for (name, _) in html_escape::NAMED_ENTITIES {
        let name = String::from_utf8_lossy(name);
        assert!(
            is_sound(&format!("&{name}; <img alt='&{name};'>")),
            "{name}"
        );
    }
    for number in [
        0, 9, 13, 31, 32, 126, 127, 128, 159, 160, 0xd800, 0xfdd0, 0xffff, 0x110000,
    ] {
        is_sound(&format!("&#{number}; <img src=\"&#x{number:x};\">"));
    }
}

#[test]
fn limits_are_those_of_nesting() {
    for html in [
        format!("{}{}", "<b>".repeat(90), "</b>".repeat(90)),
        format!("{}{}", "<b><p>".repeat(40), "</p></b>".repeat(40)),
        format!("<b>{}</b>", "<br>".repeat(60_000)),
        format!("<i><b>{}</b></i>", "<span></span>".repeat(60_000)),
    ] {
        is_sound(&html);
    }
    assert!(!is_sound(&format!(
        "{}{}",
        "<b>".repeat(900),
        "</b>".repeat(900)
    )));
}
