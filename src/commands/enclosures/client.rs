//! Asking a server for the size of a file, over HTTP, and for none of what is in it.

use std::time::Duration;

use feedwright_base::media_type::is_media_type;
use ureq::Agent;
use ureq::http::Response;
use url::Url;

use crate::network::{self, Private, Public};

/// How many redirects are followed. Those who count listeners lead through some.
const REDIRECTS: usize = 5;

/// What a server says of a file.
pub(super) struct Found {
    pub(super) length: u64,
    /// Where it says anything that could be right.
    pub(super) media_type: Option<String>,
}

/// Why it is not known.
pub(super) struct Failure {
    pub(super) message: String,
    /// Whether other files of the host fare no better.
    pub(super) is_of_host: bool,
}

impl Failure {
    fn of_file(message: impl Into<String>) -> Self {
        Failure {
            message: message.into(),
            is_of_host: false,
        }
    }

    /// Of a host that was silent so often.
    pub(super) fn again(times: usize) -> Self {
        Failure::of_file(format!(
            "it was not asked for, as its host has not answered {times} times"
        ))
    }
}

/// How a file is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Head,
    /// The first byte alone, for servers that answer nothing else.
    Part,
}

pub(super) struct Client {
    agent: Agent,
    allow_private: bool,
    patience: Duration,
}

impl Client {
    pub(super) fn new(allow_private: bool, patience: Duration) -> Self {
        Client {
            agent: network::agent(Public::new(allow_private), patience),
            allow_private,
            patience,
        }
    }

    /// Asks by `HEAD`, and where that is not answered, for the first byte.
    pub(super) fn ask(&self, file: &Url) -> Result<Found, Failure> {
        let (mut url, mut method, mut left) = (file.clone(), Method::Head, REDIRECTS);
        url.set_fragment(None);
        loop {
            let answer = self.send(&url, method)?;
            let status = answer.status().as_u16();
            if let Some(target) = target(&answer, &url) {
                left = left.checked_sub(1).ok_or_else(|| {
                    Failure::of_file(format!("more than {REDIRECTS} redirects lead on from it"))
                })?;
                url = target?;
                continue;
            }
            let length = length(&answer);
            let media_type = media_type(&answer);
            match (status, length) {
                (200 | 206, Some(length)) if length > 0 => return found(file, length, media_type),
                // Programs on servers may know nothing of `HEAD`, or not how much there is to come.
                (200 | 400 | 403 | 404 | 405 | 501, _) if method == Method::Head => {
                    method = Method::Part;
                }
                (200 | 206, _) => {
                    return Err(Failure::of_file("its server does not say how large it is"));
                }
                _ => {
                    return Err(Failure {
                        message: format!("its server answers {}", answer.status()),
                        is_of_host: status == 429 || status >= 500,
                    });
                }
            }
        }
    }

    fn send(&self, url: &Url, method: Method) -> Result<Response<ureq::Body>, Failure> {
        network::allowed(url, self.allow_private)
            .map_err(|private| Failure::of_file(private.to_string()))?;
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Part => self.agent.get(url.as_str()).header("range", "bytes=0-0"),
        };
        let answer = request.header("accept-encoding", "identity").call();
        answer.map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &ureq::Error) -> Failure {
        let message = match error {
            ureq::Error::Timeout(_) => {
                format!("its server does not answer within {:?}", self.patience)
            }
            ureq::Error::Other(inner) if inner.is::<Private>() => inner.to_string(),
            ureq::Error::HostNotFound => "its host is not known".to_owned(),
            error => error.to_string(),
        };
        Failure {
            message,
            is_of_host: true,
        }
    }
}

fn found(file: &Url, length: u64, media_type: Option<String>) -> Result<Found, Failure> {
    // Whoever wants people to log in or to pay answers so.
    let is_page = media_type.as_deref() == Some("text/html");
    let names_page = [".html", ".htm", "/"];
    if is_page && !names_page.iter().any(|end| file.path().ends_with(end)) {
        return Err(Failure::of_file(
            "its server answers with a web page in place of a file",
        ));
    }
    Ok(Found { length, media_type })
}

fn header<'a>(answer: &'a Response<ureq::Body>, name: &str) -> Option<&'a str> {
    answer.headers().get(name)?.to_str().ok().map(str::trim)
}

/// Where a redirect leads.
fn target(answer: &Response<ureq::Body>, from: &Url) -> Option<Result<Url, Failure>> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = header(answer, "location")?;
    let target = from.join(location).ok();
    let target = target.filter(|url| matches!(url.scheme(), "http" | "https"));
    Some(target.ok_or_else(|| Failure::of_file("a redirect leads from it to no URL of the web")))
}

/// How large the whole file is, also where a part of it is sent.
fn length(answer: &Response<ureq::Body>) -> Option<u64> {
    match answer.status().as_u16() {
        206 => {
            let range = header(answer, "content-range")?;
            range.rsplit_once('/')?.1.parse().ok()
        }
        _ => header(answer, "content-length")?.parse().ok(),
    }
}

/// The type that a server says, unless that is what it says of anything.
fn media_type(answer: &Response<ureq::Body>) -> Option<String> {
    let whole = header(answer, "content-type")?;
    let essence = whole.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let says_nothing = matches!(
        essence.as_str(),
        "application/octet-stream" | "binary/octet-stream" | "text/plain"
    );
    (is_media_type(&essence) && !says_nothing).then_some(essence)
}
