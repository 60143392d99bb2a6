//! What strangers write steers no terminal and gives no commands to the logs of CI.

use crate::site::Site;

/// Characters that control terminals, end lines, or turn text around unseen.
const STEERING: [char; 20] = [
    '\u{7}', '\u{8}', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{9b}', '\u{61c}', '\u{200e}',
    '\u{200f}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{feff}',
];

/// What a log takes for a command wherever it stands.
const COMMANDS: [&str; 4] = [
    "##[error]x",
    "##vso[task.setvariable x=y]",
    "##teamcity[x]",
    "###[x]",
];

/// A site with every one of them in titles, tags, dates, paths, and all that messages quote.
fn hostile() -> Site {
    let all: String = STEERING.iter().collect();
    let words = COMMANDS.join(" ");
    let text = quoted(&format!("T {all} {words}\n::error::x"));
    let mut site = Site::with(&format!(
        "feeds: {{paths: {{atom: \":: feeds/{words}\u{202e}/atom.xml\"}}, extra: [{{slug: e, tags: a, title: {text}}}]}}\n"
    ))
    .file(
        "feedwright.yaml.orig",
        "",
    );
    for (at, date) in ["2024-01-01", "2024-01-02", &all.replace('\r', ""), &words]
        .iter()
        .enumerate()
    {
        let date = quoted(date);
        site = site.file(
            &format!("content/p{at} {words}\u{202e}\u{2028}\u{1b}.md"),
            &format!(
                "---\ntitle: {text}\ndate: {date}\ntags: [a, {text}]\nauthor: {text}\n\
                 description: {text}\nimage: {text}\ncanonical_url: {text}\n---\n\
                 # {words}\u{202e}\n[x](/{words}\u{202e}) ![](/a{words}\u{202e}.png)\n{{% x {words}\u{202e} %}}\n"
            ),
        );
    }
    site
}

/// A text as YAML has it: control characters may not stand in it as they are.
fn quoted(text: &str) -> String {
    let sign = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        ' '..='~' => c.to_string(),
        c => format!("\\u{:04x}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(sign).collect::<String>())
}

fn assert_harmless(arguments: &[&str], output: &str) {
    for c in STEERING {
        assert!(
            !output.contains(c),
            "{arguments:?} writes {c:?}:\n{output:?}"
        );
    }
    for command in ["##[", "##vso[", "##teamcity[", "###["] {
        assert!(
            !output.contains(command),
            "{arguments:?} writes {command}:\n{output}"
        );
    }
    let is_github = arguments.contains(&"github");
    for line in output
        .lines()
        .filter(|line| line.trim_start().starts_with("::"))
    {
        let is_ours = ["::error title=", "::warning title=", "::notice title="]
            .iter()
            .any(|start| line.starts_with(start));
        assert!(
            is_github && is_ours,
            "{arguments:?} begins a line so: {line}"
        );
    }
}

#[test]
fn no_command_sends_what_steers() {
    let site = hostile();
    let seen = std::cell::Cell::new(0);
    let run = |arguments: &[&str]| {
        let run = site.run(arguments);
        assert!(run.code >= 0, "{arguments:?}: {run:?}");
        assert_harmless(arguments, &run.stdout);
        assert_harmless(arguments, &run.stderr);
        seen.set(seen.get() + run.stdout.len() + run.stderr.len());
        run
    };
    for format in ["human", "json", "github"] {
        for command in [
            &["plan", "-v"][..],
            &["plan", "-v", "--keep-going"],
            &["plan", "--json", "--keep-going"],
            &["plan", "--json", "--keep-going", "--for", "mailchimp"],
            &["plan", "--keep-going", "--for", "mailchimp"],
            &["list", "-v"],
            &["list", "--json"],
            &["links"],
            &["links", "--format", "headers"],
            &["links", "--format", "json"],
            &["check", "-v"],
            &["build", "-v", "--dry-run", "--keep-going"],
            &["build", "--keep-going", "--timings"],
            &["build", "-v", "--keep-going", "--report", "json"],
            &["build", "-v", "--keep-going", "--timings=json"],
            &["init", "--stdout"],
        ] {
            run(&[command, &["--message-format", format]].concat());
        }
    }
    run(&["check", "-v", "--message-format", "sarif"]);
    assert!(seen.get() > 20_000, "the commands say much: {}", seen.get());
}

#[test]
fn machines_read_what_was_written() {
    let title = "a\u{202e}\u{9b}\u{2028} ##[error]b";
    let site = Site::new().file(
        "content/a.md",
        &format!(
            "---\ntitle: {}\ndate: 2024-01-01\n---\nText.\n",
            quoted(title)
        ),
    );
    let run = site.run(&["list", "--json"]);
    run.assert_ok();
    assert_harmless(&["list"], &run.stdout);
    let line: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(line["title"], "a\u{202e}› ##[error]b\u{202c}");
    let run = site.run(&["list"]);
    assert!(
        run.stdout.contains("a\\u{202e}› #\\u{23}[error]b\\u{202c}"),
        "{}",
        run.stdout
    );
}

#[test]
fn no_text_of_a_feed_turns_around_what_follows() {
    let site = Site::with(
        "feeds: {extra: [{slug: e, tags: a, title: \"X\u{202e}\", description: \"D\u{2067}\"}]}\n",
    )
    .file(
        "feedwright.yaml",
        "site: {title: \"S\u{202e}\", url: https://example.gov, description: \"D\u{2066}\"}\n\
         content: {folders: [content]}\n\
         feeds: {extra: [{slug: e, tags: a, title: \"X\u{202e}\", description: \"D\u{2067}\"}]}\n",
    )
    .post(
        "content/a.md",
        "title: \"T\u{202e}\"\ndate: 2024-01-01\ntags: [\"a\", \"g\u{202b}\"]\nauthor: \"N\u{202d}\"\ndescription: \"S\u{2068}\"",
    )
    .file(
        "content/b\u{202e}.md",
        &format!(
            "---\ndate: 2024-01-02\ncategories: [\"c\u{202e}\"]\n---\n# Heading\u{202e}\n\nText {}\u{2067} more.\n",
            "word ".repeat(200)
        ),
    )
    .file("content/c\u{202e}d.md", "---\ndate: 2024-01-03\n---\nText\u{202e}.\n");
    site.build().assert_ok();
    let mut seen = 0;
    for file in site.files("feeds") {
        let text = site.read(&format!("feeds/{file}"));
        let texts: Vec<String> = if file.ends_with(".json") {
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            strings(&json)
        } else {
            let feed = roxmltree::Document::parse(&text).expect("XML");
            feed.descendants()
                .filter(|node| node.is_text())
                .filter_map(|node| node.text().map(str::to_owned))
                .filter(|text| !text.contains("<p>"))
                .collect()
        };
        for text in texts {
            let count = |range: &[char]| text.chars().filter(|c| range.contains(c)).count();
            let embeddings = count(&['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}']);
            let isolates = count(&['\u{2066}', '\u{2067}', '\u{2068}']);
            assert_eq!(embeddings, count(&['\u{202c}']), "{file}: {text:?}");
            assert_eq!(isolates, count(&['\u{2069}']), "{file}: {text:?}");
            seen += embeddings + isolates;
        }
    }
    assert!(seen > 20, "the marks are there: {seen}");
}

/// All texts of a JSON feed but for those of HTML.
fn strings(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(all) => all.iter().flat_map(strings).collect(),
        serde_json::Value::Object(all) => all
            .iter()
            .filter(|(key, _)| *key != "content_html")
            .flat_map(|(_, value)| strings(value))
            .collect(),
        _ => Vec::new(),
    }
}
