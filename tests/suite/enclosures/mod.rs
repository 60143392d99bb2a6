//! What is known of the files that posts name: by the files, by their authors, by who was asked.

#[cfg(feature = "http")]
mod fetch;

use serde_json::Value;

use crate::site::{Run, Site};

/// A file of MP3 of 128 kB/s that plays about so many seconds.
pub fn mp3(seconds: usize) -> Vec<u8> {
    let mut frame = vec![0xff, 0xfb, 0x90, 0x40];
    frame.resize(417, 0x55);
    frame.repeat(seconds * 44_100 / 1152)
}

/// What a run said, but for how much it did not.
pub fn said(run: &Run) -> String {
    run.stderr.replace("1 note (-v shows it)\n", "")
}

/// A site with these settings alone.
fn settings(text: &str) -> Site {
    Site::empty().file("feedwright.yaml", text)
}

/// The files of the only entry.
fn files(site: &Site) -> Value {
    site.feed()["items"][0]["attachments"].clone()
}

fn post(enclosure: &str) -> Site {
    Site::new().post(
        "content/a.md",
        &format!("title: A\ndate: 2024-01-01\n{enclosure}"),
    )
}

#[test]
fn a_file_of_the_site_says_how_long_it_plays() {
    let site = post("audio: /a.mp3").bytes("a.mp3", &mp3(65));
    let run = site.build();
    assert_eq!((run.code, said(&run).as_str()), (0, ""));
    let file = &files(&site)[0];
    assert_eq!(file["duration_in_seconds"], 65);
    assert_eq!(file["size_in_bytes"], mp3(65).len());
    // No sound, no duration.
    let site = post("audio: /a.mp3").file("a.mp3", "some text");
    site.build().assert_ok();
    assert_eq!(files(&site)[0].get("duration_in_seconds"), None);
}

#[test]
fn another_file_is_read_again() {
    let site = post("audio: /a.mp3").bytes("a.mp3", &mp3(65));
    site.build().assert_ok();
    let site = site.bytes("a.mp3", &mp3(70));
    site.build().assert_ok();
    assert_eq!(files(&site)[0]["duration_in_seconds"], 70);
}

#[test]
fn without_an_extension_the_content_says_what_it_is() {
    let site = post("enclosure: /episode").bytes("episode", &mp3(65));
    site.build().assert_ok();
    assert_eq!(files(&site)[0]["mime_type"], "audio/mpeg");
    assert_eq!(files(&site)[0]["duration_in_seconds"], 65);
}

#[test]
fn what_the_author_says_counts_and_is_compared() {
    let build = |duration: &str| {
        let site = post(&format!("audio: /a.mp3\nduration: {duration}")).bytes("a.mp3", &mp3(65));
        let run = site.build();
        assert_eq!(run.code, 0, "{}", run.stderr);
        (files(&site)[0]["duration_in_seconds"].clone(), said(&run))
    };
    assert_eq!(build("1m 8s"), (68.into(), String::new()));
    let (seconds, said) = build("\"1:15\"");
    assert_eq!(seconds, 75);
    assert_eq!(
        said,
        "warning[enclosure-duration]: the file plays 1:05, and the post says `1:15`, which readers are \
         shown\n  --> content/a.md:5:11\n  help: correct the duration, or remove it: that of the file is \
         known\n"
    );
    let (seconds, said) = build("about a minute");
    assert_eq!(seconds, 65);
    assert!(
        said.starts_with(
            "warning[enclosure-duration]: `about a minute` cannot be read as a duration, so that of the \
             file is taken\n  --> content/a.md:5:11\n"
        ),
        "{said}"
    );
    // Programs write 0 that do not know.
    assert_eq!(build("0"), (65.into(), String::new()));
}

#[test]
fn a_duration_that_nobody_can_read_is_named() {
    let site = post("enclosure: {url: https://e.example/a.mp3, length: 5, duration: long}");
    let run = site.build();
    assert_eq!(
        said(&run),
        "warning[enclosure-duration]: `long` cannot be read as a duration, so it is left out\n  --> \
         content/a.md:4:12\n  help: write it as `1:02:03` or as a number of seconds\n"
    );
    assert_eq!(files(&site)[0].get("duration_in_seconds"), None);
}

#[test]
fn folders_that_generators_copy_are_looked_into() {
    let check = |site: Site, path: &str| {
        let site = site.bytes(path, &mp3(65));
        let run = site.build_with(&["--output", "out"]);
        assert_eq!(run.code, 0, "{path}: {}", run.stderr);
        let feeds = site.files("out").into_iter();
        let feed = feeds
            .filter(|file| file.ends_with(".json"))
            .map(|file| site.read(&format!("out/{file}")))
            .find(|text| text.contains("a%20b.mp3"));
        let feed = feed.unwrap_or_else(|| panic!("{path}: {:?}", site.files("out")));
        assert!(
            feed.contains("\"duration_in_seconds\":65"),
            "{path}: {feed}"
        );
        assert!(!run.stderr.contains("enclosure"), "{path}: {}", run.stderr);
    };
    let head = "title: A\ndate: 2024-01-02\naudio: /audio/a%20b.mp3";
    let site = |name: &str, post: &str| {
        settings(&format!(
            "site: {{title: T, url: https://example.gov/}}\ncontent: {{dialect: {name}}}\n\
             feeds: {{formats: [json]}}\n"
        ))
        .post(post, head)
    };
    let file = "audio/a b.mp3";
    check(
        site("hugo", "content/posts/a.md").file("hugo.toml", ""),
        &format!("static/{file}"),
    );
    check(
        site("hugo", "content/posts/a.md").file("hugo.toml", "staticDir = 'files'\n"),
        &format!("files/{file}"),
    );
    check(
        site("zola", "content/posts/a.md").file("config.toml", "base_url = '/'\n"),
        &format!("static/{file}"),
    );
    check(
        site("jekyll", "src/_posts/2024-01-02-a.md").file("_config.yml", "source: src\n"),
        &format!("src/{file}"),
    );
    check(
        site("hexo", "source/_posts/a.md").file("_config.yml", ""),
        &format!("source/{file}"),
    );
    check(site("vitepress", "a.md"), &format!("public/{file}"));
    check(
        site("docusaurus", "blog/2024-01-02-a.md").file("docusaurus.config.js", ""),
        &format!("static/{file}"),
    );
}

#[test]
fn the_base_path_of_the_site_is_no_folder() {
    let site = settings("site: {title: T, url: https://example.gov/blog/}\n")
        .post(
            "content/a.md",
            "title: A\ndate: 2024-01-01\naudio: /blog/x/a.mp3?v=2",
        )
        .post(
            "content/b.md",
            "title: B\ndate: 2024-01-02\naudio: https://example.gov/blog/x/a.mp3",
        )
        .bytes("x/a.mp3", &mp3(65));
    let run = site.build();
    assert_eq!((run.code, said(&run).as_str()), (0, ""));
    for item in site.feed()["items"].as_array().expect("items") {
        assert_eq!(item["attachments"][0]["duration_in_seconds"], 65, "{item}");
    }
}

#[test]
fn what_lies_nowhere_is_named_and_the_post_goes_out() {
    let site = settings(
        "site: {title: T, url: https://example.gov/}\ncontent: {dialect: hugo}\nfeeds: {formats: [json]}\n",
    )
    .file("hugo.toml", "")
    .post("content/posts/a.md", "title: A\ndate: 2024-01-01\naudio: /nope.mp3");
    let run = site.build();
    assert_eq!(run.code, 0);
    assert_eq!(
        said(&run),
        "warning[enclosure-length]: the size of the enclosure `/nope.mp3` is not known: there is no such \
         file in the site's folder or `static` or `content`\n  --> content/posts/a.md:4:8\n  help: correct \
         the path; where something else puts the file there, add `length:` with its size in bytes beside \
         it, or let `feedwright enclosures fetch` ask its server\n"
    );
}

#[test]
fn what_is_written_beside_the_site_is_known() {
    let site = post("audio: https://cdn.example/a").file(
        "feedwright.enclosures.yaml",
        "# By hand.\n- {url: https://cdn.example/a, length: 1234, type: audio/mpeg, duration: 1:05}\n",
    );
    let run = site.build();
    assert_eq!((run.code, said(&run).as_str()), (0, ""));
    let file = &files(&site)[0];
    assert_eq!(file["size_in_bytes"], 1234);
    assert_eq!(file["mime_type"], "audio/mpeg");
    assert_eq!(file["duration_in_seconds"], 65);
    // Another answer is another feed.
    let site = site.file(
        "feedwright.enclosures.yaml",
        "- {url: https://cdn.example/a, length: 999}\n",
    );
    site.build().assert_ok();
    assert_eq!(files(&site)[0]["size_in_bytes"], 999);
    // The author knows better.
    let site = post("enclosure: {url: https://cdn.example/a, length: 7}").file(
        "feedwright.enclosures.yaml",
        "- {url: https://cdn.example/a, length: 999}\n",
    );
    site.build().assert_ok();
    assert_eq!(files(&site)[0]["size_in_bytes"], 7);
}

#[test]
fn mistakes_there_have_their_places() {
    let site = post("audio: https://cdn.example/a").file(
        "feedwright.enclosures.yaml",
        "- {url: https://cdn.example/a, length: large}\n",
    );
    let run = site.build();
    assert_eq!(
        said(&run),
        "error[enclosure-file]: `length` of https://cdn.example/a is no number of bytes\n  --> \
         feedwright.enclosures.yaml:1:1\n  help: write a line for each file: `- {url: \"https://…\", \
         length: 123, type: audio/mpeg}`\n"
    );
    assert_eq!(run.code, 2);
}

#[test]
fn generators_do_not_publish_it() {
    let site = Site::jekyll("title: T\nurl: https://example.gov\nexclude: [feedwright.lock]\n")
        .post("_posts/2024-01-01-a.md", "title: A");
    let run = site.run(&["check"]);
    assert!(!run.stderr.contains("enclosures"), "{}", run.stderr);
    let site = site.file("feedwright.enclosures.yaml", "[]\n");
    let said = site.run(&["check"]).stderr;
    assert!(said.contains("feedwright.enclosures.yaml]"), "{said}");
}
