use proptest::prelude::*;

use super::*;

/// The fields of a page as `key=value`, in order.
fn read(html: &str) -> String {
    let shown = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => format!("{other:?}"),
    };
    let fields = fields(html, Path::new("a.html"));
    let fields = fields
        .iter()
        .map(|field| format!("{}={}", field.key, shown(&field.value)));
    fields.collect::<Vec<_>>().join("; ")
}

#[test]
fn titles_are_those_of_the_page() {
    for (html, expected) in [
        ("<title>A | S</title><h1>A</h1>", "h1=A; title=A | S"),
        (
            "<title>A | S</title><h1>S</h1><h1>A</h1>",
            "h1=A; title=A | S",
        ),
        (
            "<title>A | S</title><meta property=og:site_name content=S><h1>S</h1><h1>A</h1>",
            "meta og:site_name=S; h1=A; title=A",
        ),
        ("<title>A</title><h1>Other</h1>", "title=A"),
        ("<h1>A <a class=x href=#a>#</a></h1>", "h1=A"),
        ("<title>A &lt;b></title>", "title=A &lt;b>"),
        ("<svg><title>Icon</title></svg><nav><h1>Menu</h1></nav>", ""),
    ] {
        assert_eq!(read(html), expected, "{html}");
    }
}

#[test]
fn names_that_are_repeated_list() {
    let html = "<meta property=article:tag content=a><meta property=article:tag content=b>\
                <a rel=tag href=/c>c</a>";
    let list = "List([String(\"a\"), String(\"b\")])";
    assert_eq!(read(html), format!("meta article:tag={list}"));
}

#[test]
fn linked_data_of_the_page_count() {
    let script = |json: &str| format!("<script type='application/ld+json'>{json}</script>");
    let post = |url: &str, day: &str| {
        format!("{{\"@type\": \"BlogPosting\", \"url\": \"{url}\", \"datePublished\": \"{day}\"}}")
    };
    let two = [
        post("https://a.gov/a", "2024-01-01"),
        post("https://a.gov/b", "2024-01-02"),
    ];
    let two = script(&format!("[{}]", two.join(",")));
    let own = "<link rel=canonical href=https://a.gov/b/>";
    for (html, expected) in [
        (two.clone(), None),
        (format!("{own}{two}"), Some("2024-01-02")),
        (
            script("{\"@type\": \"WebPage\", \"datePublished\": \"2024-01-01\"}"),
            None,
        ),
        (
            script(&format!(
                "{{\"@type\": \"WebPage\", \"mainEntity\": {}}}",
                post("", "2024-01-01")
            )),
            Some("2024-01-01"),
        ),
        (
            script(&format!(
                "{{\"@type\": \"Blog\", \"blogPost\": [{}]}}",
                post("", "2024-01-01")
            )),
            None,
        ),
        (
            script("{\"@type\": \"Article\", \"headline\": \"a \"b\"\"}"),
            None,
        ),
    ] {
        let fields = fields(&html, Path::new("a.html"));
        let date = fields
            .iter()
            .find(|field| field.key == "json-ld datePublished");
        let date = date.and_then(|field| field.value.as_filled_text());
        assert_eq!(date.as_deref(), expected, "{html}");
    }
}

#[test]
fn authors_may_be_described_elsewhere() {
    let html = "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"Article\", \
                \"author\": {\"@id\": \"#jane\"}}, {\"@id\": \"#jane\", \"name\": \"Jane\"}]}</script>";
    assert!(read(html).contains("String(\"Jane\")"), "{}", read(html));
}

/// As themes of WordPress write them.
#[test]
fn authors_may_be_marked_by_microformats() {
    for html in [
        "<span class='author vcard'><a class='url fn n' href='/author/jane/'>Jane</a></span>",
        "<span class='p-author h-card'>Jane</span>",
    ] {
        assert!(read(html).contains("Jane"), "{}", read(html));
    }
}

proptest! {
    #[test]
    fn any_text_can_be_read(html in "(<[/!]?(a|h1|li|time|article|title|script|meta|svg|div)( (class|datetime|href|itemprop|itemtype|rel)=[a-z:/\"-]{0,12})*>?|[ -~é中]{0,9}){0,60}") {
        let found = fields(&html, Path::new("a.html"));
        prop_assert!(found.iter().all(|field| !field.key.is_empty()));
    }
}
