//! What was asked of a server and what it answered, whoever asked.

use std::net::IpAddr;
use std::time::Duration;

use url::Url;

/// All that was asked about one feed, in order.
#[derive(Debug)]
pub(crate) struct Dialogue {
    /// The address that readers are given.
    pub(crate) asked: Url,
    pub(crate) exchanges: Vec<Exchange>,
    /// An address of the server in IPv6 at which nobody answers.
    pub(crate) ipv6_refused: Option<IpAddr>,
}

/// One request, and what came of it.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) request: Request,
    pub(crate) answer: Result<Answer, Failure>,
    pub(crate) time: Duration,
    /// Who answered.
    pub(crate) peer: Option<IpAddr>,
}

#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Without a fragment.
    pub(crate) url: Url,
    pub(crate) headers: Headers,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Headers,
    /// What was sent, no more compressed; nothing where it was not recorded.
    pub(crate) body: Vec<u8>,
    /// How long that is.
    pub(crate) size: u64,
    /// How many bytes went over the wire for it.
    pub(crate) wire: u64,
    /// What is wrong with the way in which it was sent.
    pub(crate) fault: Option<Fault>,
}

/// A body that did not arrive as it was announced.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// It ends too early, or never.
    Cut(String),
    /// It is not compressed as the header says.
    Encoding(String),
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) message: String,
    /// Whether it is the encryption that failed.
    pub(crate) is_tls: bool,
}

/// The fields of a head, in order, as they were written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Headers(pub(crate) Vec<(String, String)>);

impl Headers {
    /// The first field of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All fields of a name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self.0.iter();
        let fields = fields.filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        fields.map(|(_, value)| value.trim())
    }

    /// The parts of all fields of a name that are lists, in small letters.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let parts = self.all(name).flat_map(|value| value.split(','));
        let parts = parts.map(|part| part.trim().to_ascii_lowercase());
        parts.filter(|part| !part.is_empty()).collect()
    }
}

impl Request {
    /// Whether it asks for all of something, whatever is known already.
    pub(crate) fn is_plain(&self) -> bool {
        let conditions = ["if-none-match", "if-modified-since", "range"];
        self.method == "GET"
            && conditions
                .iter()
                .all(|name| self.headers.get(name).is_none())
    }
}

impl Answer {
    pub(crate) fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// Where a redirect leads.
    pub(crate) fn target(&self, from: &Url) -> Option<Url> {
        let location = self
            .headers
            .get("location")
            .filter(|_| self.is_redirect())?;
        let mut target = from.join(location).ok()?;
        target.set_fragment(None);
        Some(target)
    }

    /// The media type without its parameters, in small letters.
    pub(crate) fn media_type(&self) -> Option<String> {
        let whole = self.headers.get("content-type")?;
        let essence = whole.split(';').next().unwrap_or_default();
        Some(essence.trim().to_ascii_lowercase()).filter(|essence| !essence.is_empty())
    }

    /// Whether it is a web page, by what it is.
    pub(crate) fn is_page(&self) -> bool {
        let head = self
            .body
            .get(..self.body.len().min(512))
            .unwrap_or_default();
        let head = String::from_utf8_lossy(head)
            .trim_start()
            .to_ascii_lowercase();
        head.starts_with("<!doctype html") || head.starts_with("<html")
    }
}

impl Exchange {
    pub(crate) fn answered(&self) -> Option<&Answer> {
        self.answer.as_ref().ok()
    }
}

impl Dialogue {
    /// The exchanges from an address to what it leads to: redirects, and then the answer. `is_one` says
    /// which requests count.
    pub(crate) fn chain(&self, from: &Url, is_one: impl Fn(&Request) -> bool) -> Vec<&Exchange> {
        let mut chain: Vec<&Exchange> = Vec::new();
        let mut url = from.clone();
        url.set_fragment(None);
        let mut left = self.exchanges.iter();
        while let Some(next) = left.find(|one| one.request.url == url && is_one(&one.request)) {
            chain.push(next);
            match next.answered().and_then(|answer| answer.target(&url)) {
                Some(target) => url = target,
                None => break,
            }
        }
        chain
    }

    /// The exchanges from the feed's address to the feed.
    pub(crate) fn to_feed(&self) -> Vec<&Exchange> {
        self.chain(&self.asked, Request::is_plain)
    }
}
