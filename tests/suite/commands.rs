//! The page of commands is what the program says of itself.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use regex::Regex;

use crate::site::Site;

/// From how many commands on an option stands once, above all of them.
const COMMON: usize = 5;

/// An option or an argument, and what it is for.
type Row = (String, String);

/// What `--help` of one command says.
struct Help {
    name: String,
    about: String,
    usage: String,
    rows: Vec<Row>,
}

fn help_of(site: &Site, name: &str) -> Help {
    let run = site.run(&[name, "--help"]);
    run.assert_ok();
    let (about, rest) = run.stdout.split_once("\n\nUsage: ").expect("a usage");
    let (usage, rest) = rest.split_once('\n').expect("a line");
    Help {
        name: name.to_owned(),
        about: about.split_whitespace().collect::<Vec<_>>().join(" "),
        // Windows names the file.
        usage: usage.replace("feedwright.exe", "feedwright"),
        rows: rows(rest),
    }
}

/// The options and arguments: a name is indented by two to six blanks, what it is for by ten.
fn rows(text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        match (indent, rows.last_mut()) {
            (2..=6, _) => rows.push((line.trim().to_owned(), String::new())),
            (10.., Some((_, what))) => what.push_str(&words(line.trim())),
            _ => {}
        }
    }
    rows.retain(|(name, _)| !name.starts_with("-h,"));
    rows
}

/// A line of what an option is for: values that it may have are set apart.
fn words(line: &str) -> String {
    match line
        .strip_prefix("- ")
        .and_then(|rest| rest.split_once(':'))
    {
        Some((value, what)) => format!("; `{value}`: {}", what.trim()),
        None if line == "Possible values:" => ". One of:".to_owned(),
        None => format!(" {line}"),
    }
}

fn table(page: &mut String, rows: &[&Row]) {
    // What the variable is set to in a test is nobody's business.
    let set = Regex::new(r"\[env: (\w+)=[^\]]*\]").expect("a pattern");
    page.push_str("\n| | what it is |\n| :--- | :--- |\n");
    for (name, what) in rows {
        let what = set
            .replace(what.trim(), "[env: $1]")
            .replace("One of:;", "One of");
        let what = what.replace('|', "\\|").replace('<', "&lt;");
        writeln!(page, "| `{name}` | {what} |").expect("a text takes all");
    }
}

/// The page without its head.
fn page() -> String {
    let site = Site::empty();
    let run = site.run(&["--help"]);
    let (_, commands) = run.stdout.split_once("Commands:\n").expect("commands");
    let names = commands.lines().take_while(|line| !line.is_empty());
    let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    let all: Vec<Help> = names
        .filter(|name| *name != "help")
        .map(|name| help_of(&site, name))
        .collect();
    let is_common = |row: &Row| {
        let has = |help: &&Help| help.rows.contains(row);
        all.iter().filter(has).count() >= COMMON
    };
    let mut common: Vec<&Row> = Vec::new();
    for row in all.iter().flat_map(|help| &help.rows) {
        if is_common(row) && !common.contains(&row) {
            common.push(row);
        }
    }
    let mut page = String::from("## Options of many commands\n");
    table(&mut page, &common);
    for help in &all {
        let Help {
            name,
            about,
            usage,
            rows,
        } = help;
        write!(page, "\n## `{name}`\n\n{about}.\n\n```text\n{usage}\n```\n").expect("a text");
        let own: Vec<&Row> = rows.iter().filter(|row| !is_common(row)).collect();
        if !own.is_empty() {
            table(&mut page, &own);
        }
        let shared = rows.iter().filter(|row| is_common(row));
        let shared: Vec<String> = shared
            .filter_map(|(name, _)| name.split_whitespace().find(|word| word.starts_with("--")))
            .map(|option| format!("`{option}`"))
            .collect();
        if !shared.is_empty() {
            writeln!(page, "\nAlso {}.", shared.join(", ")).expect("a text");
        }
    }
    page
}

#[test]
fn the_page_of_commands_is_what_help_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let found = fs::read_to_string(&path).expect("docs/commands.md");
    let (head, _) = found.split_once("## ").expect("a heading");
    let wanted = format!("{head}{}", page());
    if std::env::var("FEEDWRIGHT_GOLDEN").is_ok_and(|value| value == "overwrite") {
        fs::write(&path, &wanted).expect("docs/commands.md can be written");
    } else {
        assert_eq!(
            found, wanted,
            "`FEEDWRIGHT_GOLDEN=overwrite cargo test page_of_commands` accepts it"
        );
    }
}

/// How much is told may be said before the command as well as behind it, as of other programs.
#[test]
fn what_all_commands_have_in_common_may_stand_before_them() {
    let site = Site::new().post("content/2024-01-01-a.md", "title: A");
    for arguments in [
        &["-v", "build"][..],
        &["--verbose", "plan"],
        &["--errors-only", "check"],
        &["--quiet", "list"],
        &["-v"],
        &["-q", "schema"],
        &["-v", "--message-format", "json", "check"],
    ] {
        site.run(arguments).assert_ok();
    }
    let same = |before: &[&str], behind: &[&str]| {
        let (before, behind) = (site.run(before), site.run(behind));
        assert_eq!(
            (before.stdout, before.stderr),
            (behind.stdout, behind.stderr)
        );
    };
    same(&["-v", "build"], &["build", "-v"]);
    same(&["-q"], &["build", "-q"]);
    same(&["-v"], &["build", "-v"]);
    assert_eq!(site.run(&["-q", "build"]).stdout, "");
    for arguments in [
        ["-q", "build", "-v"],
        ["build", "-q", "-v"],
        ["-v", "plan", "--errors-only"],
    ] {
        let run = site.run(&arguments);
        run.assert_code(2);
        assert!(run.stderr.contains("cannot be used with"), "{}", run.stderr);
    }
    let site = Site::empty().post("content/2024-01-01-a.md", "title: A");
    let run = site.run(&["-q", "init", "--site-url", "https://example.gov"]);
    assert_eq!((run.code, &*run.stdout), (0, ""), "{}", run.stderr);
    // Without a command it is `build`, with the same variables.
    let site = Site::new().post("content/2024-01-01-a.md", "title: A\nimage: none.png");
    let mut command = site.command(&["-q"]);
    command.env("FEEDWRIGHT_CACHE_DIR", site.path("kept"));
    command.output().expect("a run");
    assert!(site.path("kept").is_dir());
}

/// Who begins learns of posts that would be missing before there is a feed.
#[test]
fn init_says_that_files_are_wrong() {
    let site = Site::empty()
        .post("content/a.md", "title: A\ndate: 2024-01-01")
        .post("content/b.md", "title: B\ndate: 05/06/2024");
    let run = site.run(&["init", "--site-url", "https://example.gov"]);
    run.assert_ok();
    let said = "  1 file could not be read and would be missing: `feedwright check` says why.\n";
    assert!(run.stdout.contains(said), "{}", run.stdout);
}
