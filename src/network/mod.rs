//! Who is talked to over the network, and who is not.

mod address;

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::{Host, Url};

pub(crate) use self::address::is_public;

/// How feedwright calls itself.
pub(crate) const USER_AGENT: &str = concat!("feedwright/", env!("CARGO_PKG_VERSION"));

/// A client that looks addresses up so. `patience` is for one answer, all in all: a server that sends a
/// byte now and then ends too. Nobody is led elsewhere by it: each address is looked at before it is
/// gone to.
pub(crate) fn agent(resolver: Public, patience: Duration) -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections_per_host(1)
        .user_agent(USER_AGENT)
        .build();
    Agent::with_parts(config, DefaultConnector::default(), resolver)
}

/// The address that stands in a URL in place of a name.
pub(crate) fn literal(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(address) => Some(IpAddr::from(address)),
        Host::Ipv6(address) => Some(IpAddr::from(address)),
        Host::Domain(_) => None,
    }
}

/// Refuses a URL that itself names an address of a private network. Where a proxy stands between,
/// nobody here looks addresses up.
pub(crate) fn allowed(url: &Url, allow_private: bool) -> Result<(), Private> {
    match literal(url).filter(|address| !allow_private && !is_public(*address)) {
        Some(address) => Err(Private(address.to_string())),
        None => Ok(()),
    }
}

/// The addresses that names of hosts were found to have.
pub(crate) type Known = Arc<Mutex<BTreeMap<String, Vec<IpAddr>>>>;

/// Looks addresses up, and refuses those of private networks: the one that is connected to is the
/// one that was looked at.
#[derive(Debug)]
pub(crate) struct Public {
    allow_private: bool,
    inner: DefaultResolver,
    known: Known,
}

impl Public {
    pub(crate) fn new(allow_private: bool) -> Self {
        Public {
            allow_private,
            inner: DefaultResolver::default(),
            known: Known::default(),
        }
    }

    /// What has been looked up, also later on.
    #[cfg(feature = "http")]
    pub(crate) fn known(&self) -> Known {
        Arc::clone(&self.known)
    }
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if let (Some(host), Ok(mut known)) = (uri.host(), self.known.lock()) {
            let addresses = found.iter().map(|address| address.ip());
            known.insert(host.to_owned(), addresses.collect());
        }
        let private = found.iter().find(|address| !is_public(address.ip()));
        match private.filter(|_| !self.allow_private) {
            Some(address) => Err(ureq::Error::Other(Box::new(Private(address.to_string())))),
            None => Ok(found),
        }
    }
}

/// An address that no server of the public internet has.
#[derive(Debug)]
pub(crate) struct Private(String);

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
