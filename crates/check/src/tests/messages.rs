//! What messages say.

use super::{SUMMARY, atom, check, json, rss};

/// The first message about a feed that is not about its encoding.
fn first(feed: &str) -> String {
    let all = check(feed.as_bytes(), None);
    let mut of_interest = all.iter().filter(|line| !line.starts_with("encoding-"));
    of_interest.next().cloned().unwrap_or_default()
}

#[test]
fn json_is_explained_in_words() {
    let feed = json("", "");
    for (from, to, message) in [
        ("\"x\"}]", "\"x\"},]", "a comma stands before `]`"),
        ("\"x\"}", "\"x\",}", "a comma stands before `}`"),
        ("\"T\",", "\"T\"", "a comma is missing before this"),
        ("\"title\":", "\"title\"", "a colon is missing"),
        ("\"T\"", "'T'", "texts stand in double quotes"),
        (
            "\"T\"",
            "\"T\n\"",
            "a line break or another control character",
        ),
        ("\"T\"", "\"\\x\"", "a backslash begins nothing"),
        ("\"T\"", "\"\\ud800\"", "half of a character"),
        ("\"T\"", "01", "a number is not written as JSON has it"),
        ("\"T\"", "/* c */ 1", "a comment stands here"),
        ("\"T\"", "NaN", "no value of JSON begins so"),
        (
            "]}",
            "",
            "the file ends before it is complete; `]` is missing",
        ),
        ("]}", "]}}", "something follows after the feed"),
    ] {
        let broken = feed.replace(from, to);
        let message_of = first(&broken);
        assert!(
            message_of.starts_with("json-syntax "),
            "{broken}: {message_of}"
        );
        assert!(message_of.contains(message), "{broken}: {message_of}");
    }
}

#[test]
fn what_stands_before_the_declaration_is_named() {
    let feed = rss("", "");
    for (before, message) in [
        (
            "\n\n",
            "3:1 white space stands before `<?xml`, which is on line 3",
        ),
        (
            "PHP Notice:  x in y.php\n",
            "1:1 “PHP Notice:  x in y.php” stands before `<?xml`, which is on line 2",
        ),
        (
            "<br />\n<b>Warning</b>: x\n",
            "1:1 “<br” stands before `<?xml`, which is on line 3",
        ),
        (
            "<?php echo 1 ?>\n",
            "2:1 “<?php echo 1” stands before `<?xml`, which is on line 2",
        ),
        (
            "\u{feff}\u{feff}",
            "1:1 a second byte order mark stands before `<?xml`, which is on line 1",
        ),
    ] {
        let found = first(&format!("{before}{feed}"));
        assert_eq!(found, format!("xml-declaration {message}"), "{before:?}");
    }
    assert!(first("hello").contains("text stands outside"));
}

#[test]
fn compressed_files_are_known() {
    let found = check(b"\x1f\x8b\x08\0\0\0", None);
    assert_eq!(found, ["no-feed 1:1 the file is compressed, as by `gzip`"]);
}

#[test]
fn capitals_count() {
    let found = first("<RSS version='2.0'/>");
    assert_eq!(
        found,
        "no-feed 1:1 the outermost element is `RSS`, and has to be `rss`: capitals count in XML"
    );
}

#[test]
fn the_end_of_a_file_names_what_is_open() {
    let feed = atom("", "<summary>S</summary>\n<content>x");
    let whole = feed.split("</entry>").next().unwrap();
    let found = first(whole);
    let open = "`content` of line 2, `entry` of line 1 and `feed` of line 1 are";
    assert!(
        found.ends_with(&format!("the file ends while {open} open")),
        "{found}"
    );
    let found = first(&format!("{whole}</cont"));
    assert!(
        found.ends_with(&format!(
            "2:11 the file ends in this tag, while {open} open"
        )),
        "{found}"
    );
}

#[test]
fn raw_html_is_told_once() {
    let feed = atom("", "<summary>a <b>b</b><p>c</p></summary>");
    let found = check(feed.as_bytes(), None);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("text-markup "), "{found:?}");
    let found = check(atom("", SUMMARY).as_bytes(), None);
    assert!(found.is_empty(), "{found:?}");
}
