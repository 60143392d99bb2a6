//! What hubs are told, by hubs on this machine that answer as they are told to.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use feedwright::{Config, Diagnostics, Overrides, PingOptions, Timestamp};

use crate::site::{Run, Site};

/// A hub that gives these answers, one after the other, the last one again and again, and says
/// what it was asked.
struct Hub {
    url: String,
    asked: Receiver<String>,
}

/// No test asks a hub more often.
const MOST: usize = 100;

impl Hub {
    fn answering(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/hub", listener.local_addr().expect("its address"));
        let (send, asked) = channel();
        let answers: Vec<String> = answers.iter().map(|&answer| answer.to_owned()).collect();
        thread::spawn(move || {
            for at in 0..MOST {
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                let mut reader = BufReader::new(stream);
                let mut length = 0;
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                    let lower = line.to_ascii_lowercase();
                    if let Some(value) = lower.strip_prefix("content-length:") {
                        length = value.trim().parse().unwrap_or(0);
                    }
                    line.clear();
                }
                let mut body = vec![0; length];
                let is_read = reader.read_exact(&mut body).is_ok();
                let answer = &answers[at.min(answers.len() - 1)];
                let head = format!("HTTP/1.1 {answer}\r\nConnection: close\r\n");
                let _ = reader.get_mut().write_all(head.as_bytes());
                let text = "A word.\nAnother one.";
                let rest = format!("Content-Length: {}\r\n\r\n{text}", text.len());
                let _ = reader.get_mut().write_all(rest.as_bytes());
                if is_read
                    && send
                        .send(String::from_utf8_lossy(&body).into_owned())
                        .is_err()
                {
                    return;
                }
            }
        });
        Hub { url, asked }
    }

    /// What it was asked to fetch since it was looked at last.
    fn topics(&self) -> Vec<String> {
        let told = self.asked.try_iter().map(|body| {
            let pairs: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes())
                .into_owned()
                .collect();
            assert_eq!(pairs[0], ("hub.mode".to_owned(), "publish".to_owned()));
            assert_eq!(pairs[1].0, "hub.url");
            assert_eq!(pairs[2], ("hub.topic".to_owned(), pairs[1].1.clone()));
            let topic = pairs[1].1.strip_prefix("https://example.gov/");
            topic.expect("a feed of the site").to_owned()
        });
        told.collect()
    }
}

fn site(hubs: &[&Hub]) -> Site {
    let urls: Vec<&str> = hubs.iter().map(|hub| hub.url.as_str()).collect();
    let site = Site::jekyll("")
        .file(
            "feedwright.yaml",
            &format!("feeds: {{hubs: {urls:?}, formats: [rss, atom], page: true}}\n"),
        )
        .post("_posts/2024-01-02-one.md", "title: One\ntags: [a b]")
        .post("_posts/2024-01-03-two.md", "title: Two");
    site.build().assert_ok();
    site
}

fn ping(site: &Site) -> Run {
    site.run(&["ping", "--allow-private"])
}

const FEEDS: [&str; 4] = [
    "feeds/atom.xml",
    "feeds/rss.xml",
    "feeds/tags/a-b/atom.xml",
    "feeds/tags/a-b/rss.xml",
];

#[test]
fn each_hub_is_told_once_of_what_changed() {
    let (one, two) = (
        Hub::answering(&["204 No Content"]),
        Hub::answering(&["202 Accepted"]),
    );
    let site = site(&[&one, &two]);
    for feed in ["rss.xml", "atom.xml"] {
        let text = site.read(&format!("feeds/{feed}"));
        assert_eq!(text.matches("rel=\"hub\"").count(), 2, "{text}");
    }
    let run = site.run(&["ping", "--dry-run", "--allow-private"]);
    run.assert_ok();
    assert_eq!(run.stdout.lines().count(), 9, "{}", run.stdout);
    assert!(one.topics().is_empty());
    let run = ping(&site);
    run.assert_ok();
    assert_eq!(run.stdout, "Told 2 hubs of 8 changes.\n");
    for hub in [&one, &two] {
        let topics: BTreeSet<String> = hub.topics().into_iter().collect();
        assert_eq!(topics, FEEDS.map(str::to_owned).into());
    }
    assert_eq!(ping(&site).stdout, "Told 2 hubs of 0 changes.\n");
    fs::write(
        site.path("_posts/2024-01-03-two.md"),
        "---\ntitle: Two\n---\nNew.\n",
    )
    .expect("a file");
    site.build().assert_ok();
    ping(&site).assert_ok();
    let topics: BTreeSet<String> = one.topics().into_iter().collect();
    assert_eq!(
        topics,
        ["feeds/atom.xml", "feeds/rss.xml"]
            .map(str::to_owned)
            .into()
    );
    // A build keeps what was told, and `--all` does not ask.
    site.build_with(&["--no-cache"]).assert_ok();
    assert_eq!(ping(&site).stdout, "Told 2 hubs of 0 changes.\n");
    two.topics();
    site.run(&["ping", "--all", "--allow-private", "-q"])
        .assert_ok();
    assert_eq!(two.topics().len(), 4);
    // A hub that is named no more is forgotten.
    fs::write(
        site.path("feedwright.yaml"),
        format!("feeds: {{hubs: [{:?}], formats: [rss, atom]}}\n", one.url),
    )
    .expect("a file");
    site.build_with(&["--accept-resend"]).assert_ok();
    ping(&site).assert_ok();
    assert!(!site.read("feedwright.lock").contains(&two.url));
}

#[test]
fn what_may_pass_is_tried_again_and_what_fails_is_told_next_time() {
    let hub = Hub::answering(&["503 Busy", "429 Slowly", "202 Accepted"]);
    let site = site(&[&hub]);
    ping(&site).assert_ok();
    assert_eq!(hub.topics().len(), 6, "two tries more for the first");
    let hub = Hub::answering(&["202 Accepted", "400 Bad", "202 Accepted"]);
    let site = self::site(&[&hub]);
    let run = ping(&site);
    run.assert_code(1);
    assert!(
        run.stderr
            .contains("it answers 400 Bad Request: A word. Another one."),
        "{}",
        run.stderr
    );
    assert!(
        run.stdout
            .contains("Told 1 hub of 3 changes; 1 could not be told"),
        "{}",
        run.stdout
    );
    let first = hub.topics();
    assert_eq!(first.len(), 4);
    ping(&site).assert_ok();
    assert_eq!(hub.topics(), [first[1].as_str()]);
}

#[test]
fn nobody_is_led_elsewhere() {
    let target = Hub::answering(&["202 Accepted"]);
    let answer = format!("307 Elsewhere\r\nLocation: {}", target.url);
    let hub = Hub::answering(&[&answer]);
    let site = site(&[&hub]);
    let run = ping(&site);
    run.assert_code(1);
    assert!(
        run.stderr.contains("which is not followed"),
        "{}",
        run.stderr
    );
    assert_eq!(hub.topics().len(), 1, "no other feed fares better");
    assert!(target.topics().is_empty());
    let run = site.run(&["ping"]);
    run.assert_code(1);
    assert!(run.stderr.contains("--allow-private"), "{}", run.stderr);
    assert!(run.stderr.contains(&hub.url), "{}", run.stderr);
    assert!(hub.topics().is_empty());
}

#[test]
fn there_is_nobody_to_tell() {
    let check = |settings: &str, said: &str, is_built: bool| {
        let site = Site::jekyll("")
            .file("feedwright.yaml", settings)
            .post("_posts/2024-01-02-one.md", "title: One");
        if is_built {
            site.build().assert_ok();
        }
        let run = site.run(&["ping"]);
        run.assert_code(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    };
    let hub = "feeds: {hubs: ['https://hub.example/']}\n";
    check("", "the site has no hub", true);
    check(hub, "run `feedwright build`", false);
    check(&format!("{hub}state: none\n"), "set `state: lock`", true);
    check(
        &format!("{hub}site: {{url: 'http://localhost'}}\n"),
        "a preview",
        true,
    );
    check(
        "feeds: {hubs: ['ftp://hub.example/']}\n",
        "config-hubs",
        false,
    );
    check(
        "feeds: {hubs: ['https://me:secret@hub.example/']}\n",
        "config-hubs",
        false,
    );
}

#[test]
fn hubs_stand_in_every_format() {
    let hub = "https://hub.example/?a=b&c=d";
    let site = Site::jekyll("")
        .file("feedwright.yaml", &format!("feeds: {{hubs: ['{hub}']}}\n"))
        .post("_posts/2024-01-02-one.md", "title: One");
    site.build().assert_ok();
    for feed in ["rss.xml", "atom.xml"] {
        let text = site.read(&format!("feeds/{feed}"));
        let document = roxmltree::Document::parse(&text).expect("XML");
        let links = document
            .descendants()
            .filter(|node| node.attribute("rel") == Some("hub"));
        let hubs: Vec<_> = links.filter_map(|node| node.attribute("href")).collect();
        assert_eq!(hubs, [hub], "{feed}");
    }
    let hubs = &site.feed()["hubs"];
    assert_eq!(*hubs, serde_json::json!([{"type": "WebSub", "url": hub}]));
    site.run(&["check", "feeds", "--strict"]).assert_ok();
}

#[test]
fn a_hub_that_drips_holds_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/hub", listener.local_addr().expect("its address"));
    let (send, asked) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().take(MOST) {
            let Ok(mut stream) = stream else { return };
            if send.send(()).is_err() {
                return;
            }
            thread::spawn(move || {
                let _ = stream.read(&mut [0; 2_000]);
                let _ = stream.write_all(b"HTTP/1.1 400 No\r\nContent-Length: 100000\r\n\r\n");
                // A byte now and then, as long as anybody listens.
                for _ in 0..1_000 {
                    thread::sleep(Duration::from_millis(5));
                    if stream.write_all(b"x").is_err() {
                        return;
                    }
                }
            });
        }
    });
    let good = Hub::answering(&["204 No Content"]);
    let urls = [&url, &good.url];
    let site = Site::jekyll("")
        .file(
            "feedwright.yaml",
            &format!("feeds: {{hubs: {urls:?}, formats: [rss]}}\n"),
        )
        .post(
            "_posts/2024-01-02-one.md",
            "title: One\ntags: [a, b, c, d, e, f, g, h, i, j, k, l]",
        );
    site.build().assert_ok();
    let now = Timestamp::from_epoch(1_735_689_600).expect("a time");
    let overrides = Overrides::new(site.root(), now);
    let config = Config::load(&overrides, &mut Diagnostics::new())
        .expect("a folder")
        .expect("a configuration");
    let options = PingOptions {
        allow_private: true,
        patience: Duration::from_millis(100),
        ..PingOptions::default()
    };
    let mut failures = Vec::new();
    feedwright::ping(&config, options, &mut |ping| {
        failures.extend(ping.failure.clone())
    })
    .expect("a lock");
    assert_eq!(failures.len(), 13, "{failures:?}");
    let tries = asked.try_iter().count();
    assert!((1..=4).contains(&tries), "it was asked {tries} times");
    assert!(failures[0].contains("400"), "{failures:?}");
    assert!(
        failures[12].contains("left to the next run"),
        "{failures:?}"
    );
    assert_eq!(good.topics().len(), 13, "the other hub was told of all");
}
