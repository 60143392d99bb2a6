//! The lines for front matters that are proposed.

use super::{JAN_1, JAN_2, item, rss};
use crate::site::Site;

#[test]
fn lines_for_front_matters_are_what_yaml_takes_for_the_id() {
    for (id, line) in [
        ("two", "guid: two"),
        ("@two", "guid: \"@two\""),
        ("a:", "guid: \"a:\""),
        ("null", "guid: \"null\""),
        ("12", "guid: \"12\""),
        ("[x]", "guid: \"[x]\""),
        ("two  of many", "guid: two  of many"),
    ] {
        let items = item("one", "a", "Alpha", JAN_1) + &item(id, "b", "Beta", JAN_2);
        let site = Site::new()
            .article("a", "Alpha", "2024-01-01", "Text.")
            .article("new-slug", "Other words", "2024-01-02", "Text.")
            .file("old.xml", &rss(&items));
        let run = site.run(&["adopt", "old.xml"]);
        let said = format!("content/new-slug.md: `{line}`");
        assert!(run.stdout.contains(&said), "{}", run.stdout);
        let text = format!("title: Other words\ndate: 2024-01-02\n{line}");
        let site = site.post("content/new-slug.md", &text);
        site.build().assert_ok();
        assert_eq!(site.id_of("Other words"), id);
    }
}

#[test]
fn lines_for_front_matters_are_in_their_language() {
    let items = item("one", "a", "Alpha", JAN_1) + &item("a \"b\"", "b", "Beta", JAN_2);
    let toml = "+++\ntitle = 'Other words'\ndate = 2024-01-02\n+++\nText.\n";
    let json = "{\n\"title\": \"Other words\", \"date\": \"2024-01-02\"\n}\nText.\n";
    for (text, line, before) in [
        (toml, r#"guid = "a \"b\"""#, "title ="),
        (json, r#""guid": "a \"b\"","#, "\"title\""),
    ] {
        let path = "content/new-slug.md";
        let site = Site::new()
            .article("a", "Alpha", "2024-01-01", "Text.")
            .file(path, text)
            .file("old.xml", &rss(&items));
        let run = site.run(&["adopt", "old.xml"]);
        assert!(
            run.stdout.contains(&format!("{path}: `{line}`")),
            "{}",
            run.stdout
        );
        let run = site.build();
        run.assert_code(3);
        let advice = format!("or write `{line}` into its front matter");
        assert!(run.stderr.contains(&advice), "{}", run.stderr);
        let site = site.file(path, &text.replace(before, &format!("{line}\n{before}")));
        site.build().assert_ok();
        assert_eq!(site.id_of("Other words"), "a \"b\"");
    }
}
