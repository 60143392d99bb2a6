//! Asking a hub to fetch a feed, over HTTP.

use std::io::Read;
use std::thread;
use std::time::Duration;

use ureq::Agent;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::network::{self, Private, Public};

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
        Client {
            agent: network::agent(Public::new(allow_private), patience),
            allow_private,
            patience,
        }
    }

    /// Tells a hub that a feed changed, a few times where that may help.
    pub(super) fn publish(&self, hub: &Url, topic: &Url) -> Result<(), Failure> {
        if let Err(private) = network::allowed(hub, self.allow_private) {
            return Err(Failure {
                message: private.to_string(),
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
