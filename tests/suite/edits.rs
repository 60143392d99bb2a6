//! An edit of a post's text is published without a look at the other posts, and comes to what a
//! look at all of them comes to.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use crate::site::{Run, Site};

const NEW: &str = "_posts/2024-01-08-new.md";

/// A site with posts in feeds, one of several kinds each, and one that no feed has room for.
fn site(settings: &str) -> Site {
    let mut site = Site::jekyll("author: The Office\nlang: en\n")
        .file(
            "feedwright.yaml",
            &format!(
                "site: {{timezone: America/New_York}}\nfeeds: {{limit: 3, taxonomies: [tags, authors]}}\n{settings}"
            ),
        )
        .file("_includes/note.html", "<p>A note.</p>\n")
        .file("a.png", "PNG")
        .post("_posts/2024-01-05-plan.md", "title: Plan\npublished: false");
    for (day, front_matter) in [
        (1, "title: Old\ntags: [one]"),
        (2, "title: Second\ntags: [one, two]\nupdated: 2024-06-01"),
        (
            3,
            "title: Third & <co>\ntags: [two, Three]\nauthor: Ann\nguid: third-one",
        ),
        (
            4,
            "title: Fourth\ntags: [one]\nimage: /a.png\n---\n{% include note.html %}\n\n***",
        ),
        (8, "title: New\ntags: [one, two]\nexcerpt: In short."),
    ] {
        let name = if day == 8 { "new" } else { "post" };
        site = site.post(&format!("_posts/2024-01-0{day}-{name}.md"), front_matter);
    }
    site
}

/// Every file that a run writes, with its bytes.
fn published(site: &Site) -> BTreeMap<String, String> {
    let feeds = site.files("feeds").into_iter();
    let feeds = feeds.map(|name| format!("feeds/{name}"));
    feeds
        .chain(["feedwright.lock".to_owned()])
        .map(|name| (name.clone(), site.read(&name)))
        .collect()
}

fn modified(site: &Site) -> BTreeMap<String, SystemTime> {
    let time = |name: &String| {
        let meta = fs::metadata(site.path(name)).expect("a file");
        meta.modified().expect("its time")
    };
    let names = published(site).into_keys();
    names.map(|name| (name.clone(), time(&name))).collect()
}

/// Builds, and tells whether the whole site was looked at, part of it, or none.
fn build(site: &Site, arguments: &[&str]) -> (&'static str, Run) {
    let mut run = site.build_with(&[arguments, &["--timings=json"]].concat());
    let (said, timings) = match run.stderr.trim_end().rsplit_once('\n') {
        Some((said, timings)) => (format!("{said}\n"), timings.to_owned()),
        None => (String::new(), run.stderr.trim().to_owned()),
    };
    run.stderr = said;
    let has = |stage: &str| timings.contains(&format!("\"{stage}\""));
    let extent = match (has("finding"), has("publishing")) {
        (true, _) => "whole",
        (false, true) => "part",
        (false, false) => "none",
    };
    (extent, run)
}

/// Changes something in a site that is settled, and in its twin, where all is looked at.
#[track_caller]
fn check(settings: &str, change: &dyn Fn(&Site), arguments: &[&str], extent: &str) -> Site {
    check_of(&|| site(settings), change, arguments, extent)
}

#[track_caller]
fn check_of(
    made: &dyn Fn() -> Site,
    change: &dyn Fn(&Site),
    arguments: &[&str],
    extent: &str,
) -> Site {
    let (site, twin) = (made(), made());
    for site in [&site, &twin] {
        site.settle();
    }
    let before = modified(&site);
    let old = published(&site);
    for site in [&site, &twin] {
        change(site);
    }
    let (found, run) = build(&site, arguments);
    let whole = twin.build_with(&[arguments, &["--no-cache"]].concat());
    let news = (&run.stdout, &run.stderr, run.code);
    assert_eq!(news, (&whole.stdout, &whole.stderr, whole.code));
    assert_eq!(found, extent, "{}", run.stderr);
    assert_eq!(published(&site), published(&twin));
    let after = modified(&site);
    for (name, text) in published(&site) {
        let is_same = old.get(&name) == Some(&text);
        assert_eq!(before.get(&name) == after.get(&name), is_same, "{name}");
    }
    if run.code == 0 {
        // What was published is what the next run finds, whoever looks.
        let (found, again) = build(&site, arguments);
        assert_eq!(found == "none", extent == "part", "{found}");
        let whole = twin.build_with(&[arguments, &["--no-cache"]].concat());
        assert_eq!((again.stdout, again.stderr), (whole.stdout, whole.stderr));
        assert_eq!(modified(&site), after);
    }
    site
}

/// Replaces a text in a file.
fn replace<'a>(path: &'a str, from: &'a str, to: &'a str) -> impl Fn(&Site) + 'a {
    move |site| {
        let text = site.read(path);
        assert!(text.contains(from), "{text}");
        fs::write(site.path(path), text.replace(from, to)).expect("a file");
    }
}

/// Adds to the body of a post.
fn append<'a>(path: &'a str, more: &'a str) -> impl Fn(&Site) + 'a {
    move |site| fs::write(site.path(path), site.read(path) + more).expect("a file")
}

#[test]
fn an_edit_of_a_text_is_a_matter_of_the_feeds_that_hold_it() {
    let site = check("", &append(NEW, "\nMore & more.\n"), &["-v"], "part");
    assert!(site.content().contains("More &amp; more."));
    check("", &replace(NEW, "In short.", "In shorter."), &[], "part");
    check(
        "",
        &replace(NEW, "excerpt: In short.", "image: /a.png"),
        &[],
        "part",
    );
    check(
        "",
        &append(NEW, "\n{% include note.html %}\n"),
        &["-v"],
        "part",
    );
    check(
        "",
        &append(NEW, "\n[a](b.html) <b>c</b> ![d](a.png)\n"),
        &[],
        "part",
    );
    let both = |site: &Site| {
        append(NEW, "\nMore.\n")(site);
        append("_posts/2024-01-03-post.md", "\nMore.\n")(site);
        append("_posts/2024-01-01-post.md", "\nMore.\n")(site);
    };
    check("", &both, &["--report", "json"], "part");
}

#[test]
fn an_edit_that_no_feed_holds_is_written_down() {
    let path = "_posts/2024-01-02-post.md";
    let site = check("", &append(path, "\nMore.\n"), &[], "part");
    let again = |site: &Site| {
        let text = site.read("feedwright.lock");
        text.lines().filter(|line| line.contains(path)).count()
    };
    assert_eq!(again(&site), 1);
    check(
        "",
        &append("_posts/2024-01-05-plan.md", "\nMore.\n"),
        &[],
        "part",
    );
}

#[test]
fn a_date_of_change_may_go_back() {
    let path = "_posts/2024-01-03-post.md";
    let dated = |date: &'static str| replace(path, "author: Ann", date);
    check("", &dated("author: Ann\nupdated: 2024-07-01"), &[], "part");
    let site = check("", &dated("author: Ann\nupdated: 2024-12-31"), &[], "part");
    // The newest of the feed goes back to what it was.
    site.rest(3);
    replace(path, "\nupdated: 2024-12-31", "\nupdated: 2024-02-01")(&site);
    let (found, run) = build(&site, &[]);
    run.assert_ok();
    assert_eq!(found, "part");
    let before = published(&site);
    let whole = site.build_with(&["--no-cache"]);
    assert!(
        whole.stdout.contains("Nothing changed: "),
        "{}",
        whole.stdout
    );
    assert_eq!(published(&site), before);
}

#[test]
fn a_file_may_be_replaced_or_only_touched() {
    let replaced = |site: &Site| {
        let text = site.read(NEW) + "\nMore.\n";
        fs::write(site.path("_posts/new.tmp"), text).expect("a file");
        site.rename("_posts/new.tmp", NEW);
    };
    check("", &replaced, &[], "part");
    let touched = |site: &Site| {
        let text = site.read(NEW);
        fs::write(site.path(NEW), text).expect("a file");
    };
    check("", &touched, &[], "part");
}

#[test]
fn whatever_is_more_than_a_text_is_a_matter_of_the_whole_site() {
    let old = "_posts/2024-01-01-post.md";
    for (from, to) in [
        ("title: New", "title: Newer"),
        ("tags: [one, two]", "tags: [one]"),
        ("excerpt: In short.", "date: 2024-01-09"),
        ("excerpt: In short.", "permalink: /new/"),
        ("excerpt: In short.", "published: false"),
        ("excerpt: In short.", "author: Ann\nguid: third-one"),
        ("excerpt: In short.", "guid: urn:x:1"),
        ("excerpt: In short.", "lang: fr"),
        ("excerpt: In short.", "image: none.png"),
        ("excerpt: In short.", "excerpt: [unclosed"),
    ] {
        check("", &replace(NEW, from, to), &["-v"], "whole");
    }
    let more = "\n{% post_url 2024-01-01-post %}\n";
    check("", &append(NEW, more), &[], "whole");
    check("", &append(NEW, "\n{% mystery %}\n"), &["-v"], "whole");
    check("", &append(NEW, "\n"), &["--locked"], "whole");
    check("", &|site| site.remove(old), &[], "whole");
    let beside = |site: &Site| {
        append(NEW, "\nMore.\n")(site);
        fs::write(site.path("_includes/note.html"), "Another.\n").expect("a file");
    };
    check("", &beside, &[], "whole");
    let other = |site: &Site| {
        append(NEW, "\nMore.\n")(site);
        site.remove("feeds/tags/two/atom.xml");
    };
    check("", &other, &[], "whole");
}

/// The template of a shortcode is looked at like the posts that use it, where there is none, too.
#[test]
fn templates_of_shortcodes() {
    let post = "---\ntitle: A\ndate: 2024-01-02\n---\n{{< note a >}}\n";
    let other = "---\ntitle: B\ndate: 2024-01-03\n---\nText.\n";
    let template = "themes/t/layouts/shortcodes/note.html";
    let made = || {
        let config = "baseURL = 'https://example.gov/'\ntitle = 'Site'\ntheme = 't'\n";
        Site::empty()
            .file("hugo.toml", config)
            .file("feedwright.yaml", "feeds: {output: .}\n")
            .file("content/posts/a.md", post)
            .file("content/posts/b.md", other)
            .file(template, "<i>{{ .Get 0 }}</i>")
    };
    let content = |site: &Site| {
        let html = site.feed()["items"][1]["content_html"].clone();
        html.as_str().unwrap_or_default().to_owned()
    };
    let own = |site: &Site| {
        let folder = site.path("layouts/shortcodes");
        fs::create_dir_all(&folder).expect("folders");
        fs::write(folder.join("note.html"), "<u>{{ .Get 0 }}</u>").expect("a file");
    };
    for (change, expected) in [
        (
            &replace(template, "<i>", "<i>- ") as &dyn Fn(&Site),
            "<i>- a</i>",
        ),
        (&own, "<u>a</u>"),
        (&|site: &Site| site.remove(template), ""),
    ] {
        let site = check_of(&made, change, &[], "whole");
        assert_eq!(content(&site), expected);
    }
    // What no post uses is not looked at.
    let unused = |site: &Site| {
        let path = site.path("themes/t/layouts/shortcodes/unused.html");
        fs::write(path, "<i>unused</i>").expect("a file");
    };
    let site = made();
    site.settle();
    unused(&site);
    assert_eq!(build(&site, &[]).0, "none");
    let more = append("content/posts/a.md", "\n{{< note b >}}\n");
    let site = check_of(&made, &more, &[], "part");
    assert_eq!(content(&site), "<i>a</i>\n<i>b</i>");
}

#[test]
fn the_guard_has_its_say() {
    let guard = "guard: {max_changed: 0}\n";
    check(guard, &append(NEW, "\nMore.\n"), &[], "whole");
}

#[test]
fn what_was_just_written_is_known_by_its_bytes() {
    for name in ["feeds/rss.xml", "feedwright.lock", NEW] {
        let site = site("");
        site.settle();
        append(NEW, "\nMore.\n")(&site);
        assert_eq!(build(&site, &[]).0, "part");
        let before = published(&site);
        // As long as it was, and at once.
        let text = site.read(name);
        let (from, to) = if name == NEW {
            ("More.", "Morn.")
        } else {
            ("New", "Old")
        };
        fs::write(site.path(name), text.replacen(from, to, 1)).expect("a file");
        let (found, run) = build(&site, &[]);
        run.assert_ok();
        assert_eq!(found, if name == NEW { "part" } else { "whole" }, "{name}");
        if name == "feeds/rss.xml" {
            assert_eq!(published(&site), before, "it is repaired");
        }
    }
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Does the same to every site: mostly an edit of a text, sometimes something else.
fn change(sites: &[&Site], numbers: &mut Numbers, step: u64) {
    let names = sites[0].files("_posts");
    let count = u64::try_from(names.len()).expect("a count");
    let name = &names[usize::try_from(numbers.below(count)).expect("an index")];
    let path = format!("_posts/{name}");
    let kind = numbers.below(12);
    let day = 10 + numbers.below(18);
    for site in sites {
        let text = site.read(&path);
        let write = |text: String| fs::write(site.path(&path), text).expect("a file");
        match kind {
            0 => write(text.replace("tags: [one", "tags: [four, one")),
            1 => write(text.replacen("title: ", "title: A ", 1)),
            2 if count > 3 => site.remove(&path),
            3 => {
                let new = site.path(&format!("_posts/2024-01-{day}-s{step}.md"));
                fs::write(
                    new,
                    format!("---\ntitle: S{step}\ntags: [two]\n---\nText.\n"),
                )
                .expect("a file");
            }
            // Of short texts only whoever keeps the day is surely the same post.
            4 => site.rename(&path, &format!("_posts/{}-r{step}.md", &name[..10])),
            5 => write(text.replacen("---\n", &format!("---\nupdated: 2024-02-{day}\n"), 1)),
            _ => write(format!("{text}\nStep {step} & <em>so on</em>.\n")),
        }
    }
}

#[test]
fn any_run_of_changes_comes_to_what_a_look_at_everything_comes_to() {
    let guard = "guard: {max_changed: 99, max_resent: 99, max_resurfaced: 99}\n";
    for seed in 1..4 {
        let (site, twin) = (site(guard), site(guard));
        let mut numbers = Numbers(seed);
        let mut extents = Vec::new();
        for step in 0..25 {
            change(&[&site, &twin], &mut numbers, step);
            if numbers.below(3) > 0 {
                // Nobody was here for a while, so that more is remembered.
                site.rest(2);
            }
            let (extent, run) = build(&site, &["--keep-going", "-v"]);
            let whole = twin.build_with(&["--keep-going", "-v", "--no-cache"]);
            let news = (run.code, &run.stdout, &run.stderr);
            assert_eq!(
                news,
                (whole.code, &whole.stdout, &whole.stderr),
                "{seed}: {step}: {extent}"
            );
            assert_eq!(
                published(&site),
                published(&twin),
                "{seed}: {step}: {extent}"
            );
            extents.push(extent);
            if numbers.below(2) == 0 {
                site.rest(2);
                build(&site, &["--keep-going", "-v"]).1.assert_ok();
            }
        }
        assert!(extents.contains(&"part"), "{extents:?}");
        assert!(extents.contains(&"whole"), "{extents:?}");
    }
}
