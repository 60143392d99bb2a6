//! A small server that delivers feeds as it should, but for what a test plants; and records what it
//! was asked as a HAR file has it.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

/// No test asks a server more often.
const MOST: usize = 64;

const DATE: &str = "Wed, 01 Jan 2025 00:00:00 GMT";
pub const MODIFIED: &str = "Tue, 31 Dec 2024 08:00:00 GMT";

/// How long the audio file is.
pub const LENGTH: usize = 4000;

/// One request.
#[derive(Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    /// How many came before.
    pub before: usize,
    /// Where the server is.
    pub base: String,
}

impl Asked {
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.headers.iter();
        let found = fields.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn without(&self, name: &str) -> Self {
        let mut other = self.clone();
        other
            .headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        other
    }

    pub fn is_of(&self, program: &str) -> bool {
        self.get("user-agent")
            .is_some_and(|name| name.contains(program))
    }
}

/// One answer. The body is not compressed yet.
#[derive(Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// What is sent in place of the compressed body.
    pub sent: Option<Vec<u8>>,
    /// By how much `Content-Length` is wrong.
    pub excess: usize,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Reply {
            status,
            headers: vec![("Date".into(), DATE.into())],
            body: body.into(),
            sent: None,
            excess: 0,
        }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.headers.iter();
        let found = fields.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    fn wire(&self) -> Vec<u8> {
        if let Some(sent) = &self.sent {
            return sent.clone();
        }
        if self.get("content-encoding") == Some("gzip") {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&self.body).expect("memory");
            return encoder.finish().expect("memory");
        }
        self.body.clone()
    }
}

pub fn page(head: &str) -> String {
    format!("<!DOCTYPE html><html><head><title>A</title>{head}</head><body>Text</body></html>")
}

pub fn rss(base: &str) -> String {
    let text = "All that happened in the town this week, and what it costs. ".repeat(200);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>\
         <title>News – all of it</title><link>{base}/</link><description>News</description><language>en</language>\
         <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{base}/feed.xml\"/>\
         <item><title>One</title><link>{base}/one</link><guid>{base}/one</guid>\
         <pubDate>Tue, 31 Dec 2024 08:00:00 GMT</pubDate>\
         <description>{text}</description>\
         <enclosure url=\"{base}/a.mp3\" type=\"audio/mpeg\" length=\"{LENGTH}\"/></item>\
         </channel></rss>\n"
    )
}

fn json_feed(base: &str) -> String {
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News",
        "language": "en",
        "home_page_url": format!("{base}/"),
        "feed_url": format!("{base}/feed.json"),
        "items": [{
            "id": format!("{base}/one"),
            "url": format!("{base}/one"),
            "title": "One",
            "date_published": "2024-12-31T08:00:00Z",
            "content_text": "Text",
        }],
    })
    .to_string()
}

/// What a good server answers.
pub fn good(asked: &Asked) -> Reply {
    let base = &asked.base;
    match asked.path.as_str() {
        "/feed.xml" => feed(asked, "application/rss+xml", &rss(base)),
        "/feed.json" => feed(asked, "application/feed+json", &json_feed(base))
            .with("Access-Control-Allow-Origin", "*"),
        "/" => Reply::new(
            200,
            page(
                "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\" title=\"News\">",
            ),
        )
        .with("Content-Type", "text/html; charset=utf-8"),
        "/a.mp3" => audio(asked),
        _ => Reply::new(404, "There is nothing.").with("Content-Type", "text/plain"),
    }
}

fn feed(asked: &Asked, media_type: &str, body: &str) -> Reply {
    let is_gzip = asked
        .get("accept-encoding")
        .is_some_and(|list| list.contains("gzip"));
    let tag = if is_gzip { "\"v1-z\"" } else { "\"v1\"" };
    let mut reply = Reply::new(200, body)
        .with("Content-Type", media_type)
        .with("ETag", tag)
        .with("Last-Modified", MODIFIED)
        .with("Cache-Control", "max-age=900")
        .with("Vary", "Accept-Encoding");
    let is_known = match (asked.get("if-none-match"), asked.get("if-modified-since")) {
        (Some(known), _) => ["\"v1\"", "\"v1-z\""].contains(&known.trim_start_matches("W/")),
        (None, date) => date == Some(MODIFIED),
    };
    if is_known {
        reply.status = 304;
        reply.body.clear();
        return reply.without("Content-Type");
    }
    if is_gzip {
        return reply.with("Content-Encoding", "gzip");
    }
    reply
}

fn audio(asked: &Asked) -> Reply {
    let reply = Reply::new(200, vec![b'a'; LENGTH]).with("Content-Type", "audio/mpeg");
    if asked.get("range").is_none() {
        return reply;
    }
    let mut part = reply.with("Content-Range", &format!("bytes 0-0/{LENGTH}"));
    part.status = 206;
    part.body.truncate(1);
    part
}

pub type Answering = fn(&Asked) -> Reply;

/// A server that answers by a function.
pub struct Server {
    pub base: String,
    entries: Arc<Mutex<Vec<Value>>>,
}

impl Server {
    pub fn answering(answer: Answering) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("its address"));
        let entries = Arc::new(Mutex::new(Vec::new()));
        let server = Server {
            base: base.clone(),
            entries: Arc::clone(&entries),
        };
        thread::spawn(move || {
            for before in 0..MOST {
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                if let Some(asked) = read(&stream, before, &base) {
                    let reply = answer(&asked);
                    entries.lock().expect("a lock").push(record(&asked, &reply));
                    write(&stream, &asked, &reply);
                }
            }
        });
        server
    }

    /// What was recorded.
    pub fn har(&self) -> Value {
        let entries = self.entries.lock().expect("a lock").clone();
        json!({"log": {"version": "1.2", "creator": {"name": "a test", "version": "1"}, "entries": entries}})
    }

    pub fn count(&self) -> usize {
        self.entries.lock().expect("a lock").len()
    }
}

fn read(stream: &TcpStream, before: usize, base: &str) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? <= 2 {
            break;
        }
        let (name, value) = line.split_once(':')?;
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    Some(Asked {
        method,
        path,
        headers,
        before,
        base: base.to_owned(),
    })
}

fn write(mut stream: &TcpStream, asked: &Asked, reply: &Reply) {
    let mut head = format!("HTTP/1.1 {} Said\r\nConnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let wire = reply.wire();
    if reply.status != 304 {
        head.push_str(&format!(
            "Content-Length: {}\r\n",
            wire.len() + reply.excess
        ));
    }
    head.push_str("\r\n");
    // Whoever has read enough goes away.
    let _ = stream.write_all(head.as_bytes());
    if asked.method != "HEAD" {
        let _ = stream.write_all(&wire);
    }
}

fn record(asked: &Asked, reply: &Reply) -> Value {
    let fields = |headers: &[(String, String)]| -> Vec<Value> {
        let fields = headers.iter();
        fields
            .map(|(name, value)| json!({"name": name, "value": value}))
            .collect()
    };
    let body = if asked.method == "HEAD" {
        &[][..]
    } else {
        &reply.body
    };
    json!({
        "time": 12.5,
        "serverIPAddress": "127.0.0.1",
        "request": {
            "method": asked.method,
            "url": format!("{}{}", asked.base, asked.path),
            "headers": fields(&asked.headers),
        },
        "response": {
            "status": reply.status,
            "headers": fields(&reply.headers),
            "content": {"size": body.len(), "text": String::from_utf8_lossy(body)},
            "bodySize": -1,
        },
    })
}
