//! Tables of front matter in all languages, and what is read of it.

use super::*;

fn decode_text(text: &str) -> (Option<FrontMatter>, Vec<String>) {
    let source = Source {
        path: "a.md".into(),
        text: text.to_owned(),
    };
    let mut diags = Diagnostics::new();
    let front_matter = decode(&source, Syntax::Fenced, &mut diags);
    let messages = diags
        .iter()
        .map(|d| {
            let at = d.location.as_ref().expect("a place");
            format!("{}:{} {}", at.line, at.column, d.message)
        })
        .collect();
    (front_matter, messages)
}

fn check(text: &str, format: Format, expected: &[(&str, &str, usize)], body: &str) {
    let (front_matter, messages) = decode_text(text);
    assert_eq!(messages, Vec::<String>::new(), "{text:?}");
    let front_matter = front_matter.expect("front matter");
    assert_eq!(front_matter.format, format);
    let found: Vec<_> = front_matter
        .fields
        .iter()
        .map(|f| {
            (
                f.key.as_str(),
                f.value.as_text().unwrap_or_default(),
                f.line,
            )
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|&(k, v, l)| (k, v.to_owned(), l))
        .collect();
    assert_eq!(found, expected, "{text:?}");
    assert_eq!(&text[front_matter.body_start..], body);
}

#[test]
fn the_three_languages() {
    check(
        "---\ntitle: A\n---\nbody",
        Format::Yaml,
        &[("title", "A", 2)],
        "body",
    );
    check(
        "+++\ntitle = \"A\"\n+++\nbody",
        Format::Toml,
        &[("title", "A", 2)],
        "body",
    );
    check(
        "{\n\"title\": \"A\"\n}\nbody",
        Format::Json,
        &[("title", "A", 2)],
        "body",
    );
    check("body\n---\n", Format::None, &[], "body\n---\n");
    check("{% include x %}", Format::None, &[], "{% include x %}");
}

#[test]
fn traces_of_editors() {
    check(
        "\u{feff}---\r\ntitle: A  \r\n---  \r\nbody",
        Format::Yaml,
        &[("title", "A", 2)],
        "body",
    );
    check(
        "\n\n---\ntitle: A\n...\nbody",
        Format::Yaml,
        &[("title", "A", 4)],
        "body",
    );
    check("---\n---\nbody", Format::Yaml, &[], "body");
    check("---\ntitle: A\n---", Format::Yaml, &[("title", "A", 2)], "");
    check("\u{feff}body", Format::None, &[], "body");
}

#[test]
fn the_columns_of_headers() {
    for (line, value, column) in [
        ("Title: A", "A", 8),
        ("Title: A  ", "A", 8),
        ("Title: A \t ", "A", 8),
        ("Title:A", "A", 7),
        ("Title: \t A", "A", 10),
        ("  Title: A ", "A", 10),
        ("Title: é ", "é", 8),
        ("Title:é\t\t", "é", 7),
        ("Title: 日本 語  ", "日本 語", 8),
        ("Title: 🎉 \t", "🎉", 8),
        ("Title: e\u{301} ", "e\u{301}", 8),
        ("Title: \u{a0}é\u{a0} ", "é", 9),
        ("Title:\u{3000}語\u{2028}", "語", 8),
        ("Title: \u{feff} ", "\u{feff}", 8),
        ("Title:", "", 7),
        ("Title:  ", "", 9),
    ] {
        let source = Source {
            path: "a.md".into(),
            text: format!("Date: 2024-01-02\n{line}\n\nText.\n"),
        };
        let mut diags = Diagnostics::new();
        let found = decode(&source, Syntax::Headers, &mut diags).expect("front matter");
        let field = found.fields.last().expect("a field");
        assert_eq!(field.value, Value::String(value.to_owned()), "{line:?}");
        assert_eq!((field.line, field.column), (2, column), "{line:?}");
    }
}

#[test]
fn mistakes_stand_where_editors_show_them() {
    for (text, place) in [
        ("---\na: é\rb\u{2028}c: [\u{85}}\n---\n", "2:8"),
        ("---\na: \u{85}é: ]\n---\n", "2:6"),
        ("+++\na = \"é\" ?\n+++\n", "2:9"),
        ("{\"é\": \"日本\" ?}", "1:12"),
        (" \n  {\"é\": \"日本\" ?}", "2:14"),
        ("---json\n\"é\": ?\n---\n", "2:6"),
        ("---json\n{\n\"é\": ?}\n---\n", "3:6"),
    ] {
        let (front_matter, messages) = decode_text(text);
        assert_eq!(front_matter, None, "{text:?}");
        let last = messages.last().expect("an error");
        assert!(last.starts_with(&format!("{place} ")), "{text:?}: {last}");
    }
}

#[test]
fn duplicate_keys_are_kept_and_the_last_wins() {
    let (front_matter, _) = decode_text("---\na: 1\nb: 2\na: 3\n---\n");
    let front_matter = front_matter.expect("front matter");
    assert_eq!(
        front_matter.get("a").map(|f| f.value.clone()),
        Some(Value::Number("3".into()))
    );
    let lines: Vec<_> = front_matter
        .duplicates()
        .into_iter()
        .map(|f| (f.key.as_str(), f.line))
        .collect();
    assert_eq!(lines, [("a", 4)]);
}

#[test]
fn numbers_keep_their_digits_and_blank_values_are_absent() {
    let (front_matter, _) = decode_text("---\nversion: 1.10\npermalink:  \ntags: []\n---\n");
    let front_matter = front_matter.expect("front matter");
    assert_eq!(
        front_matter
            .get("version")
            .and_then(|f| f.value.as_text())
            .as_deref(),
        Some("1.10")
    );
    assert_eq!(front_matter.get("permalink"), None);
    assert_eq!(front_matter.get("tags"), None);
}

#[test]
fn mistakes_have_their_line() {
    let check = |text: &str, expected: &str| {
        let (front_matter, messages) = decode_text(text);
        assert_eq!(front_matter, None, "{text:?}");
        assert_eq!(messages, [expected], "{text:?}");
    };
    check(
        "---\ntitle: A\nx: y: z\n---\n",
        "3:5 the YAML front matter cannot be read: mapping values are not allowed in this context",
    );
    check(
        "---\ntitle: A\nbody",
        "1:1 the front matter that begins here is never closed by a line `---`",
    );
    check(
        "+++\ntitle = A\n+++\n",
        "2:9 the TOML front matter cannot be read: string values must be quoted, expected literal string",
    );
    check(
        "{\n\"title\": A}\n",
        "2:10 the JSON front matter cannot be read: expected value",
    );
    check(
        "---\njust text\n---\n",
        "2:1 the front matter is not a list of `key: value` lines",
    );
}

#[test]
fn merge_keys_apply() {
    let (front_matter, _) = decode_text("---\nbase: &b {x: 1}\nmap: {<<: *b, y: 2}\n---\n");
    let front_matter = front_matter.expect("front matter");
    let map = &front_matter.get("map").expect("map").value;
    assert_eq!(map.text(&["x"]).as_deref(), Some("1"));
}
