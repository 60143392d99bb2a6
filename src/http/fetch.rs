//! Asking a server for a feed as readers do: one request after the other, few, and under our own name.

use std::io::{ErrorKind, Read};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use ureq::Agent;
use url::Url;

use crate::network::{self, Known, Private, Public, USER_AGENT, is_public};

use super::content::Content;
use super::dialogue::{Answer, Dialogue, Exchange, Failure, Fault, Headers, Request};
use super::judge::etag;

/// How many requests one feed costs its server.
const REQUESTS: usize = 12;

/// How many redirects are followed.
pub(super) const REDIRECTS: usize = 5;

/// How many bytes of a feed or a page are read, compressed or not.
const LARGEST: u64 = 50_000_000;

/// How many bytes of an enclosure are read, where a server sends it whole.
const GLANCE: u64 = 1000;

/// How long the connection to a second address may take.
const SHORT: Duration = Duration::from_secs(3);

/// What readers say that they take.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, \
    application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1";

/// How readers and browsers begin their names; what stands behind says who really asks.
const READERS: [&str; 2] = [
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)",
    "NetNewsWire (RSS Reader; https://netnewswire.com/)",
];
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Who asks for feeds.
pub(crate) struct Fetcher {
    agent: Agent,
    known: Known,
    allow_private: bool,
    patience: Duration,
}

impl Fetcher {
    /// `patience` is for one answer, all in all; a feed may take five times as long.
    pub(crate) fn new(allow_private: bool, patience: Duration) -> Self {
        let resolver = Public::new(allow_private);
        Fetcher {
            known: resolver.known(),
            agent: network::agent(resolver, patience),
            allow_private,
            patience,
        }
    }

    /// Asks for a feed, and for what readers ask besides.
    pub(crate) fn dialogue(&self, asked: &Url) -> Dialogue {
        let mut asked = asked.clone();
        asked.set_fragment(None);
        let mut talk = Talk {
            fetcher: self,
            left: REQUESTS,
            until: Instant::now() + self.patience * 5,
            dialogue: Dialogue {
                asked: asked.clone(),
                exchanges: Vec::new(),
                ipv6_refused: None,
            },
        };
        talk.follow(&asked, &[("accept", ACCEPT)]);
        talk.after_first();
        talk.dialogue.ipv6_refused = self.ipv6_refused(&asked);
        talk.dialogue
    }

    /// An address in IPv6 of a host at which nobody listens. Whoever has no IPv6 cannot tell.
    fn ipv6_refused(&self, url: &Url) -> Option<IpAddr> {
        let port = url.port_or_known_default()?;
        let addresses = self.addresses(url);
        let mut addresses = addresses.into_iter();
        let address = addresses.find(|address| address.is_ipv6() && is_public(*address))?;
        let result = TcpStream::connect_timeout(&SocketAddr::new(address, port), SHORT);
        let is_refused = result.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused);
        is_refused.then_some(address)
    }

    fn addresses(&self, url: &Url) -> Vec<IpAddr> {
        if let Some(address) = network::literal(url) {
            return vec![address];
        }
        let known = self.known.lock().ok();
        let host = url.host_str().unwrap_or_default();
        known
            .and_then(|known| known.get(host).cloned())
            .unwrap_or_default()
    }

    fn send(&self, request: &Request, most: u64) -> Result<Answer, Failure> {
        network::allowed(&request.url, self.allow_private).map_err(|private| Failure {
            message: private.to_string(),
            is_tls: false,
        })?;
        let url = request.url.as_str();
        let mut builder = match request.method.as_str() {
            "HEAD" => self.agent.head(url),
            _ => self.agent.get(url),
        };
        for (name, value) in &request.headers.0 {
            builder = builder.header(name, value);
        }
        let answer = builder.call();
        let mut answer = answer.map_err(|error| self.failure(&error))?;
        let fields = answer.headers().iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let mut found = Answer {
            status: answer.status().as_u16(),
            headers: Headers(fields.collect()),
            ..Answer::default()
        };
        let mut body = Vec::new();
        let mut reader = answer.body_mut().as_reader().take(most);
        if let Err(error) = reader.read_to_end(&mut body) {
            let what = match error.kind() {
                ErrorKind::TimedOut => format!("it has not ended after {:?}", self.patience),
                _ => error.to_string(),
            };
            found.fault = Some(Fault::Cut(what));
        } else if body.len() as u64 == LARGEST {
            found.fault = Some(Fault::Cut(format!("it has more than {LARGEST} bytes")));
        }
        found.wire = body.len() as u64;
        unpack(&mut found, body);
        Ok(found)
    }

    fn failure(&self, error: &ureq::Error) -> Failure {
        let patience = self.patience;
        let message = match error {
            ureq::Error::Timeout(_) => format!("there is no answer within {patience:?}"),
            ureq::Error::Other(inner) if inner.is::<Private>() => inner.to_string(),
            ureq::Error::HostNotFound => "the host is not known".to_owned(),
            error => error.to_string(),
        };
        let is_tls = match error {
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) => true,
            // What goes wrong while hands are shaken comes wrapped.
            ureq::Error::Io(error) => error.kind() == ErrorKind::InvalidData,
            _ => false,
        };
        Failure { message, is_tls }
    }
}

/// Puts a body into its answer, without its compression.
fn unpack(answer: &mut Answer, body: Vec<u8>) {
    let coding = answer.headers.list("content-encoding");
    let is_gzip = matches!(coding.as_slice(), [one] if one == "gzip" || one == "x-gzip");
    answer.body = body;
    if is_gzip && !answer.body.is_empty() {
        let mut whole = Vec::new();
        let decoder = MultiGzDecoder::new(answer.body.as_slice());
        match decoder.take(LARGEST).read_to_end(&mut whole) {
            Ok(_) => answer.body = whole,
            // What was cut cannot be unpacked, and that was said.
            Err(error) => {
                let fault = Fault::Encoding(error.to_string());
                answer.fault.get_or_insert(fault);
            }
        }
    }
    answer.size = answer.body.len() as u64;
}

/// A dialogue that goes on.
struct Talk<'f> {
    fetcher: &'f Fetcher,
    left: usize,
    until: Instant,
    dialogue: Dialogue,
}

impl Talk<'_> {
    /// Asks once, as long as there is patience. What stands in `headers` replaces what is said
    /// otherwise.
    fn ask(&mut self, method: &str, url: &Url, headers: &[(&str, &str)]) -> Option<&Answer> {
        if self.left == 0 || Instant::now() > self.until {
            return None;
        }
        self.left -= 1;
        let usual = [("user-agent", USER_AGENT), ("accept-encoding", "gzip")];
        let is_said = |name: &str| headers.iter().any(|(said, _)| *said == name);
        let usual = usual.into_iter().filter(|(name, _)| !is_said(name));
        let fields = usual.chain(headers.iter().copied());
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let request = Request {
            method: method.to_owned(),
            url: url.clone(),
            headers: Headers(fields.collect()),
        };
        let most = match request.headers.get("range") {
            Some(_) => GLANCE,
            None => LARGEST,
        };
        let start = Instant::now();
        let answer = self.fetcher.send(&request, most);
        // Whoever says that it is too much is asked no more.
        if matches!(&answer, Ok(answer) if answer.status == 429) {
            self.left = 0;
        }
        self.dialogue.exchanges.push(Exchange {
            peer: self.fetcher.addresses(url).first().copied(),
            request,
            answer,
            time: start.elapsed(),
        });
        self.dialogue.exchanges.last()?.answered()
    }

    /// Asks, and goes where the answer leads to.
    fn follow(&mut self, from: &Url, headers: &[(&str, &str)]) {
        let mut url = from.clone();
        let mut seen = vec![url.clone()];
        for _ in 0..=REDIRECTS {
            let here = url.clone();
            let answer = self.ask("GET", &here, headers);
            match answer.and_then(|answer| answer.target(&here)) {
                Some(target) if !seen.contains(&target) => url = target,
                _ => return,
            }
            seen.push(url.clone());
        }
    }

    /// Asks for all that follows from the first answer.
    fn after_first(&mut self) {
        let chain = self.dialogue.to_feed();
        let Some(last) = chain.last().copied().cloned() else {
            return;
        };
        let url = &last.request.url;
        let Some(answer) = last.answered().filter(|answer| !answer.is_redirect()) else {
            return;
        };
        if answer.status != 200 || answer.is_page() {
            // Whether somebody else gets it.
            if matches!(answer.status, 200 | 401 | 403 | 406 | 503) {
                self.ask_as(url, BROWSER, &[]);
            }
            return;
        }
        let content = Content::of(&answer.body, url);
        self.conditions(url, answer);
        self.ask("HEAD", url, &[("accept", ACCEPT)]);
        self.ask_as(url, READERS[0], &[("accept-encoding", "identity")]);
        let origin = [("origin", "https://reader.example")];
        self.ask_as(url, BROWSER, &origin);
        if let Some(file) = content.enclosures.first() {
            self.follow(
                &file.url,
                &[("range", "bytes=0-0"), ("accept-encoding", "identity")],
            );
        }
        if let Some(home) = content.home.filter(|home| home.host() == url.host()) {
            self.follow(&home, &[("accept", "text/html")]);
        }
        self.ask_as(url, READERS[1], &[]);
    }

    /// Asks under the name of another program, and says who really asks.
    fn ask_as(&mut self, url: &Url, name: &str, headers: &[(&str, &str)]) {
        let name = format!("{name} {USER_AGENT}");
        let mut all = vec![("accept", ACCEPT), ("user-agent", name.as_str())];
        all.extend_from_slice(headers);
        self.ask("GET", url, &all);
    }

    /// Asks whether the feed changed, in all ways in which readers do.
    fn conditions(&mut self, url: &Url, answer: &Answer) {
        let tag = answer.headers.get("etag");
        let date = answer.headers.get("last-modified");
        let mut ask = |conditions: &[(&str, &str)]| {
            let all = [&[("accept", ACCEPT)], conditions].concat();
            self.ask("GET", url, &all);
        };
        if let Some(tag) = tag {
            ask(&[("if-none-match", tag)]);
        }
        if let Some(date) = date {
            ask(&[("if-modified-since", date)]);
        }
        let Some(tag) = tag else {
            return;
        };
        if let Some(date) = date {
            ask(&[("if-none-match", tag), ("if-modified-since", date)]);
            ask(&[("if-none-match", etag::OTHER), ("if-modified-since", date)]);
        }
        ask(&[("if-none-match", &etag::toggled(tag))]);
    }
}
