//! How feeds are delivered, judged by servers on this machine that do it wrong in one way each.

mod faults;
mod server;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::Value;

use crate::site::{Run, Site};

use self::faults::{Fault, LIVE, RECORDED};
use self::server::{Asked, Reply, Server, good};

/// What was found, as codes with their messages.
fn found(run: &Run) -> Vec<(String, String)> {
    let lines = run.stdout.lines();
    lines
        .map(|line| {
            let found: Value = serde_json::from_str(line).expect("JSON");
            let text = |name: &str| found[name].as_str().expect("a text").to_owned();
            (text("code"), text("message"))
        })
        .collect()
}

fn fetch(site: &Site, url: &str) -> Run {
    let arguments = [
        "check",
        "--http",
        "--allow-private",
        "--message-format",
        "json",
        url,
    ];
    site.run(&arguments)
}

fn judge_recorded(site: &Site, server: &Server, url: &str) -> Run {
    std::fs::write(site.path("record.har"), server.har().to_string()).expect("a file");
    site.run(&[
        "check",
        "--har",
        "record.har",
        "--message-format",
        "json",
        url,
    ])
}

/// What of it is about the delivery.
fn codes(found: &[(String, String)]) -> Vec<&str> {
    let codes = found.iter().map(|(code, _)| code.as_str());
    let codes: BTreeSet<&str> = codes.filter(|code| code.starts_with("http-")).collect();
    codes.into_iter().collect()
}

fn assert_found((path, answer, wanted): &Fault, site: &Site) -> (Server, Vec<(String, String)>) {
    let server = Server::answering(*answer);
    let run = fetch(site, &format!("{}{path}", server.base));
    let found = found(&run);
    assert_eq!(codes(&found), *wanted, "{found:#?} {}", run.stderr);
    assert!(server.count() <= 12, "{}", server.count());
    (server, found)
}

#[test]
fn a_good_delivery_is_clean() {
    let site = Site::empty();
    for path in ["/feed.xml", "/feed.json"] {
        let server = Server::answering(good);
        let run = fetch(&site, &format!("{}{path}", server.base));
        run.assert_code(0);
        assert_eq!(run.stdout, "", "{}", run.stderr);
        assert!(server.count() > 8, "{}", server.count());
        assert!(server.count() <= 12, "{}", server.count());
        // Whoever asks, and under whatever name, says so.
        let record = server.har();
        for entry in record["log"]["entries"].as_array().expect("entries") {
            let headers = entry["request"]["headers"].to_string();
            assert!(headers.contains("feedwright/"), "{headers}");
        }
        // Without addresses, the feeds of a record are found.
        std::fs::write(site.path("a.har"), record.to_string()).expect("a file");
        let run = site.run(&["check", "--har", "a.har"]);
        run.assert_code(0);
        assert_eq!(run.stdout, "Checked 1 feed: 0 errors, 0 warnings.\n");
    }
}

#[test]
fn each_planted_fault_is_found_and_recorded_ones_are_the_same() {
    let site = Site::empty();
    assert!(RECORDED.len() + LIVE.len() > 50);
    for fault in RECORDED {
        let (server, live) = assert_found(fault, &site);
        let url = format!("{}{}", server.base, fault.0);
        let recorded = found(&judge_recorded(&site, &server, &url));
        assert_eq!(live, recorded, "{fault:?}");
    }
    for fault in LIVE {
        assert_found(fault, &site);
    }
}

#[test]
fn what_no_server_answers() {
    let site = Site::empty();
    // A port at which nobody listens any more.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!(
        "http://{}/feed.xml",
        listener.local_addr().expect("its address")
    );
    drop(listener);
    let run = fetch(&site, &url);
    run.assert_code(2);
    assert_eq!(codes(&found(&run)), ["http-unreachable"], "{}", run.stdout);
    // One that does not encrypt.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    std::thread::spawn(move || {
        if let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
            // Who is cut off before the end of a question may not see the answer.
            let _ = stream.read(&mut [0; 4096]);
        }
    });
    let run = fetch(&site, &format!("https://{address}/feed.xml"));
    run.assert_code(2);
    assert_eq!(codes(&found(&run)), ["http-tls"], "{}", run.stdout);
    // Addresses within are not asked for.
    let server = Server::answering(good);
    let run = site.run(&["check", "--http", &format!("{}/feed.xml", server.base)]);
    run.assert_code(2);
    assert!(run.stderr.contains("--allow-private"), "{}", run.stderr);
    assert_eq!(server.count(), 0);
    for wrong in ["feed.xml", "ftp://example.com/feed.xml"] {
        let run = site.run(&["check", "--http", wrong]);
        run.assert_code(2);
        assert!(run.stderr.contains("is no address"), "{}", run.stderr);
    }
}

#[test]
fn records_say_what_a_loopback_cannot() {
    let site = Site::empty();
    let server = Server::answering(good);
    let url = format!("{}/feed.xml", server.base);
    fetch(&site, &url).assert_code(0);
    let mut record = server.har();
    record["log"]["entries"][0]["serverIPAddress"] = "192.88.99.9".into();
    record["log"]["entries"][0]["time"] = 9000.into();
    std::fs::write(site.path("a.har"), record.to_string()).expect("a file");
    let run = site.run(&["check", "--har", "a.har", "--message-format", "json"]);
    assert_eq!(
        codes(&found(&run)),
        ["http-plain", "http-slow"],
        "{}",
        run.stdout
    );
    // From an encrypted address to one that is not.
    let old = serde_json::json!({
        "request": {"method": "GET", "url": "https://example.com/feed", "headers": []},
        "response": {"status": 301, "headers": [{"name": "location", "value": url}]},
    });
    let mut record = server.har();
    let entries = record["log"]["entries"].as_array_mut().expect("entries");
    entries.insert(0, old);
    std::fs::write(site.path("b.har"), record.to_string()).expect("a file");
    let run = site.run(&["check", "--har", "b.har", "--message-format", "json"]);
    assert_eq!(
        codes(&found(&run)),
        ["http-redirect-downgrade"],
        "{}",
        run.stdout
    );
    for (name, text) in [("c.har", "{"), ("d.har", "{\"log\": {\"entries\": []}}")] {
        std::fs::write(site.path(name), text).expect("a file");
        site.run(&["check", "--har", name]).assert_code(2);
    }
    let run = site.run(&["check", "--har", "a.har", "https://example.org/"]);
    run.assert_code(2);
    assert!(run.stderr.contains("nobody asks for"), "{}", run.stderr);
}

/// A server of a kind, which sends its feed as text.
fn of(asked: &Asked, name: &str) -> Reply {
    good(asked)
        .with("Server", name)
        .with("Content-Type", "text/plain")
}

#[test]
fn a_remedy_is_a_line_of_the_server() {
    let site = Site::empty();
    let help = |server: &Server| {
        let run = fetch(&site, &format!("{}/feed.xml", server.base));
        let line = run
            .stdout
            .lines()
            .find(|line| line.contains("http-type-wrong"));
        let found: Value = serde_json::from_str(line.expect("a finding")).expect("JSON");
        assert!(
            found["section"]
                .as_str()
                .expect("a source")
                .contains("RFC 9110")
        );
        found["help"].as_str().expect("a remedy").to_owned()
    };
    let nginx = help(&Server::answering(|asked| of(asked, "nginx/1.28.0")));
    assert_eq!(
        nginx,
        "Send that of the format; nginx: `location = /feed.xml { types {} default_type \
         application/rss+xml; }`"
    );
    let unknown = help(&Server::answering(|asked| of(asked, "our own")));
    for name in [
        "nginx: ",
        "Apache: ",
        "Caddy: ",
        "Netlify",
        "Cloudflare: ",
        "S3: ",
    ] {
        assert!(unknown.contains(name), "{unknown}");
    }
    let server = Server::answering(|asked| of(asked, "Caddy"));
    let url = format!("{}/feed.xml", server.base);
    let arguments = [
        "check",
        "--http",
        "--allow-private",
        "--message-format",
        "sarif",
        &url,
    ];
    let run = site.run(&arguments);
    let sarif: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(place.as_str(), Some(url.as_str()));
}
