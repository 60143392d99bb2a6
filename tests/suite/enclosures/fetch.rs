//! `feedwright enclosures fetch`, by servers on this machine that answer as they are told to.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::site::Site;

use super::said;

const FILE: &str = "feedwright.enclosures.yaml";

/// No test asks a server more often.
const MOST: usize = 100;

/// A server, and what it was asked.
struct Server {
    base: String,
    asked: Receiver<String>,
}

impl Server {
    /// A server that answers a request, by its method and path, with the lines of a head.
    fn start(answer: impl Fn(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("its address"));
        let (send, asked) = channel();
        thread::spawn(move || {
            for _ in 0..MOST {
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                let mut reader = BufReader::new(stream);
                let mut head = String::new();
                while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
                let line = head.lines().next().unwrap_or_default();
                let line = line.trim_end_matches(" HTTP/1.1").to_owned();
                let lower = head.to_ascii_lowercase();
                assert!(lower.contains("user-agent: feedwright/"), "{head}");
                assert_eq!(line.starts_with("GET"), lower.contains("range: bytes=0-0"));
                let reply = format!("HTTP/1.1 {}\r\nConnection: close\r\n\r\n", answer(&line));
                let _ = reader.get_mut().write_all(reply.as_bytes());
                if send.send(line).is_err() {
                    return;
                }
            }
        });
        Server { base, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.try_iter().collect()
    }
}

/// A site whose posts name these files.
fn site(files: &[String]) -> Site {
    files
        .iter()
        .enumerate()
        .fold(Site::new(), |site, (at, file)| {
            site.post(
                &format!("content/{at}.md"),
                &format!("title: P{at}\ndate: 2024-01-0{}\naudio: {file}", at + 1),
            )
        })
}

/// The lines of what is known, without comments and with the server under a name of its own.
fn known(site: &Site, server: &Server) -> Vec<String> {
    let text = site.read(FILE).replace(&server.base, "S");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

const FETCH: [&str; 5] = [
    "enclosures",
    "fetch",
    "--allow-private",
    "--now",
    "2026-11-30T12:00:00Z",
];

fn plain(line: &str) -> String {
    match line {
        "HEAD /a.mp3" => {
            "200 OK\r\nContent-Length: 1234\r\nContent-Type: audio/mpeg; x=y".to_owned()
        }
        "HEAD /b" => "200 OK\r\nContent-Length: 99\r\nContent-Type: audio/x-m4a".to_owned(),
        _ => "404 Not Found\r\nContent-Length: 0".to_owned(),
    }
}

#[test]
fn sizes_are_asked_for_once_and_builds_have_them() {
    let server = Server::start(plain);
    let [a, b] = ["a.mp3", "b"].map(|name| format!("{}/{name}", server.base));
    let site = site(&[a.clone(), b.clone(), a]);
    let run = site.run(&FETCH);
    assert_eq!((run.code, said(&run).as_str()), (0, ""));
    assert_eq!(
        run.stdout,
        "Asked for the size of 2 files; feedwright.enclosures.yaml has it.\n"
    );
    assert_eq!(server.asked(), ["HEAD /a.mp3", "HEAD /b"]);
    let lines = [
        "- {url: \"S/a.mp3\", length: 1234, type: audio/mpeg, seen: 2026-11-30}",
        "- {url: \"S/b\", length: 99, type: audio/x-m4a, seen: 2026-11-30}",
    ];
    assert_eq!(known(&site, &server), lines);
    let run = site.build();
    assert_eq!((run.code, said(&run).as_str()), (0, ""));
    let feed = site.read("feeds/rss.xml");
    assert!(
        feed.contains("length=\"1234\" type=\"audio/mpeg\""),
        "{feed}"
    );
    assert!(
        feed.contains("length=\"99\" type=\"audio/x-m4a\""),
        "{feed}"
    );
    let run = site.run(&FETCH);
    assert_eq!(
        run.stdout,
        "There is no file elsewhere whose size is not known.\n"
    );
    assert_eq!(server.asked(), Vec::<String>::new());
    // The same answers change nothing, on whatever day.
    let before = site.read(FILE);
    let run = site.run(&["enclosures", "fetch", "--allow-private", "--all"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(server.asked().len(), 2);
    assert_eq!(site.read(FILE), before);
}

#[test]
fn what_people_wrote_stays() {
    let server = Server::start(plain);
    let file = format!("{}/a.mp3", server.base);
    let text = format!(
        "# Ours.\n- {{url: \"{file}\", duration: 1:00}}\n- {{url: \"https://z.example/\", length: 5}}\n"
    );
    let site = site(&[file]).file(FILE, &text);
    site.run(&FETCH).assert_ok();
    assert!(site.read(FILE).starts_with("# Ours.\n- "));
    let lines = [
        "- {url: \"S/a.mp3\", length: 1234, type: audio/mpeg, duration: 60, seen: 2026-11-30}",
        "- {url: \"https://z.example/\", length: 5}",
    ];
    assert_eq!(known(&site, &server), lines);
}

#[test]
fn a_dry_run_asks_nobody() {
    let server = Server::start(plain);
    let file = format!("{}/a.mp3", server.base);
    let site = site(std::slice::from_ref(&file));
    let run = site.run(&["enclosures", "fetch", "-n", "--allow-private"]);
    assert_eq!(
        (run.code, run.stdout),
        (
            0,
            format!("would ask for {file}\nWould ask for the size of 1 file.\n")
        )
    );
    assert_eq!(server.asked(), Vec::<String>::new());
    assert!(!site.path(FILE).exists());
}

#[test]
fn redirects_are_followed_and_not_without_end() {
    let server = Server::start(|line| match line {
        "HEAD /start" => "302 Found\r\nLocation: /next?x=1".to_owned(),
        "HEAD /next?x=1" => "301 Moved\r\nLocation: a.mp3".to_owned(),
        "HEAD /loop" => "302 Found\r\nLocation: /loop".to_owned(),
        "HEAD /out" => "302 Found\r\nLocation: ftp://example.gov/".to_owned(),
        other => plain(other),
    });
    let site = site(&["start", "loop", "out"].map(|name| format!("{}/{name}", server.base)));
    let run = site.run(&FETCH);
    assert_eq!(run.code, 1);
    assert_eq!(
        known(&site, &server),
        ["- {url: \"S/start\", length: 1234, type: audio/mpeg, seen: 2026-11-30}"]
    );
    let text = said(&run).replace(&server.base, "S");
    assert_eq!(
        text,
        "error[environment]: the size of S/loop is not known: more than 5 redirects lead on from it\n\
         error[environment]: the size of S/out is not known: a redirect leads from it to no URL of the web\n"
    );
    assert_eq!(
        run.stdout,
        "Asked for the size of 1 file; feedwright.enclosures.yaml has it. That of 2 files is not known.\n"
    );
    let loops = server
        .asked()
        .into_iter()
        .filter(|line| line == "HEAD /loop");
    assert_eq!(loops.count(), 6);
}

#[test]
fn servers_without_head_are_asked_for_a_byte() {
    let server = Server::start(|line| match line {
        "HEAD /a" | "HEAD /c" => "405 Method Not Allowed\r\nContent-Length: 0".to_owned(),
        "GET /a" => {
            "206 Partial Content\r\nContent-Length: 1\r\nContent-Range: bytes 0-0/777".to_owned()
        }
        "HEAD /b" => "200 OK\r\nContent-Type: audio/ogg".to_owned(),
        "GET /b" => "200 OK\r\nContent-Length: 5000\r\nContent-Type: audio/ogg".to_owned(),
        "GET /c" => {
            "206 Partial Content\r\nContent-Length: 1\r\nContent-Range: bytes 0-0/*".to_owned()
        }
        "HEAD /page" => "200 OK\r\nContent-Length: 9\r\nContent-Type: text/html".to_owned(),
        other => plain(other),
    });
    let names = ["a", "b", "c", "gone", "page"];
    let site = site(&names.map(|name| format!("{}/{name}", server.base)));
    let run = site.run(&FETCH);
    assert_eq!(run.code, 1);
    assert_eq!(
        known(&site, &server),
        [
            "- {url: \"S/a\", length: 777, seen: 2026-11-30}",
            "- {url: \"S/b\", length: 5000, type: audio/ogg, seen: 2026-11-30}"
        ]
    );
    assert_eq!(
        said(&run).replace(&server.base, "S"),
        "error[environment]: the size of S/c is not known: its server does not say how large it is\n\
         error[environment]: the size of S/gone is not known: its server answers 404 Not Found\n\
         error[environment]: the size of S/page is not known: its server answers with a web page in place of a file\n"
    );
}

#[test]
fn private_networks_are_not_asked() {
    let server = Server::start(plain);
    let site = site(&[format!("{}/a.mp3", server.base)]);
    let run = site.run(&["enclosures", "fetch"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("lies within a private network"),
        "{}",
        run.stderr
    );
    assert_eq!(server.asked(), Vec::<String>::new());
    assert!(!site.path(FILE).exists());
}

#[test]
fn a_host_that_does_not_answer_is_left_alone() {
    // Nobody listens there any more.
    let port = TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", port.local_addr().expect("its address"));
    drop(port);
    let site = site(&[1, 2, 3, 4, 5].map(|at| format!("{base}/{at}.mp3")));
    let run = site.run(&FETCH);
    assert_eq!(run.code, 1);
    let skipped = "it was not asked for, as its host has not answered 3 times";
    assert_eq!(run.stderr.matches(skipped).count(), 2, "{}", run.stderr);
}
