//! A post that is committed before its date: pinned then, published by a locked run when it comes.

use super::post;
use crate::site::{Run, Site};

const TAGGED: &str = "title: Opening\ndate: 2024-03-01\ntags: [events]";

/// Two public posts, and one with a tag of its own whose date comes in March.
fn site() -> Site {
    Site::new()
        .post("content/a.md", &post("Alpha", 1))
        .post("content/b.md", &post("Beta", 2))
        .post("content/opening.md", TAGGED)
}

fn on(site: &Site, day: &str, more: &[&str]) -> Run {
    let now = format!("{day}T12:00:00Z");
    site.run(&[&["build", "--no-cache", "--now", &now], more].concat())
}

#[test]
fn a_locked_run_publishes_a_scheduled_post_when_its_date_comes() {
    let site = site();
    on(&site, "2024-02-01", &[]).assert_ok();
    let lock = site.read("feedwright.lock");
    let line = lock.lines().find(|line| line.contains("opening.md"));
    let line = line.expect("a line of the scheduled post");
    assert!(line.contains("\"scheduled\":\"2024-03-01T"), "{line}");
    assert_eq!(site.entries().len(), 2);
    on(&site, "2024-02-28", &["--locked"]).assert_ok();
    assert_eq!(site.entries().len(), 2);

    let run = on(&site, "2024-03-01", &["--locked"]);
    run.assert_ok();
    assert_eq!(site.entries().len(), 3);
    assert!(site.path("feeds/tags/events/atom.xml").is_file());
    assert_eq!(site.read("feedwright.lock"), lock, "not written");
    let (feed, id) = (site.read("feeds/atom.xml"), site.id_of("Opening"));
    assert!(line.contains(&id), "{line}");
    // Nothing changes until the next commit, and the author's own run says the same of the post.
    on(&site, "2024-03-05", &["--locked"]).assert_ok();
    assert_eq!(site.read("feeds/atom.xml"), feed);
    on(&site, "2024-03-06", &[]).assert_ok();
    assert_eq!(site.read("feeds/atom.xml"), feed);
    let after = site.read("feedwright.lock");
    assert!(!after.contains("scheduled") && !after.contains("pending"));
    assert!(after.contains("\"feed\":\"tags/events\""));
    on(&site, "2024-03-07", &["--locked"]).assert_ok();
}

#[test]
fn nobody_gets_it_again_when_it_is_renamed_after_its_date() {
    let site = site();
    on(&site, "2024-02-01", &[]).assert_ok();
    on(&site, "2024-03-01", &["--locked"]).assert_ok();
    let id = site.id_of("Opening");
    site.remove("content/opening.md");
    let site = site.post("content/opened.md", TAGGED);
    on(&site, "2024-03-02", &[]).assert_ok();
    assert_eq!(site.id_of("Opening"), id);
}

#[test]
fn before_its_date_a_scheduled_post_is_free_to_change() {
    let site = site();
    on(&site, "2024-02-01", &[]).assert_ok();
    site.remove("content/opening.md");
    let site = site.post("content/grand.md", "title: Grand opening\ndate: 2024-03-08");
    let run = on(&site, "2024-02-02", &["--locked"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("content/grand.md is scheduled"),
        "{}",
        run.stderr
    );
    on(&site, "2024-02-02", &[]).assert_ok();
    let lock = site.read("feedwright.lock");
    assert!(lock.contains("Grand opening") && !lock.contains("\"Opening\""));
    on(&site, "2024-03-08", &["--locked"]).assert_ok();
    let id = site.id_of("Grand opening");
    assert!(id.contains("grand"), "{id}");
    // Nobody has heard of one that is deleted.
    let site = self::site();
    on(&site, "2024-02-01", &[]).assert_ok();
    site.remove("content/opening.md");
    on(&site, "2024-02-02", &["--locked"]).assert_code(2);
    on(&site, "2024-02-02", &[]).assert_ok();
    assert!(!site.read("feedwright.lock").contains("opening.md"));
}

#[test]
fn what_has_nothing_to_do_with_it_is_still_forbidden() {
    let site = site();
    on(&site, "2024-02-01", &[]).assert_ok();
    let site = site.post("content/c.md", &post("Gamma", 3));
    let run = on(&site, "2024-03-01", &["--locked"]);
    run.assert_code(2);
    assert!(run.stderr.contains("content/c.md is new"), "{}", run.stderr);
    site.remove("content/c.md");
    let site = site.post("content/opening.md", &format!("{TAGGED}\nauthor: Ann"));
    on(&site, "2024-03-01", &["--locked"]).assert_code(2);
}

#[test]
fn two_that_come_on_one_day_are_apart_and_stay_so() {
    let site = site().post("content/other.md", "title: Other\ndate: 2024-03-01");
    on(&site, "2024-02-01", &[]).assert_ok();
    on(&site, "2024-03-01", &["--locked"]).assert_ok();
    let feed = site.read("feeds/atom.xml");
    assert!(feed.contains("<updated>2024-03-01T00:00:00"), "{feed}");
    assert!(feed.contains("<updated>2024-03-01T00:00:01"), "{feed}");
    on(&site, "2024-03-02", &[]).assert_ok();
    assert_eq!(site.read("feeds/atom.xml"), feed);
}

#[test]
fn lines_of_branches_before_and_after_its_date_are_one_post() {
    let site = site();
    on(&site, "2024-02-01", &[]).assert_ok();
    let one = site.read("feedwright.lock");
    on(&site, "2024-03-02", &[]).assert_ok();
    let other = site.read("feedwright.lock");
    let feed = site.read("feeds/atom.xml");
    let site = site.file("feedwright.lock", &format!("{one}{other}"));
    on(&site, "2024-03-03", &["--locked"]).assert_ok();
    on(&site, "2024-03-03", &[]).assert_ok();
    assert_eq!(site.read("feeds/atom.xml"), feed);
}

#[test]
fn a_plan_says_what_comes_later() {
    let site = site();
    let plan = |site: &Site, more: &[&str]| {
        let run = site.run(&[&["plan", "--now", "2024-02-01T12:00:00Z"], more].concat());
        run.assert_ok();
        run
    };
    on(&site, "2024-02-01", &[]).assert_ok();
    let nothing = "Subscribers would see nothing new.\n";
    let one = "1 post is scheduled: “Opening” on 2024-03-01. Subscribers see it with the first build \
               from then on.\n";
    assert_eq!(plan(&site, &[]).stdout, format!("{nothing}{one}"));
    let run = on(&site, "2024-02-01", &["--dry-run"]);
    assert!(
        run.stdout.starts_with(&format!("{nothing}{one}")),
        "{}",
        run.stdout
    );
    let said = plan(&site, &["--for", "govdelivery"]).stdout;
    assert_eq!(
        said,
        format!("{nothing}{one}"),
        "no consumer has anything of it yet"
    );
    let json: serde_json::Value =
        serde_json::from_str(&plan(&site, &["--json"]).stdout).expect("JSON");
    let scheduled = &json["scheduled"][0];
    assert_eq!(scheduled["title"], "Opening");
    assert_eq!(scheduled["path"], "content/opening.md");
    assert!(
        scheduled["date"]
            .as_str()
            .expect("a date")
            .starts_with("2024-03-01T00:00:00")
    );
    plan(&site, &["--preview", "plan.html"]);
    assert!(
        site.read("plan.html")
            .contains("1 post is scheduled: “Opening” on 2024-03-01")
    );

    // The next first; drafts never come.
    let site = site
        .post("content/soon.md", "title: Soon\ndate: 2024-02-01T18:30:00Z")
        .post(
            "content/draft.md",
            "title: Draft\ndate: 2024-02-09\ndraft: true",
        );
    assert_eq!(
        plan(&site, &[]).stdout,
        format!(
            "{nothing}2 posts are scheduled. Subscribers see each with the first build from its date on:\n  \
             “Soon” on 2024-02-01 at 18:30\n  “Opening” on 2024-03-01\n"
        )
    );
    let site = (4..9).fold(site, |site, day| {
        let text = format!("title: No {day}\ndate: 2024-03-0{day}");
        site.post(&format!("content/no-{day}.md"), &text)
    });
    assert!(
        plan(&site, &[])
            .stdout
            .ends_with("\n  … 2 more (-v shows all)\n")
    );
}
