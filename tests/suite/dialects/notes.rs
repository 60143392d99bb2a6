//! Folders of notes, as people keep them for themselves.

use super::listed;
use crate::site::Site;

/// A folder without settings but an address.
fn notes() -> Site {
    Site::empty().file(
        "feedwright.yaml",
        "site: {title: S, url: https://example.gov, timezone: UTC}\n",
    )
}

#[test]
fn days_in_names() {
    let site = notes()
        .file("2021-06-07.md", "A day.\n")
        .file("2021-06-06 Two words.md", "Text.\n")
        .file("sub/20210608 Joined.md", "Text.\n")
        .file("2021.06.10 Dots.md", "Text.\n")
        .file("202106081530 A number.md", "Text.\n")
        .file("No day.md", "Text.\n")
        .file("Titled.md", "---\ntitle: Not yet\n---\n");
    let (posts, stderr) = listed(&site);
    let found: Vec<(&str, &str, &str)> = posts
        .iter()
        .map(|(path, post)| {
            let text = |key: &str| post[key].as_str().expect("a text");
            (path.as_str(), &text("published")[..10], text("title"))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("2021-06-06 Two words.md", "2021-06-06", "Two words"),
            ("2021-06-07.md", "2021-06-07", "2021-06-07"),
            ("2021.06.10 Dots.md", "2021-06-10", "Dots"),
            ("sub/20210608 Joined.md", "2021-06-08", "Joined"),
        ]
    );
    // What may be a post by mistake is named; notes are counted.
    assert!(!stderr.contains("error"), "{stderr}");
    assert!(stderr.contains("warning[date-missing]") && stderr.contains("--> Titled.md"));
    assert!(stderr.contains("2 notes (-v shows them)"), "{stderr}");
    // Who names the folder of posts has no notes there.
    let site = site.file("sub/No day.md", "Text.\n").file(
        "feedwright.yaml",
        "site: {title: S, url: https://example.gov, timezone: UTC}\ncontent: {folders: [sub]}\n",
    );
    let (_, stderr) = listed(&site);
    assert!(stderr.contains("error[date-missing]"), "{stderr}");
    assert!(stderr.contains("--> sub/No day.md"), "{stderr}");
}

#[test]
fn links_of_notes() {
    let check = |text: &str, expected: &str| {
        let site = notes()
            .file("sub/2024-01-02 Other thing.md", "Text.\n")
            .file("A note.md", "Text.\n")
            .file("deep/2024-01-03.md", &format!("{text}\n"))
            .file("deep/pic one.png", "x");
        let run = site.build();
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(site.content(), format!("<p>{expected}</p>"), "{text}");
    };
    let other = "https://example.gov/sub/2024-01-02%20Other%20thing/";
    let link = |text: &str| format!("<a href=\"{other}\">{text}</a>");
    check(
        "[[2024-01-02 Other thing]]",
        &link("2024-01-02 Other thing"),
    );
    check(
        "[[sub/2024-01-02 Other thing.md|see *it*]]",
        &link("see <em>it</em>"),
    );
    check(
        "[[2024-01-02 Other thing#Part]]",
        &link("2024-01-02 Other thing &gt; Part"),
    );
    check(
        "![[2024-01-02 Other thing]]",
        &link("2024-01-02 Other thing"),
    );
    // What has no post has no address, and what is code is code.
    check("[[A note]] [[Nowhere|text]] [[#Part]]", "A note text Part");
    check("[[javascript:x]]", "javascript:x");
    check("`[[A note]]`", "<code>[[A note]]</code>");
    let picture = "<img src=\"https://example.gov/deep/pic%20one.png\"";
    check(
        "![[pic one.png]]",
        &format!("{picture} alt=\"pic one.png\">"),
    );
    check("![[pic one.png|200]]", &format!("{picture} alt=\"\">"));
    check(
        "![[pic one.png|A chart]]",
        &format!("{picture} alt=\"A chart\">"),
    );
}

/// A picture is found by its name in whatever folder it lies, unless one lies beside the note.
#[test]
fn pictures_in_other_folders() {
    let site = notes()
        .file(
            "log/2024-01-03.md",
            "![[a b.png]] ![[c.png]] ![[none.png]] ![[deep/er/d.png|x]]\n",
        )
        .file("attachments/old/a b.png", "x")
        .file("attachments/a b.png", "x")
        .file("log/c.png", "x")
        .file("c.png", "x")
        .file("deep/er/d.png", "x");
    site.build().assert_ok();
    let content = site.content();
    for path in [
        "attachments/a%20b.png",
        "log/c.png",
        "log/none.png",
        "deep/er/d.png",
    ] {
        let source = format!("src=\"https://example.gov/{path}\"");
        assert!(content.contains(&source), "{source}: {content}");
    }
}

/// What authors of notes say to themselves reaches no reader.
#[test]
fn comments_of_notes() {
    let site = notes().file(
        "2024-01-03.md",
        "A %%secret%% b, 100%% or 50%% c.\n\n%%\nsecret\n\nsecret\n%%\n\n`%%code%%`\n",
    );
    site.build().assert_ok();
    assert_eq!(
        site.content(),
        "<p>A  b, 100%% or 50%% c.</p>\n<p><code>%%code%%</code></p>"
    );
}

/// In tables the bar has a backslash before it.
#[test]
fn links_in_tables() {
    let site = notes().file("2024-01-02 A.md", "Text.\n").file(
        "2024-01-03.md",
        "| a |\n|---|\n| [[2024-01-02 A\\|see]] |\n| ![[p.png\\|A chart]] |\n",
    );
    site.build().assert_ok();
    let content = site.content();
    for cell in [
        "<td><a href=\"https://example.gov/2024-01-02%20A/\">see</a></td>",
        "<td><img src=\"https://example.gov/p.png\" alt=\"A chart\"></td>",
    ] {
        assert!(content.contains(cell), "{content}");
    }
}

/// Everywhere else brackets are brackets.
#[test]
fn brackets_of_other_generators() {
    let site = Site::jekyll("timezone: UTC\n")
        .file("_posts/2024-01-02-a.md", "---\ntitle: A\n---\n[[B]]\n");
    site.build().assert_ok();
    assert_eq!(site.content(), "<p>[[B]]</p>");
}

/// Programs for notes make a file a day, before anything is in it.
#[test]
fn notes_with_nothing_in_them_are_no_posts_yet() {
    let nothing = [
        "",
        " \n",
        "---\n---\n",
        "---\ntags: [daily]\ndate: 2024-01-02\n---\n\n",
    ];
    let site = Site::new().post("content/2024-01-01.md", "title: A");
    let name = |at: usize| format!("content/2024-02-0{}.md", at + 1);
    let site = nothing
        .iter()
        .enumerate()
        .fold(site, |site, (at, text)| site.file(&name(at), text));
    let run = site.build();
    run.assert_ok();
    assert!(
        run.stderr.contains("notes (-v shows them)"),
        "{}",
        run.stderr
    );
    assert_eq!(site.titles(), ["A"]);
    let verbose = site.build_with(&["-v"]).stderr;
    assert_eq!(
        verbose
            .matches("note[file-empty]: the file is empty, so no feed has it")
            .count(),
        2
    );
    let said = "note[file-empty]: nothing is in the file but front matter without a title, so no feed has it";
    assert_eq!(verbose.matches(said).count(), 2, "{verbose}");
    // What has a picture says something, and what readers know stays until it is removed.
    let site = site.file(&name(0), "---\nimage: https://example.gov/a.png\n---\n");
    site.build();
    assert_eq!(site.titles().len(), 2);
    let feed = site.read("feeds/feed.json");
    let site = site.file("content/2024-01-01.md", "");
    let run = site.build();
    run.assert_code(4);
    assert!(
        run.stderr
            .contains("error[file-empty]: the file is empty\n  --> content/2024-01-01.md"),
        "{}",
        run.stderr
    );
    assert_eq!(site.read("feeds/feed.json"), feed);
}
