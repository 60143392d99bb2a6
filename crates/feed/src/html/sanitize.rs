//! HTML that authors wrote, made safe by an allow-list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use feedwright_base::html::{elements, nesting};
use scraper::Html;

use super::links::{Base, SCHEMES};
use super::prepare::{with_addresses, with_first_lines, without_noscript};
use super::style;
use super::tree;

const GENERIC: [&str; 5] = ["title", "lang", "dir", "id", "style"];

const ATTRIBUTES: [(&str, &[&str]); 21] = [
    ("a", &["href", "hreflang", "name"]),
    ("audio", &["src", "controls"]),
    ("blockquote", &["cite"]),
    ("code", &["class"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("iframe", &["src"]),
    ("img", &["src", "srcset", "sizes", "alt", "width", "height"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("q", &["cite"]),
    ("source", &["src", "srcset", "sizes", "type", "media"]),
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope"]),
    ("time", &["datetime"]),
    ("track", &["src", "kind", "srclang", "label"]),
    ("video", &["src", "poster", "controls", "width", "height"]),
];

static ATTRIBUTE_SETS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> =
    LazyLock::new(|| {
        ATTRIBUTES
            .iter()
            .map(|(element, names)| (*element, names.iter().copied().collect()))
            .collect()
    });

/// The body nests too deeply to be parsed, or is too much in another way.
#[derive(Debug, PartialEq)]
pub(super) struct TooDeep;

/// Cleans HTML: unknown elements and attributes go, every URL becomes absolute, every id gets
/// the entry's prefix, frames become links to what they would show.
pub(super) fn sanitize(html: &str, base: &Base<'_>) -> Result<String, TooDeep> {
    if nesting::is_excessive(html) || nesting::escapes_too_much(html) {
        return Err(TooDeep);
    }
    let html = &*with_addresses(html);
    let html = &*without_noscript(html);
    let (url, prefix, files) = (base.url.clone(), base.prefix.to_owned(), base.files.clone());
    let clean = ammonia::Builder::empty()
        .tags(elements::all(elements::SHOWN).collect())
        .clean_content_tags(elements::all(elements::DROPPED).collect())
        .tag_attributes(ATTRIBUTE_SETS.clone())
        .generic_attributes(GENERIC.into_iter().collect())
        .url_schemes(SCHEMES.into_iter().collect())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(move |element, name, value| {
            attribute(
                &Base {
                    url: &url,
                    prefix: &prefix,
                    files: files.clone(),
                },
                element,
                name,
                value,
            )
        })
        .clean(html)
        .to_string();
    let (mut tree, mut clean) = settled(clean)?;
    let changed = tree::without_frames(&mut tree);
    if tree::without_blanks(&mut tree) || changed {
        clean = tree.root_element().inner_html();
    }
    // The serializer names U+00A0, which XML has no entity for; the character says the same.
    let clean = if clean.contains("&nbsp;") {
        clean.replace("&nbsp;", "\u{a0}")
    } else {
        clean
    };
    Ok(match with_first_lines(&clean) {
        Cow::Borrowed(_) => clean,
        Cow::Owned(with) => with,
    })
}

/// HTML as browsers understand it, so that they understand the same again: where elements went, or
/// tags were in a tangle, links may stand in links, and headings and paragraphs in others, which no
/// text of HTML can say.
fn settled(mut html: String) -> Result<(Html, String), TooDeep> {
    /// More than this no tangle of tags is known to need.
    const ROUNDS: usize = 3;
    for _ in 0..ROUNDS {
        let (tree, again) = parsed(&html)?;
        if again == html {
            return Ok((tree, again));
        }
        html = again;
    }
    parsed(&html)
}

/// What a parser makes of HTML, and how it is written again.
fn parsed(html: &str) -> Result<(Html, String), TooDeep> {
    // Texts that elements stood between are one text now.
    if nesting::escapes_too_much(html) {
        return Err(TooDeep);
    }
    let tree = Html::parse_fragment(&with_first_lines(html));
    let again = tree.root_element().inner_html();
    Ok((tree, again))
}

/// The value that an allowed attribute keeps; `None` when it goes.
fn attribute<'v>(
    base: &Base<'_>,
    element: &str,
    name: &str,
    value: &'v str,
) -> Option<Cow<'v, str>> {
    match name {
        "href" | "src" | "poster" | "cite" => base.resolve(value).map(Cow::Owned),
        "srcset" => base.srcset(value).map(Cow::Owned),
        "id" | "name" if !value.is_empty() && !value.contains(char::is_whitespace) => {
            Some(Cow::Owned(base.id(value)))
        }
        "id" | "name" => None,
        "style" => style::safe(value).map(Cow::Owned),
        "class" if element == "code" => {
            (value.starts_with("language-") && !value.contains(' ')).then_some(Cow::Borrowed(value))
        }
        "width" | "height" | "colspan" | "rowspan" | "span" | "start" | "value" => {
            let number = value.trim().trim_end_matches("px").trim_end_matches('%');
            let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| Cow::Owned(value.trim().trim_end_matches("px").to_owned()))
        }
        _ => Some(Cow::Borrowed(value)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    fn clean(html: &str) -> String {
        let url = Url::parse("https://example.gov/post/").expect("a URL");
        sanitize(
            html,
            &Base {
                url: &url,
                prefix: "p1",
                files: None,
            },
        )
        .expect("HTML that is not too deep")
    }

    fn check(html: &str, expected: &str) {
        assert_eq!(clean(html), expected, "{html}");
    }

    #[test]
    fn dangerous_things_go() {
        check("<script>alert(1)</script>x", "x");
        check("<p onclick=\"x()\">a</p>", "<p>a</p>");
        check("<a href=\"javascript:x()\">a</a>", "<a>a</a>");
        check("<a href=\"&#106;avascript:x()\">a</a>", "<a>a</a>");
        check(
            "<img src=x onerror=alert(1)>",
            "<img src=\"https://example.gov/post/x\" alt=\"\">",
        );
        check("<svg><script>x</script></svg><math><mi>y</mi></math>z", "z");
        check("<form action=/x><input name=a>b</form>", "b");
        check(
            "<style>p{}</style><p style=\"position:fixed;color:RED\">a</p>",
            "<p style=\"color:red\">a</p>",
        );
        check("<!-- c -->a", "a");
        check("<x-y>a</x-y>", "a");
        check("<img alt=\"no source\">a", "a");
        check(
            "<noscript><img src=/a.png> <a href=/b>c</a></NoScript >d",
            "<img src=\"https://example.gov/a.png\" alt=\"\"> <a href=\"https://example.gov/b\">c</a>d",
        );
        check("<noscript", "");
        check("<noscripts>a</noscripts>", "a");
        check("<pre>A <a@b.gov> x</pre>", "<pre>A &lt;a@b.gov&gt; x</pre>");
    }

    #[test]
    fn urls_become_absolute() {
        check(
            "<a href=\"/x y\">a</a>",
            "<a href=\"https://example.gov/x%20y\">a</a>",
        );
        check(
            "<a href=\"#n\" id=\"m\">a</a>",
            "<a href=\"https://example.gov/post/#n\" id=\"p1-m\">a</a>",
        );
        check(
            "<video poster=\"p.jpg\" controls><source src=\"v.mp4\" type=\"video/mp4\"></video>",
            "<video poster=\"https://example.gov/post/p.jpg\" controls=\"\"><source src=\"https://example.gov/post/v.mp4\" type=\"video/mp4\"></video>",
        );
        check(
            "<blockquote cite=\"/q\">a</blockquote>",
            "<blockquote cite=\"https://example.gov/q\">a</blockquote>",
        );
    }

    #[test]
    fn frames_become_links() {
        check(
            "<iframe src=\"//v.example/a?b=1&c=2\" title=\"A <b> & c\"></iframe>",
            "<a href=\"https://v.example/a?b=1&amp;c=2\">A &lt;b&gt; &amp; c</a>",
        );
        check("<iframe src=\"javascript:x\"></iframe>a", "a");
        check(
            "<a title=\"<iframe src='https://x.example/'></iframe>\" href=\"/a\">b</a>",
            "<a title=\"&lt;iframe src='https://x.example/'&gt;&lt;/iframe&gt;\" href=\"https://example.gov/a\">b</a>",
        );
    }

    #[test]
    fn what_shows_nothing_goes() {
        check(
            "<p></p><p> <br></p><h2><button>x</button></h2>",
            "<h2>x</h2>",
        );
        check("<p>a<div>b</div></p>", "<p>a</p><div>b</div>");
        check("<h2><script>x</script></h2>a", "a");
        // Links lead there, and authors make room by such paragraphs.
        check("<p><a id='x'></a></p>", "<p><a id=\"p1-x\"></a></p>");
        check("<p>&nbsp;</p>", "<p>\u{a0}</p>");
    }

    #[test]
    fn no_link_or_paragraph_in_another() {
        check(
            "<a href=\"/x\">a <iframe src=\"/y\" title=\"T\"></iframe></a>",
            "<a href=\"https://example.gov/x\">a T</a>",
        );
        check(
            "<a href=\"/x\"><table><tr><td><a href=\"/y\">b</a></td></tr></table></a>",
            "<a href=\"https://example.gov/x\"><table><tbody><tr><td>b</td></tr></tbody></table></a>",
        );
        check(
            "<p>a<MARQUEE><p>b</marquee><p>c",
            "<p>a</p><p>b</p><p>c</p>",
        );
        check("<pre>\n\n a</pre>", "<pre>\n\n a</pre>");
    }

    #[test]
    fn depth_is_bounded() {
        let url = Url::parse("https://example.gov/").expect("a URL");
        let deep = "<div>".repeat(100_000);
        assert_eq!(
            sanitize(
                &deep,
                &Base {
                    url: &url,
                    prefix: "p",
                    files: None,
                }
            ),
            Err(TooDeep)
        );
        let fails = |html: String| {
            assert_eq!(
                sanitize(
                    &html,
                    &Base {
                        url: &url,
                        prefix: "p",
                        files: None,
                    }
                ),
                Err(TooDeep)
            );
        };
        fails("<div></x>".repeat(10_000));
        fails("<rt>".repeat(10_000));
        fails("<div><object></div>".repeat(10_000));
        fails(format!(
            "<p>{}{}",
            "<b id=a>".repeat(300),
            "<p>x".repeat(50_000)
        ));
        fails("<svg>".to_owned() + &"<g>".repeat(10_000));
        fails("<div>".to_owned() + &"&notin".repeat(80_000));
        fails("<div>".to_owned() + &"&<x>".repeat(80_000));
        fails("<div>".to_owned() + &"\u{a7}".repeat(300_000));
        check(
            &format!("<svg>{}</svg>a", "<path d=\"M0 0\"/>".repeat(1_000)),
            "a",
        );
        check(&"<p>a".repeat(1_000), &"<p>a</p>".repeat(1_000));
        check(&"<li>a".repeat(3), "<li>a</li><li>a</li><li>a</li>");
    }

    /// Tags in any order, as no author writes them.
    fn tangle() -> impl Strategy<Value = String> {
        let name = prop::sample::select(vec![
            "a",
            "p",
            "b",
            "i",
            "em",
            "code",
            "font",
            "nobr",
            "div",
            "ul",
            "li",
            "dl",
            "dd",
            "h1",
            "h2",
            "pre",
            "table",
            "tr",
            "td",
            "caption",
            "colgroup",
            "tbody",
            "marquee",
            "form",
            "object",
            "svg",
            "math",
            "mtext",
            "foreignObject",
            "button",
            "select",
            "option",
            "details",
            "summary",
            "ruby",
            "rt",
            "center",
            "blockquote",
            "foo",
            "xmp",
            "noframes",
            "textarea",
            "template",
            "title",
            "style",
            "body",
            "html",
            "video",
            "figure",
            "span",
        ]);
        let part = prop_oneof![
            6 => name.clone().prop_map(|name| format!("<{name}>")),
            3 => name.prop_map(|name| format!("</{name}>")),
            2 => Just("<a href=\"/x\">".to_owned()),
            2 => Just("<iframe src=\"/y\" title=\"T\"></iframe>".to_owned()),
            1 => prop::sample::select(vec!["<br>", "<hr>", "<img src=\"/z\">", "<img>", "<col>", "<!--", "-->", "&lt;", "\n", "\n\n"])
                .prop_map(str::to_owned),
            3 => Just("t ".to_owned()),
        ];
        prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

        /// Browsers see in what comes out what the sanitizer saw, and no link or paragraph in
        /// another.
        #[test]
        fn a_second_parser_changes_nothing(html in tangle()) {
            let clean = clean(&html);
            let parsed = Html::parse_fragment(&clean);
            let again = parsed.root_element().inner_html().replace("&nbsp;", "\u{a0}");
            let again = with_first_lines(&again);
            prop_assert_eq!(&again, &clean, "{}", html);
            for nested in ["a a", "p p", "iframe"] {
                let selector = scraper::Selector::parse(nested).expect("a selector");
                prop_assert!(parsed.select(&selector).next().is_none(), "{} in {}", nested, clean);
            }
        }
    }
}
