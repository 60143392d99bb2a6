//! Any text in: strict XML and valid JSON out, absolute links, the same bytes each time.

use proptest::prelude::*;

use crate::site::Site;

/// Text with everything that has ever broken a feed in it.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[a-zA-Z0-9 .,]{0,12}",
        2 => any::<char>().prop_map(String::from),
        1 => prop_oneof![
            Just("\u{8}"), Just("\u{fffe}"), Just("]]>"), Just("<!--"), Just("-->"), Just("&"),
            Just("<"), Just(">"), Just("\""), Just("&amp;"), Just("&#8;"), Just("&nosuch;"),
            Just("<b>"), Just("</div>"), Just("<script>"), Just("<p"), Just("`"), Just("```\n"),
            Just("~~~"), Just("*"), Just("**"), Just("_"), Just("[x](y z)"), Just("[x](</y>)"),
            Just("![a](b \"c\")"), Just("[^1]"), Just("[^1]: n\n"), Just("\n\n"), Just("\n"),
            Just("# "), Just("- "), Just("> "), Just("| a | b |\n|---|:-:|\n| 1 | 2 |\n"),
            Just("{{ x }}"), Just("{% y %}"), Just("{: .z}"), Just("<a href=\"#q\">"), Just("</a>"),
            Just("\t"), Just("    "), Just("<?php"), Just("<![CDATA["), Just("\u{a0}"), Just("\r"),
            Just("term\n: def\n"), Just("- [x] "), Just("<iframe src=\"/f\">"), Just("<img src=i>"),
            Just("\\"), Just("~~"), Just("<https://e.example/?a=1&b=2>"), Just("\u{2028}"),
        ].prop_map(String::from),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

/// A YAML string that holds any text.
fn quoted(text: &str) -> String {
    let text = serde_json::to_string(text).expect("a string");
    // YAML 1.1, which Ruby reads, takes these for line ends, behind which `...` ends the text.
    let text = text.replace('\u{85}', "\\u0085");
    text.replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn check(site: &Site) -> Result<(), TestCaseError> {
    for file in site.files("feeds") {
        let text = site.read(&format!("feeds/{file}"));
        if file.ends_with(".xml") {
            let document = roxmltree::Document::parse(&text)
                .map_err(|error| TestCaseError::fail(format!("{file}: {error}\n{text}")))?;
            for node in document
                .descendants()
                .filter(|node| matches!(node.tag_name().name(), "encoded" | "content"))
            {
                links_are_absolute(node.text().unwrap_or_default())?;
            }
        } else {
            serde_json::from_str::<serde_json::Value>(&text)
                .map_err(|error| TestCaseError::fail(format!("{file}: {error}")))?;
        }
    }
    Ok(())
}

/// The tags of safe HTML: a `<` in text is escaped, so each begins a tag, and a `>` in quotes
/// does not end it.
fn tags(html: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open..];
        let mut quoted = false;
        let end = rest.find(|c: char| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let end = end.unwrap_or(rest.len() - 1) + 1;
        tags.push(&rest[..end]);
        rest = &rest[end..];
    }
    tags
}

fn links_are_absolute(html: &str) -> Result<(), TestCaseError> {
    let schemes = [
        "https://", "http://", "mailto:", "tel:", "sms:", "geo:", "ftp://", "news:",
    ];
    for tag in tags(html) {
        for attribute in [" href=\"", " src=\""] {
            if let Some((_, value)) = tag.split_once(attribute) {
                let known = schemes.iter().any(|scheme| value.starts_with(scheme));
                prop_assert!(known, "{tag}\n{html}");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_body_and_metadata(
        body in text(),
        title in text(),
        summary in text(),
        tag in text(),
        author in text(),
        image in "[a-z/:.?#%&<>\" ]{0,12}",
        smart in any::<bool>(),
        jekyll in any::<bool>(),
    ) {
        let post = format!(
            "---\ntitle: {}\ndate: 2024-01-02\ndescription: {}\ntags: [{}]\nauthor: {}\nimage: {}\n---\n{body}",
            quoted(&title), quoted(&summary), quoted(&tag), quoted(&author), quoted(&image),
        );
        let dialect = if jekyll { "jekyll" } else { "plain" };
        let site = Site::empty()
            .file(
                "feedwright.yaml",
                &format!(
                    "site: {{title: S, url: https://example.gov}}\n\
                     content: {{folders: [content], dialect: {dialect}, smart_punctuation: {smart}}}\n"
                ),
            )
            .file("content/2024-01-02-post.md", &post);
        let run = site.build();
        prop_assert_eq!(run.code, 0, "{}\n{}", run.stderr, post);
        check(&site)?;
        // The same input gives the same bytes.
        let again = site.build();
        prop_assert!(again.stdout.contains("Nothing changed:"), "{}", again.stdout);
    }
}
