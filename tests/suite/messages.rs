//! What messages have to say: where, in which order, once, and in whole sentences.

use std::fs;

use crate::site::{NOW, Run, Site};

/// The places that a run names, in order.
fn places(run: &Run) -> Vec<&str> {
    let lines = run.stderr.lines();
    lines
        .filter_map(|line| line.strip_prefix("  --> "))
        .collect()
}

#[test]
fn every_wrong_setting_is_named_with_its_place() {
    let check = |settings: &str, code: &str, place: &str| {
        let head = "site: {title: S, url: 'https://example.gov'}\n";
        let settings = match settings.starts_with("site:") {
            true => settings.to_owned(),
            false => format!("{head}{settings}"),
        };
        let site = Site::empty()
            .file("feedwright.yaml", &settings)
            .body("Text.");
        let run = site.build();
        let said = format!("[{code}]");
        assert!(run.stderr.contains(&said), "{settings}\n{}", run.stderr);
        let place = format!("feedwright.yaml:{place}");
        assert_eq!(places(&run), [place], "{settings}\n{}", run.stderr);
    };
    check("site:\n  title: S\n  url: ftp://a\n", "config-url", "3:8");
    check(
        "site: {title: S, url: 'https://a.gov', timezone: Mars}",
        "config-timezone",
        "1:50",
    );
    check(
        "site: {title: S, url: 'https://a.gov', language: english-x}",
        "config-language",
        "1:50",
    );
    check(
        "site: {title: S, url: 'https://a.gov', icon: ':::'}",
        "config-image",
        "1:46",
    );
    check(
        "site: {title: S, url: 'https://a.gov', logo: 'data:image/png,x'}",
        "config-image",
        "1:46",
    );
    check(
        "site: {title: S, url: 'https://a.gov', authors: [A, '']}",
        "config-authors",
        "1:53",
    );
    check(
        "feeds:\n  hubs:\n    - https://a/\n    - ftp://b\n",
        "config-hubs",
        "5:7",
    );
    check("feeds:\n  paths:\n    atom: /../x\n", "config-path", "4:11");
    check(
        "feeds: {taxonomy_paths: {rss: /x.xml}}",
        "config-path",
        "2:31",
    );
    check("feeds: {page: {color: red}}", "config-color", "2:23");
    check(
        "feeds: {page: {dark_color: '#16191f'}}",
        "config-color",
        "2:28",
    );
    check("feeds: {formats: []}", "config-formats", "2:18");
    check(
        "feeds: {taxonomies: [tags, planets]}",
        "config-taxonomy",
        "2:28",
    );
    check(
        "feeds: {extra: [{slug: a, tags: a}, {slug: 'A B', tags: a}]}",
        "config-extra",
        "2:44",
    );
    check(
        "feeds: {redirects: nginx}\nstate: none\n",
        "config-redirects",
        "2:20",
    );
    check("feeds: {include: [nobody]}", "config-include", "2:19");
    check("feeds: {output: .git}", "config-output", "2:17");
    check("content: {ignore: [a, '{']}", "config-ignore", "2:23");
    check("content: {folders: [../b]}", "config-folders", "2:21");
    check(
        "content: {folders: [content, nowhere]}",
        "config-folders",
        "2:30",
    );
    check("content: {rendered: nowhere}", "config-rendered", "2:21");
    check("content: {selector: p}", "config-selector", "2:21");
}

#[test]
fn a_value_of_the_command_line_is_said_to_be_from_there() {
    let site = Site::new().body("Text.");
    let check = |option: [&str; 2], code: &str| {
        let run = site.build_with(&option);
        run.assert_code(2);
        let said = format!("error[{code}]: `{}`: ", option[0]);
        assert!(run.stderr.contains(&said), "{}", run.stderr);
        assert_eq!(places(&run), Vec::<&str>::new());
    };
    check(["--site-url", "example"], "config-url");
    check(["--timezone", "Mars"], "config-timezone");
    check(["--rendered", "nowhere"], "config-rendered");
}

#[test]
fn a_value_of_the_generator_is_named_in_its_file() {
    let check = |file: &str, text: &str, place: &str| {
        let site = Site::empty()
            .file("feedwright.yaml", "feeds: {limit: 20}\n")
            .file(file, text);
        let run = site.build();
        run.assert_code(2);
        assert_eq!(places(&run), [place], "{}", run.stderr);
    };
    check(
        "_config.yml",
        "title: at ftp://a\nurl: ftp://a\ntimezone: UTC\n",
        "_config.yml:2:6",
    );
    check(
        "hugo.toml",
        "title = 'S'\nbaseURL = 'ftp://a'\n",
        "hugo.toml:2:12",
    );
}

#[test]
fn pelicans_settings_for_publishing_are_named_where_they_are() {
    let site = Site::empty()
        .file("pelicanconf.py", "SITENAME = 'S'\nSITEURL = ''\n")
        .file(
            "publishconf.py",
            "from pelicanconf import *\nSITEURL = 'ftp://a'\nFILENAME_METADATA = '(?P<a'\n",
        )
        .post("content/a.md", "title: A\ndate: 2024-01-01");
    let run = site.build();
    run.assert_code(2);
    assert_eq!(places(&run), ["publishconf.py:2:12", "publishconf.py"]);
}

/// What is wrong with the lock hides behind no other message.
#[test]
fn a_damaged_lock_is_named_where_it_alone_knows_the_address() {
    let site = Site::empty().body("Text.");
    site.build_with(&["--site-url", "https://example.gov"])
        .assert_ok();
    let good = site.read("feedwright.lock");
    let lock = site.path("feedwright.lock");
    let check = |code: &str| {
        let run = site.build();
        run.assert_code(2);
        let said = format!("error[{code}]: ");
        assert!(run.stderr.starts_with(&said), "{code}\n{}", run.stderr);
        assert!(!run.stderr.contains("config-url"), "{}", run.stderr);
    };
    for (text, code) in [
        (&good[..40], "lock-cut"),
        (&good[..good.len() / 2], "lock-cut"),
        ("", "lock-unreadable"),
        (&format!("<<<<<<< HEAD\n{good}"), "lock-conflict"),
    ] {
        fs::write(&lock, text).expect("a file");
        check(code);
    }
    fs::remove_file(&lock).expect("it goes");
    fs::create_dir(&lock).expect("a folder");
    check("lock-unreadable");
    fs::remove_dir(&lock).expect("it goes");
    let run = site.build();
    assert!(
        run.stderr.starts_with("error[config-url]: "),
        "{}",
        run.stderr
    );
}

#[test]
fn a_cache_that_cannot_be_written_is_noted_and_stops_nothing() {
    let site = Site::new().body("Text.").file("file", "");
    let cache = ["-v", "--cache-dir", "file/cache"];
    site.build_with(&cache).assert_ok();
    site.rest(3);
    let run = site.build_with(&cache);
    run.assert_ok();
    let said = "note[cache-unwritable]: runs cannot be remembered in file/cache (";
    assert_eq!(run.stderr.matches(said).count(), 1, "{}", run.stderr);
}

#[test]
fn quiet_runs_say_that_nothing_was_written() {
    let site = Site::new()
        .post("content/a.md", "title: A\ndate: soon")
        .post("content/b.md", "title: B\ndate: 2024-01-02");
    for quiet in ["--quiet", "--errors-only"] {
        let run = site.build_with(&["--strict", quiet]);
        run.assert_code(1);
        let said = "\nNothing was written because of 1 error. `--keep-going` publishes the rest.\n";
        assert!(run.stderr.ends_with(said), "{}", run.stderr);
        assert_eq!(run.stdout, "");
    }
}

/// Nobody remembers why a run was stopped, so each says it.
#[test]
fn a_stopped_run_is_never_silent() {
    let site = (1..=3).fold(Site::new(), |site, day| {
        let name = format!("p{day}");
        site.article(&name, &name, &format!("2024-01-0{day}"), "Text.")
    });
    site.build().assert_ok();
    // What the lock knew is lost, and posts have other addresses than before.
    site.remove("feedwright.lock");
    let settings = site.read("feedwright.yaml");
    let settings = settings.replace("[content]", "[content], permalink: '/:year/:slug/'");
    let site = site.file("feedwright.yaml", &settings);
    for quiet in ["--quiet", "--errors-only", "--errors-only"] {
        let run = site.build_with(&[quiet]);
        run.assert_code(3);
        assert!(
            run.stderr.contains("error[guard-stopped]: "),
            "{}",
            run.stderr
        );
        assert!(run.stderr.contains("Nothing was written"), "{}", run.stderr);
    }
}

#[test]
fn of_one_it_is_said_in_the_singular() {
    let site = Site::empty()
        .file(
            "feedwright.yaml",
            "site: {title: S, url: 'https://example.gov'}\n",
        )
        .post("content/a.md", "title: A");
    let run = site.build();
    run.assert_code(1);
    let said = "(read as a plain site; 1 file has no date of its own)";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let site = site.post("content/b.md", "title: B");
    let said = "(read as a plain site; 2 files have no date of their own)";
    let run = site.build();
    assert!(run.stderr.contains(said), "{}", run.stderr);
}

#[test]
fn each_place_is_named_once() {
    let site = Site::empty()
        .file(
            "docusaurus.config.js",
            "module.exports = {title: 'S', url: 'https://example.gov', baseUrl: '/',\n\
             presets: [['classic', {blog: {feedOptions: {type: 'all'}}}]]};\n",
        )
        .file(
            "feedwright.yaml",
            "feeds: {paths: {rss: /blog/rss.xml, atom: /blog/atom.xml, json: /blog/feed.json}}\n",
        )
        .post("blog/2024-01-01-a.md", "title: A");
    let run = site.build();
    let said = "  and 2 more like it (-v shows all)\n";
    assert!(run.stderr.contains(said), "{}", run.stderr);
}

#[test]
fn a_cause_is_named_without_what_follows_from_it() {
    let site = Site::jekyll("timezone: UTC\n").file(
        "_posts/2024-01-03-notice.md",
        "\n---\ntitle: Notice\n---\nText.\n",
    );
    let run = site.build();
    run.assert_ok();
    assert!(run.stderr.contains("front-matter-late"), "{}", run.stderr);
    assert!(!run.stderr.contains("title-missing"), "{}", run.stderr);
}

#[test]
fn what_matters_comes_first() {
    let post = |title: &str| format!("title: {title}\ndate: 2024-01-02");
    let site = Site::empty()
        .file("feedwright.yaml", "site: {url: 'https://example.gov'}\n")
        .post("content/a.md", &post("A"))
        .file(
            "content/b.md",
            "---\ntitle: B\ndate: 2024-01-03\n---\n[x](nowhere.md)\n",
        )
        .post("content/c.md", "title: C\ndate: never");
    let run = site.run(&["check", "--now", NOW]);
    let codes: Vec<&str> = run
        .stderr
        .lines()
        .filter_map(|line| {
            line.split_once('[')?
                .1
                .split_once("]: ")
                .map(|(code, _)| code)
        })
        .collect();
    let expected = [
        "date-unreadable",
        "config-title",
        "link-missing",
        "summary-missing",
    ];
    assert_eq!(codes, expected, "{}", run.stderr);
}

/// However many feeds there are, the command fits on a line, and works.
#[test]
fn what_a_lost_lock_knew_is_taken_from_a_folder() {
    let site = (1..=4).fold(Site::new(), |site, day| {
        site.post(
            &format!("content/p{day}.md"),
            &format!("title: P{day}\ndate: 2024-01-0{day}\ntags: [t{day}]"),
        )
    });
    site.build().assert_ok();
    let settings = site.read("feedwright.yaml");
    site.remove("feedwright.lock");
    let permalink = settings.replace("[content]", "[content], permalink: '/:year/:slug/'");
    let site = site.file("feedwright.yaml", &permalink);
    let run = site.build();
    run.assert_code(3);
    assert!(
        run.stderr.contains("`feedwright adopt feeds` keeps"),
        "{}",
        run.stderr
    );
    site.run(&["adopt", "feeds", "--now", NOW]).assert_ok();
    site.build().assert_ok();
    assert_eq!(site.id_of("P1"), "https://example.gov/p1/");
    let site = site.file("empty/x.txt", "");
    let run = site.run(&["adopt", "empty"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("there is no feed in empty"),
        "{}",
        run.stderr
    );
}

#[test]
fn help_does_not_show_the_environment() {
    let site = Site::empty();
    let mut command = site.command(&["build", "--help"]);
    let run = Run::of(
        command
            .env("FEEDWRIGHT_CACHE_DIR", "/secret")
            .output()
            .expect("it"),
    );
    assert!(
        run.stdout.contains("FEEDWRIGHT_CACHE_DIR"),
        "{}",
        run.stdout
    );
    assert!(!run.stdout.contains("/secret"), "{}", run.stdout);
}

/// What stands in the generator's own feed in plain words.
#[test]
fn the_title_of_the_generators_feed_is_that_of_the_site() {
    let eleventy = "import {feedPlugin} from '@11ty/eleventy-plugin-rss';\n\
        export default function (config) {\n  config.addPlugin(feedPlugin, {\n    type: 'atom',\n    \
        metadata: {language: 'fr', title: 'Nouvelles', subtitle: 'De la ville',\n      \
        base: 'https://example.gov/', author: {name: 'Ana', email: 'ana@example.gov'}},\n  });\n}\n";
    let site = Site::empty()
        .file("feedwright.yaml", "feeds: {output: .}\n")
        .file("eleventy.config.js", eleventy)
        .post("posts/a.md", "title: A\ndate: 2024-01-01\ntags: posts");
    let run = site.build();
    run.assert_ok();
    assert!(!run.stderr.contains("config-title"), "{}", run.stderr);
    let feed = site.feed();
    assert_eq!(feed["title"], "Nouvelles");
    assert_eq!(feed["description"], "De la ville");
    assert_eq!(feed["language"], "fr");
    assert_eq!(feed["authors"][0]["name"], "Ana");
    let page = "import rss from '@astrojs/rss';\nexport async function GET(context) {\n  \
        return rss({\n    title: 'Nouvelles',\n    description: 'De la ville',\n    \
        site: context.site,\n    items: [],\n  });\n}\n";
    let site = Site::empty()
        .file(
            "astro.config.mjs",
            "export default {site: 'https://example.gov'}\n",
        )
        .file(
            "feedwright.yaml",
            "feeds: {output: .}\ncontent: {permalink: '/blog/:slug/'}\n",
        )
        .file("src/pages/rss.xml.js", page)
        .post("src/content/blog/a.md", "title: A\npubDate: 2024-01-01");
    let run = site.build();
    run.assert_ok();
    assert!(!run.stderr.contains("config-title"), "{}", run.stderr);
    assert_eq!(site.feed()["title"], "Nouvelles");
    assert_eq!(site.feed()["description"], "De la ville");
}
