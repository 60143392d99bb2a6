//! Places in diagnostics are those that an editor shows.

use super::{check, rss};

#[test]
fn places_are_those_of_editors() {
    let feed = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<rss version=\"2.0\">\n <channel>\n  \
                <title>é</title><tïtle x=\"&lt;\"/>\n  <ttl>\n   soon</ttl></channel>\n</rss>\n";
    let found = check(feed.as_bytes(), None);
    assert!(
        found.contains(
            &"element-unknown 4:19 `tïtle` cannot stand in `channel`; `title` can".to_owned()
        ),
        "{found:?}"
    );
    assert!(
        found.contains(
            &"number-invalid 5:3 `ttl` is “soon”, and not a whole number from 1".to_owned()
        ),
        "{found:?}"
    );
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\",\n \"title\": 3, \"items\": []}";
    assert!(
        check(json.as_bytes(), None)
            .contains(&"json-type 2:11 `title` is a number, and not a text".to_owned()),
        "{:?}",
        check(json.as_bytes(), None)
    );
}

#[test]
fn lines_of_html_are_those_of_the_file() {
    let feed = rss(
        "",
        "<description>&lt;p>a&lt;/p>\n&lt;p>b\n&lt;script>c&lt;/script>&lt;/p></description>",
    );
    let found = check(feed.as_bytes(), None);
    assert_eq!(
        found,
        ["html-dangerous 3:1 the HTML of `description` has the element `script`"]
    );
}

#[test]
fn places_in_texts_are_those_of_the_file() {
    for (text, expected) in [
        ("a\r\nb\u{fffd}", "2:2"),
        ("<![CDATA[\n\n&amp;\u{fffd}]]>", "3:6"),
        // Behind a reference only the line is known.
        ("a &amp;\n\n&amp;\u{fffd}", "3:1"),
        // Where lines are none in the file, the place is that of the whole.
        ("&#10;&#10;&#10;\u{fffd}", "1:48"),
        ("a\r\r\r\r\u{fffd}", "1:48"),
    ] {
        let feed = format!(
            "<rss version='2.0'><channel><item><description>{text}</description></item></channel></rss>"
        );
        let found = check(feed.as_bytes(), None);
        let broken = found
            .iter()
            .find(|line| line.starts_with("characters-broken"));
        let broken = broken.unwrap_or_else(|| panic!("{text}: {found:?}"));
        assert!(
            broken.contains(&format!(" {expected} ")),
            "{text}: {broken}"
        );
    }
}

#[test]
fn places_are_the_same_wherever_the_input_is_cut() {
    let item = "<description>a&lt;p>b\n<![CDATA[<x\n-y>é]]>&amp;&eacute;<!-- c\n -->&#60;\u{fffd}</description>\
                <pubDate>2020]]&gt;</pubDate><x/>";
    let of = |before: usize| {
        let feed = rss("", item);
        let (start, rest) = feed.split_once("<channel>").unwrap();
        let feed = format!("{start}<!--{}-->\n<channel>{rest}", " ".repeat(before));
        (check(feed.as_bytes(), None), feed.len())
    };
    let (expected, length) = of(0);
    assert!(expected.len() > 5, "{expected:?}");
    // The input is read in pieces of 64 KiB.
    for end in 0..length - 200 {
        assert_eq!(of(64 * 1024 - length + end).0, expected, "{end}");
    }
}
