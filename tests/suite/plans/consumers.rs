//! What is said of each consumer.

use super::{plan, site};
use crate::site::{NOW, Site};

const FILES: &str = "feeds/rss.xml, feeds/atom.xml, feeds/feed.json";

/// What a plan means to a consumer: its last line.
fn meaning(site: &Site, arguments: &[&str]) -> String {
    let run = plan(site, &[&["--for"], arguments].concat());
    let line = run.stdout.lines().last().expect("a line");
    let name = ["GovDelivery", "Mailchimp", "Podcast apps"]
        .into_iter()
        .find_map(|name| line.strip_prefix(&format!("{name}, {FILES}: ")));
    name.unwrap_or(line).to_owned()
}

const ASSUMED: &str = "this assumes that Mailchimp sends daily and has sent the newest published \
                       entry (2024-01-03T00:00:00+00:00): `--last-send` makes it certain";

#[test]
fn govdelivery_sends_what_it_has_not_had() {
    let site = site();
    site.rename("content/b.md", "kept.txt");
    site.build().assert_ok();
    site.rename("kept.txt", "content/b.md");
    let site = site.article("d", "Delta", "2024-01-04", "The fourth text.");
    assert_eq!(
        meaning(&site, &["govdelivery"]),
        "1 bulletin (new entries), 0 drafts for an administrator (entries changed under a known \
         id), 1 back under a known id, so no bulletin: “Beta”"
    );
    let run = plan(&site, &["--for", "govdelivery", "--json"]);
    let plan: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(plan["consumer"][0]["sent"], 1);
}

#[test]
fn mailchimp_sends_what_is_dated_after_the_last_send() {
    let after = "2024-01-03T12:00:00Z";
    let site = site().article("d", "Delta", "2024-01-04", "The fourth text.");
    assert_eq!(
        meaning(&site, &["mailchimp", "--last-send", after]),
        "1 new entry goes out (dated after the last send); the last send was \
         2024-01-03T12:00:00+00:00"
    );
    // Sent at noon of the day that the entry gives: its 00:00 is before that.
    assert_eq!(
        meaning(&site, &["mailchimp", "--last-send", "2024-01-04T12:00:00Z"]),
        "no new entry goes out, 1 missed (dated before the last send): “Delta”; the last send was \
         2024-01-04T12:00:00+00:00; 1 missed entry gives only the day of that send, which counts \
         from 00:00: give it a later time"
    );
    // One that gives a time of that day is late for another reason.
    let site = site.article("d", "Delta", "2024-01-04T09:00:00Z", "The fourth text.");
    assert_eq!(
        meaning(&site, &["mailchimp", "--last-send", "2024-01-04T12:00:00Z"]),
        "no new entry goes out, 1 missed (dated before the last send): “Delta”; the last send was \
         2024-01-04T12:00:00+00:00"
    );
    // Who knows the day alone does not know which was first.
    assert_eq!(
        meaning(&site, &["mailchimp", "--last-send", "2024-01-04"]),
        "no new entry goes out, 1 may be missed (a mail may have gone out after that date \
         already): “Delta”; the last send was at some time of 2024-01-04: give `--last-send` the \
         time, too"
    );
    assert_eq!(
        meaning(&site, &["mailchimp", "--last-send", "2024-01-03"]),
        "1 new entry goes out (dated after the last send); the last send was at some time of \
         2024-01-03: give `--last-send` the time, too"
    );
}

#[test]
fn mailchimp_is_guessed_at_without_the_last_send() {
    let sent = "1 new entry goes out (dated after the last send)";
    let perhaps = "no new entry goes out, 1 may be missed (a mail may have gone out after that \
                   date already): “Delta”";
    let missed = "no new entry goes out, 1 missed (dated before the last send): “Delta”";
    for (date, expected) in [
        // The mail with the newest entry went out by the end of the fourth at the latest.
        ("2024-01-05", sent),
        ("2024-01-04", perhaps),
        // Who gives a time publishes then.
        ("2024-01-04T09:00:00Z", sent),
        ("2024-01-03T09:00:00Z", sent),
        // The newest entry may wait for the day's mail, and this one with it.
        ("2024-01-03", perhaps),
        ("2024-01-02", missed),
        ("2024-01-02T23:00:00Z", missed),
    ] {
        let site = site().article("d", "Delta", date, "The fourth text.");
        assert_eq!(
            meaning(&site, &["mailchimp"]),
            format!("{expected}; {ASSUMED}"),
            "{date}"
        );
    }
}

#[test]
fn mailchimp_goes_by_dates_alone() {
    // A later date sends again, other changes do not.
    let site = site()
        .article("a", "Alpha", "2024-01-06", "The first text.")
        .article("b", "Beta, edited", "2024-01-02", "The second text.");
    assert_eq!(
        meaning(&site, &["mailchimp", "--last-send", "2024-01-05T00:00:00Z"]),
        "no new entry goes out, 1 sent again (moved to a later date): “Alpha”; the last send was \
         2024-01-05T00:00:00+00:00"
    );
    assert_eq!(
        meaning(&site, &["mailchimp", "--last-send", "2024-01-06T12:00:00Z"]),
        "no new entry goes out; the last send was 2024-01-06T12:00:00+00:00"
    );
    // Neither was sent before.
    assert_eq!(
        meaning(&site, &["mailchimp", "--last-send", "2023-12-31T12:00:00Z"]),
        "no new entry goes out, 2 of the next mail changed: “Alpha”, “Beta, edited”; the last \
         send was 2023-12-31T12:00:00+00:00"
    );
    // What subscribers had is not missed.
    let site = self::site();
    site.rename("content/b.md", "kept.txt");
    site.build().assert_ok();
    site.rename("kept.txt", "content/b.md");
    assert_eq!(
        meaning(&site, &["mailchimp"]),
        format!("no new entry goes out; {ASSUMED}")
    );
}

#[test]
fn podcasts_lose_episodes_whose_file_goes() {
    let episode = |title: &str, day: u8, file: &str| {
        let file = match file {
            "" => String::new(),
            file => format!("\nenclosure: {{url: /{file}, length: 1, type: audio/mpeg}}"),
        };
        format!("title: {title}\ndate: 2024-01-0{day}{file}")
    };
    let site = Site::new()
        .post("content/a.md", &episode("Alpha", 1, "a.mp3"))
        .post("content/b.md", &episode("Beta", 2, "b.mp3"))
        .post("content/c.md", &episode("Gamma", 3, "c.mp3"))
        .post("content/d.md", &episode("Delta", 4, ""));
    site.build().assert_ok();
    assert!(
        site.read("feeds/rss.xml").contains("<enclosure"),
        "{}",
        site.read("feeds/rss.xml")
    );
    let site = site
        .post("content/a.md", &episode("Alpha", 1, ""))
        .post("content/b.md", &episode("Beta", 2, "b2.mp3"))
        .post("content/d.md", &episode("Delta", 4, "d.mp3"))
        .post("content/e.md", &episode("Epsilon", 5, "e.mp3"))
        .post("content/f.md", &episode("Zeta", 6, ""));
    site.remove("content/c.md");
    assert_eq!(
        meaning(&site, &["podcast"]),
        "2 new episodes, 1 whose file changed: “Beta”, 2 whose file or entry went away, which \
         directories drop: “Alpha”, “Gamma”, 1 without a file, which directories do not show: \
         “Zeta”"
    );
    let run = plan(&site, &["--for", "podcast", "--json"]);
    let plan: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(plan["consumer"][0]["gone"][0], "Alpha");
    assert_eq!(plan["consumer"][0]["drafts"], 1);
}

#[test]
fn a_guid_that_changed_is_a_second_episode_and_a_bulletin() {
    let post =
        "title: Alpha\ndate: 2024-01-01\nenclosure: {url: /a.mp3, length: 1, type: audio/mpeg}";
    let site = Site::with("state: none\n").post("content/a.md", post);
    site.build().assert_ok();
    let site = site.post(
        "content/a.md",
        &format!("{post}\nguid: \"tag:example.gov,2024:1\""),
    );
    let say = |consumer: &str| {
        let run = site.run(&[
            "plan",
            "--now",
            NOW,
            "--accept-resend",
            "--for",
            consumer,
            "--preview",
            "p.html",
        ]);
        // The guard holds it; this is what that spares people.
        run.assert_ok();
        let lines: Vec<&str> = run.stdout.lines().collect();
        lines[lines.len() - 2].to_owned()
    };
    assert!(
        say("podcast").ends_with("1 new episode (1 of them under another guid, so listed twice)"),
        "{}",
        say("podcast")
    );
    assert!(
        say("mailchimp").contains(": no new entry goes out;"),
        "{}",
        say("mailchimp")
    );
    assert!(
        say("govdelivery").contains(": 1 bulletin "),
        "{}",
        say("govdelivery")
    );
    let page = site.read("p.html");
    assert!(
        page.contains("readers know it as https://example.gov/a/"),
        "{page}"
    );
}

#[test]
fn consumers_of_new_feeds_get_nothing() {
    let site = Site::new().body("Text.");
    let run = plan(&site, &["--for", "govdelivery", "--preview", "p.html"]);
    assert!(
        run.stdout.ends_with(
            "GovDelivery: nothing, as no published feed changes\nThe preview is in p.html.\n"
        ),
        "{}",
        run.stdout
    );
    let page = site.read("p.html");
    assert!(
        page.contains("Subscribers would get nothing new. 1 feed is new: nobody reads them yet."),
        "{page}"
    );
}

#[test]
fn a_day_of_the_last_send_must_be_one() {
    let run = site().run(&["plan", "--now", NOW, "--last-send", "03/04/2021"]);
    run.assert_code(2);
    assert!(
        run.stderr.starts_with("error[environment]: --last-send: "),
        "{}",
        run.stderr
    );
}
