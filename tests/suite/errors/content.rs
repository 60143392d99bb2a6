//! What is wrong with posts.

use std::fs;

use super::{check, zoned};
use crate::site::Site;

#[test]
fn no_posts() {
    check(
        &Site::empty().file(
            "feedwright.yaml",
            "site: {title: S, url: https://example.gov, timezone: UTC}",
        ),
        1,
        "error[no-posts]: there are no posts in . (read as a plain site); run feedwright in the \
         site's folder, or name the posts' folders in `content.folders` of feedwright.yaml\n",
    );
}

#[test]
fn no_config_and_no_posts() {
    check(
        &Site::empty(),
        2,
        "error[config-url]: nothing says the address of the site, and links in feeds must be \
         absolute; give it with `--site-url https://www.example.gov`, or as `site.url` in \
         feedwright.yaml\n",
    );
}

#[test]
fn all_hidden() {
    check(
        &zoned().post("content/a.md", "title: A\ndate: 2024-01-01\ndraft: true"),
        1,
        "error[no-posts]: the only post is a draft or lies in the future; `content.drafts` and \
         `content.future` in feedwright.yaml publish them\n",
    );
}

#[test]
fn neither_a_draft_nor_none() {
    let site = zoned()
        .post("content/a.md", "title: A\ndate: 2024-01-01\ndraft: maybe")
        .post("content/b.md", "title: B\ndate: 2024-01-02\ndraft: no");
    let run = site.build();
    run.assert_ok();
    assert_eq!(site.titles(), ["B"]);
    assert_eq!(
        run.stderr,
        "warning[draft-unclear]: `draft: maybe` says neither yes nor no, so the post is held back\n  \
         --> content/a.md:4:8\n  help: write `draft: true` or `draft: false`\n"
    );
}

#[test]
fn nothing_to_make_a_title_from() {
    check(
        &Site::jekyll("").post("_posts/2024-01-01-.md", "tags: a"),
        1,
        "error[title-missing]: the post has no title, and neither a heading nor a file name to \
         take one from\n  --> _posts/2024-01-01-.md\n  help: add `title:` to the front matter\n\
         1 note (-v shows it)\n",
    );
}

#[test]
fn dates() {
    let check_date = |date: &str, code: &str, message: &str, help: &str| {
        check(
            &zoned().post("content/a.md", &format!("title: A\ndate: {date}")),
            1,
            &format!("error[{code}]: date: {message}\n  --> content/a.md:3:7\n  help: {help}\n"),
        );
    };
    check_date(
        "2017-02-29",
        "date-impossible",
        "`2017-02-29` is not a day of the calendar",
        "correct the day or the month",
    );
    check_date(
        "03/04/2021",
        "date-ambiguous",
        "`03/04/2021` could be 3 April 2021 or 4 March 2021",
        "write the year first, or set `dates.order: dmy` or `dates.order: mdy` in feedwright.yaml",
    );
    check_date(
        "13 Dec 21",
        "date-two-digit-year",
        "`13 Dec 21` has a year of two digits",
        "write all four digits of the year",
    );
    check_date(
        "Tue, 13 Dec 2021",
        "date-wrong-weekday",
        "`Tue, 13 Dec 2021` names the wrong weekday: 2021-12-13 was a Monday",
        "correct the day or the weekday, or leave the weekday out",
    );
    check_date(
        "2021-03-14 02:30",
        "date-gap",
        "2021-03-14 02:30:00 never was in America/New_York: the clocks were set forward over it",
        "write a time before or after the jump, or add the offset, as in `2021-03-14T02:30:00-05:00`",
    );
    check_date(
        "next week",
        "date-unreadable",
        "`next week` is not a date that can be read",
        "write it as `2021-12-13`, `2021-12-13T09:30:00-05:00` or `13 Dec 2021`",
    );
    check_date(
        "June 2019",
        "date-incomplete",
        "`June 2019` names no day",
        "add the day of the month: no date is ever invented",
    );
}

#[test]
fn missing_date() {
    check(
        &zoned().post("content/a.md", "title: A"),
        1,
        "error[date-missing]: the post has no date: neither `date` in its front matter nor its \
         file name gives one\n  --> content/a.md\n  help: add `date: 2021-12-13` to the front matter\n",
    );
}

#[test]
fn broken_front_matter() {
    check(
        &zoned().post(
            "content/a.md",
            "title: A\nsummary: one: two\ndate: 2024-01-01",
        ),
        1,
        "error[front-matter-yaml]: the YAML front matter cannot be read: mapping values are not \
         allowed in this context\n  --> content/a.md:3:13\n  \
         help: put the value of `summary` in quotes, because it contains a colon and a space\n",
    );
    check(
        &zoned().file("content/a.md", "---\ntitle: A\ndate: 2024-01-01\n\nText.\n"),
        1,
        "error[front-matter-unclosed]: the front matter that begins here is never closed by a line \
         `---`\n  --> content/a.md:1:1\n  help: put a line with nothing but `---` between the front \
         matter and the text\n",
    );
    check(
        &zoned().file("content/a.md", "+++\ntitle = \"A\"\ntitle = \"B\"\n+++\n"),
        1,
        "error[front-matter-toml]: the TOML front matter cannot be read: duplicate key\n  \
         --> content/a.md:3:1\n  help: write `key = value`, with text in quotes\n",
    );
    check(
        &zoned().file("content/a.md", "{\"title\": \"A\",\n \"date\": }\n"),
        1,
        "error[front-matter-json]: the JSON front matter cannot be read: expected value\n  \
         --> content/a.md:2:10\n  help: check the commas, quotes and braces near this place\n",
    );
    check(
        &zoned().file(
            "content/a.md",
            "{\"title\": \"A\", \"title\": \"B\", \"date\": \"2024-01-01\"}\n",
        ),
        1,
        "error[front-matter-duplicate]: the key `title` stands twice in the front matter\n  \
         --> content/a.md:1:16\n  help: remove one of them\n",
    );
}

#[test]
fn files_that_are_no_text() {
    check(
        &zoned().bytes("content/a.md", b"---\ntitle: caf\xe9\n---\n"),
        1,
        "error[file-not-utf8]: the file is not UTF-8 from here on\n  --> content/a.md:2:11\n  \
         help: save the file as UTF-8, for example with `iconv -f WINDOWS-1252 -t UTF-8`\n",
    );
    let emptied = zoned().post("content/a.md", "title: A\ndate: 2024-01-02");
    emptied.build().assert_ok();
    check(
        &emptied.file("content/a.md", "  \n"),
        1,
        "error[file-empty]: the file is empty\n  --> content/a.md\n  \
         help: write the post, or remove the file\n",
    );
}

#[test]
fn huge_file() {
    let site = zoned();
    fs::create_dir(site.path("content")).expect("a folder");
    let file = fs::File::create(site.path("content/a.md")).expect("a file");
    file.set_len(100 << 20).expect("100 MB");
    check(
        &site,
        1,
        "error[file-too-large]: the file is larger than 16 MiB, which no post is\n  \
         --> content/a.md\n  help: name it in `content.ignore` of feedwright.yaml, or split it\n",
    );
}

/// Builds into `out/` as somebody to whom files may be closed, which they never are to root.
#[cfg(unix)]
fn build_as_anybody(site: &Site, arguments: &[&str]) -> crate::site::Run {
    use std::io::ErrorKind;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    let open = |path: &std::path::Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    };
    let arguments = [&["build", "--no-cache", "--output", "out"], arguments].concat();
    let mut command = site.command(&arguments);
    open(site.root(), 0o755);
    if fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0) {
        // That user cannot reach a program in root's folders: it runs from a copy.
        let program = site.path("program");
        fs::copy(env!("CARGO_BIN_EXE_feedwright"), &program).expect("a copy");
        open(&program, 0o755);
        fs::create_dir_all(site.path("out")).expect("a folder");
        open(&site.path("out"), 0o777);
        open(site.root(), 0o777);
        command = std::process::Command::new(program);
        command
            .args(arguments)
            .current_dir(site.root())
            .env("NO_COLOR", "1")
            .uid(65534)
            .gid(65534);
    }
    // Another test may start a program of its own just now, which has the copy open until it runs.
    let mut tries = 0..100;
    loop {
        match command.output() {
            Err(error)
                if error.kind() == ErrorKind::ExecutableFileBusy && tries.next().is_some() =>
            {
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            output => break crate::site::Run::of(output.expect("the program")),
        }
    }
}

#[cfg(unix)]
#[test]
fn unreadable_folder() {
    use std::os::unix::fs::PermissionsExt;

    let site = zoned().post("content/open/a.md", "title: A\ndate: 2024-01-01");
    let closed = site.path("content/closed");
    fs::create_dir(&closed).expect("a folder");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions");
    let run = build_as_anybody(&site, &[]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions");
    assert_eq!(
        run.stderr,
        "error[environment]: cannot read the folder content/closed: Permission denied (os error 13)\n"
    );
    assert_eq!(run.code, 2);
    assert_eq!(site.files("out"), Vec::<String>::new());
}

/// The other posts are published, and the one keeps the entry that it had.
#[cfg(unix)]
#[test]
fn unreadable_file() {
    use std::os::unix::fs::PermissionsExt;

    let site = zoned()
        .post("content/a.md", "title: Alpha\ndate: 2024-01-01")
        .post("content/b.md", "title: Beta\ndate: 2024-01-02");
    build_as_anybody(&site, &[]).assert_ok();
    let site = site.post("content/c.md", "title: Gamma\ndate: 2024-01-03");
    let closed = fs::Permissions::from_mode(0o000);
    fs::set_permissions(site.path("content/b.md"), closed).expect("permissions");
    let run = build_as_anybody(&site, &["-q"]);
    assert_eq!(
        run.stderr,
        "error[file-unreadable]: the file cannot be read: Permission denied (os error 13)\n  \
         --> content/b.md\n  help: let the user that runs feedwright read it, or name it in \
         `content.ignore` of feedwright.yaml\n"
    );
    run.assert_code(4);
    let feed = site.read("out/feeds/rss.xml");
    for title in ["Alpha", "Beta", "Gamma"] {
        assert!(feed.contains(&format!("<title>{title}</title>")), "{feed}");
    }
}

#[cfg(unix)]
#[test]
fn symlinks() {
    use std::os::unix::fs::symlink;

    let site = zoned().post("content/a.md", "title: A\ndate: 2024-01-01");
    symlink(site.path("content"), site.path("content/loop")).expect("a link");
    check(
        &site,
        1,
        "error[symlink-loop]: the symbolic link leads back to a folder that contains it\n  \
         --> content/loop\n  help: remove the link, or name it in `content.ignore`\n",
    );

    let other = tempfile::tempdir().expect("a folder");
    fs::write(
        other.path().join("b.md"),
        "---\ntitle: B\ndate: 2024-01-01\n---\n",
    )
    .expect("a file");
    let site = zoned().post("content/a.md", "title: A\ndate: 2024-01-01");
    symlink(other.path(), site.path("content/other")).expect("a link");
    symlink(other.path().join("b.md"), site.path("content/b.md")).expect("a link");
    symlink("nothing", site.path("content/c.md")).expect("a link");
    let run = site.build();
    run.assert_ok();
    assert_eq!(
        run.stderr,
        "warning[symlink-outside]: the symbolic link leads out of the site's folder and is not \
         followed\n  --> content/b.md\n  help: copy what it points to into the site\n  \
         and 1 more like it: content/other (-v shows all)\n\
         warning[symlink-broken]: the symbolic link leads to nothing\n  --> content/c.md\n  \
         help: remove the link, or restore what it points to\n"
    );
    assert_eq!(site.feed()["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn permalinks() {
    check(
        &zoned()
            .post("content/a.md", "title: A\ndate: 2024-01-01\npermalink: /x/")
            .post("content/b.md", "title: B\ndate: 2024-01-02\npermalink: x/"),
        1,
        "error[permalink-duplicate]: the permalink https://example.gov/x/ is also that of \
         content/b.md\n  --> content/a.md\n  help: give one of the two another permalink, or remove it\n",
    );
    check(
        &zoned().post(
            "content/a.md",
            "title: A\ndate: 2024-01-01\npermalink: /a/../../etc/passwd",
        ),
        1,
        "error[permalink-outside]: the permalink `/a/../../etc/passwd` leaves the site by `..`\n  \
         --> content/a.md:4:12\n  help: write the path from the site's root\n",
    );
    check(
        &zoned().post(
            "content/a.md",
            "title: A\ndate: 2024-01-01\npermalink: //evil.example/x",
        ),
        1,
        "error[permalink-outside]: the permalink `//evil.example/x` is on another site than \
         https://example.gov/\n  --> content/a.md:4:12\n  help: write the path from the site's root\n",
    );
}

#[test]
fn alias_bomb() {
    let mut bomb = "title: A\ndate: 2024-01-01\na: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (name, inner) in ["b", "c", "d", "e", "f", "g", "h"]
        .iter()
        .zip("abcdefg".chars())
    {
        bomb += &format!(
            "{name}: &{name} [{}]\n",
            vec![format!("*{inner}"); 9].join(",")
        );
    }
    check(
        &zoned().post("content/a.md", bomb.trim_end()),
        1,
        "error[front-matter-yaml]: the YAML front matter cannot be read: repetition limit exceeded\n  \
         --> content/a.md:2:1\n  help: put values that contain `: `, `#`, quotes or brackets in quotes\n",
    );
}

#[test]
fn deep_html() {
    let deep = "<div>".repeat(100_000);
    let site = zoned().body(&deep);
    check(
        &site,
        1,
        "error[html-nested]: the elements of the post nest too deeply, tables hold too much \
         outside of their cells, or it becomes larger than 32 MiB\n  --> content/post.md:5\n  help: \
         remove the nesting, put what tables hold into `<td>`, or split the post; a tag may be \
         missing\n",
    );
}

#[test]
fn all_problems_in_one_run() {
    let site = zoned()
        .post("content/a.md", "title: A\ndate: 2017-02-29")
        .post("content/b.md", "title: B")
        .post("content/c.md", "title: C\ndate: 2024-01-01");
    let run = site.build_with(&["--strict"]);
    run.assert_code(1);
    assert_eq!(run.stderr.matches("error[").count(), 2, "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "Nothing was written because of 2 errors. `--keep-going` publishes the rest.\n"
    );
    let run = site.build();
    run.assert_code(4);
    assert_eq!(site.titles(), ["C"]);
}

/// A site with this many posts, of which the first ones have no date that there is.
fn partly_wrong(posts: usize, wrong: usize) -> Site {
    (0..posts).fold(zoned(), |site, at| {
        let month = if at < wrong { 13 } else { 1 + at % 12 };
        site.post(
            &format!("content/{at}.md"),
            &format!("title: T{at}\ndate: 2023-{month:02}-11"),
        )
    })
}

#[test]
fn few_posts_that_are_wrong_keep_no_other_one_back() {
    for (posts, wrong, code) in [(12, 1, 4), (12, 5, 4), (12, 6, 1), (60, 6, 4), (60, 7, 1)] {
        let site = partly_wrong(posts, wrong);
        let run = site.build();
        assert_eq!(run.code, code, "{posts} {wrong}: {}", run.stdout);
        let written = site.path("feeds/feed.json").exists();
        assert_eq!(written, code == 4, "{posts} {wrong}");
        if code == 1 {
            assert_eq!(
                run.stdout,
                format!(
                    "Nothing was written because of {wrong} errors. `--keep-going` publishes the \
                     rest.\n"
                )
            );
            site.build_with(&["--keep-going"]).assert_code(4);
        }
        assert_eq!(site.titles().len(), (posts - wrong).min(20));
    }
}

#[test]
fn a_post_with_an_error_is_not_half_published() {
    let site = partly_wrong(3, 0);
    site.build().assert_ok();
    let before = site.read("feeds/rss.xml");
    let site = site.post(
        "content/2.md",
        "title: T2, edited\ndate: 2023-03-11\naudio: no.mp3",
    );
    site.build().assert_code(4);
    assert_eq!(site.read("feeds/rss.xml"), before);
    let site = site.post(
        "content/new.md",
        "title: New\ndate: 2024-03-11\naudio: no.mp3",
    );
    site.build().assert_code(4);
    assert_eq!(site.read("feeds/rss.xml"), before);
    // What is mended is published.
    let site = site.post("content/new.md", "title: New\ndate: 2024-03-11");
    site.build().assert_code(4);
    assert_eq!(site.titles(), ["New", "T2", "T1", "T0"]);
}
