//! Asking a hub to fetch a feed, over HTTP.

use std::fmt;
use std::io::Read;
use std::net::IpAddr;
use std::thread;
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::form_urlencoded::Serializer;
use url::{Host, Url};

use super::address::is_public;

/// How long to wait before each further try of what may go well later.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(3)];

/// How much of a refusal is shown.
const SHOWN: u64 = 200;

/// Why a hub could not be told.
pub(super) struct Failure {
    pub(super) message: String,
    /// Whether no other feed fares better now.
    pub(super) is_of_hub: bool,
    /// Whether another try may.
    pub(super) is_passing: bool,
}

/// Talks to hubs.
pub(super) struct Client {
    agent: Agent,
    allow_private: bool,
    patience: Duration,
}

impl Client {
    /// `patience` is for one answer, all in all: a hub that sends a byte now and then ends too.
    pub(super) fn new(allow_private: bool, patience: Duration) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .http_status_as_error(false)
            // A hub that moved has to be named anew: nobody is led elsewhere.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("feedwright/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = Public {
            allow_private,
            inner: DefaultResolver::default(),
        };
        Client {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            allow_private,
            patience,
        }
    }

    /// Tells a hub that a feed changed, a few times where that may help.
    pub(super) fn publish(&self, hub: &Url, topic: &Url) -> Result<(), Failure> {
        // Where a proxy stands between, nobody here looks the hub's address up.
        let address = match hub.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::from(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::from(address)),
            Some(Host::Domain(_)) | None => None,
        };
        let private = address.filter(|address| !is_public(*address));
        if let Some(address) = private.filter(|_| !self.allow_private) {
            return Err(Failure {
                message: Private(address.to_string()).to_string(),
                is_of_hub: true,
                is_passing: false,
            });
        }
        let mut pauses = PAUSES.iter();
        loop {
            match self.publish_once(hub, topic) {
                Err(failure) if failure.is_passing => match pauses.next() {
                    Some(pause) => thread::sleep(*pause),
                    None => return Err(failure),
                },
                done => return done,
            }
        }
    }

    /// The hub may know the feed under either name: WebSub leaves open how publishers tell hubs, and
    /// hubs differ.
    fn publish_once(&self, hub: &Url, topic: &Url) -> Result<(), Failure> {
        let body = Serializer::new(String::new())
            .append_pair("hub.mode", "publish")
            .append_pair("hub.url", topic.as_str())
            .append_pair("hub.topic", topic.as_str())
            .finish();
        let request = self
            .agent
            .post(hub.as_str())
            .header("content-type", "application/x-www-form-urlencoded");
        let mut answer = match request.send(&body) {
            Ok(answer) => answer,
            Err(error) => return Err(Failure::of(&error, self.patience)),
        };
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        if status.is_redirection() {
            let target = answer.headers().get("location");
            let target = target.and_then(|target| target.to_str().ok());
            let target = target.unwrap_or("nowhere");
            return Err(Failure {
                message: format!(
                    "it leads to {target} ({status}), which is not followed: if that is the hub, \
                     name it in `feeds.hubs`"
                ),
                is_of_hub: true,
                is_passing: false,
            });
        }
        let mut body = Vec::new();
        let reader = answer.body_mut().as_reader();
        // Whatever comes of it, the refusal stands.
        let _ = reader.take(SHOWN).read_to_end(&mut body);
        let words = String::from_utf8_lossy(&body);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let reason = if words.is_empty() {
            words
        } else {
            format!(": {words}")
        };
        let is_busy = status.is_server_error() || status.as_u16() == 429;
        Err(Failure {
            message: format!("it answers {status}{reason}"),
            // One that is busy is busy for the other feeds, too.
            is_of_hub: is_busy,
            is_passing: is_busy,
        })
    }
}

impl Failure {
    fn of(error: &ureq::Error, patience: Duration) -> Self {
        let (message, is_passing) = match error {
            ureq::Error::Timeout(_) => {
                // Whoever waited so long has waited enough.
                (format!("it does not answer within {patience:?}"), false)
            }
            ureq::Error::Other(inner) if inner.is::<Private>() => (inner.to_string(), false),
            ureq::Error::HostNotFound => ("its host is not known".to_owned(), true),
            error => (error.to_string(), true),
        };
        Failure {
            message,
            is_of_hub: true,
            is_passing,
        }
    }
}

/// Looks addresses up, and refuses those of private networks: the one that is connected to is the
/// one that was looked at.
#[derive(Debug)]
struct Public {
    allow_private: bool,
    inner: DefaultResolver,
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let private = found.iter().find(|address| !is_public(address.ip()));
        match private.filter(|_| !self.allow_private) {
            Some(address) => Err(ureq::Error::Other(Box::new(Private(address.to_string())))),
            None => Ok(found),
        }
    }
}

/// An address that is no hub of the public internet.
#[derive(Debug)]
struct Private(String);

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "its address {} lies within a private network: where that is meant, add \
             `--allow-private`",
            self.0
        )
    }
}

impl std::error::Error for Private {}
