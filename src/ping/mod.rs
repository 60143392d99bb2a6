//! Telling hubs which feeds changed: WebSub section 6, “Publishing”.
//!
//! The lock says of each feed what each hub was told of last, by a hash of its bytes. So what could
//! not be told is told by the next run, what was told is not told twice, and building knows nothing
//! of it. What hubs answer, and who they are, is a stranger's word.

mod client;
mod time;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use feedwright_base::error::Error;
use feedwright_base::permalink;
use feedwright_base::slice::Slice;
use feedwright_feed::read::read_bytes;
use feedwright_site::config::{Config, StateKind};
use rayon::prelude::*;
use url::Url;

use crate::publish::{Files, Stage, Turn};
use crate::state::{Lock, Owned, PingRecord};

use self::client::Client;
use self::time::Time;

/// How often what was told is written down.
const OFTEN: Duration = Duration::from_secs(2);

/// How a hub is told.
#[derive(Debug, Clone, Copy)]
pub struct PingOptions {
    /// Find out what would be told, and tell nobody.
    pub dry_run: bool,
    /// Tell hubs within private networks, too.
    pub allow_private: bool,
    /// Tell of every feed, whatever was told before.
    pub all: bool,
    /// How long a hub may take for one answer. Failures may take a hub three times as long in all,
    /// all answers of a hub thirty times, and a run ninety times; what is left is told by the next
    /// run.
    pub patience: Duration,
}

impl Default for PingOptions {
    fn default() -> Self {
        PingOptions {
            dry_run: false,
            allow_private: false,
            all: false,
            patience: Duration::from_secs(10),
        }
    }
}

/// What one hub was told of one feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ping {
    /// The hub.
    pub hub: String,
    /// The feed's own address.
    pub topic: String,
    /// Why it could not be told.
    pub failure: Option<String>,
}

/// A feed that a hub does not know as it is.
struct News {
    file: String,
    topic: Url,
    hash: String,
}

/// Tells each hub of the site's feeds that are others than it was told of. `each` is called with
/// everything that was told, or would be.
///
/// # Errors
///
/// A site without hubs or without a lock, or that is only a preview; files that cannot be read or
/// written. That a hub could not be told is no error here.
pub fn ping(
    config: &Config,
    options: PingOptions,
    each: &mut dyn FnMut(&Ping),
) -> Result<(), Error> {
    let known = known(config)?;
    let feeds = feeds(&known, config)?;
    let client = Client::new(options.allow_private, options.patience);
    let mut time = Time::new(options.patience);
    let mut told: Vec<PingRecord> = Vec::new();
    let mut remembered = Instant::now();
    for hub in &config.feeds.hubs {
        let mut failure = time.next_hub();
        for news in &feeds {
            if !options.all && is_known(&known, hub, news) {
                continue;
            }
            if !options.dry_run && failure.is_none() {
                let start = Instant::now();
                failure = client.publish(hub, &news.topic).err();
                time.took(start.elapsed(), failure.is_some());
            }
            let of_this = failure.as_ref().filter(|_| !options.dry_run);
            each(&Ping {
                hub: hub.to_string(),
                topic: news.topic.to_string(),
                failure: of_this.map(|failure| failure.message.clone()),
            });
            if of_this.is_none() {
                told.push(PingRecord {
                    file: news.file.clone(),
                    hub: hub.to_string(),
                    hash: news.hash.clone(),
                });
            }
            // Of a hub that does not answer, the other feeds need not wait for the same.
            failure = failure
                .filter(|failure| failure.is_of_hub)
                .or_else(|| time.is_over());
            // A run that is stopped has told what it has told.
            if remembered.elapsed() > OFTEN && !options.dry_run {
                remember(std::mem::take(&mut told), config)?;
                remembered = Instant::now();
            }
        }
        if !options.dry_run {
            remember(std::mem::take(&mut told), config)?;
        }
    }
    Ok(())
}

/// The lock of a site whose hubs can be told of its feeds.
///
/// # Errors
///
/// A site without hubs or without a lock, or that is only a preview.
fn known(config: &Config) -> Result<Lock, Error> {
    if config.feeds.hubs.is_empty() {
        return Err(Error::new(
            "the site has no hub: name one in `feeds.hubs` of feedwright.yaml, then build",
        ));
    }
    if config.is_preview() {
        return Err(Error::new(
            "these feeds are a preview that nobody subscribes to, and no hub is told of it",
        ));
    }
    if config.state != StateKind::Lock {
        return Err(Error::new(
            "what hubs were told is remembered in feedwright.lock, and by `state` this site keeps \
             none: set `state: lock`",
        ));
    }
    Lock::read(config)?.ok_or_else(|| {
        Error::new(
            "there is no feedwright.lock, so no feed of this site is known: run `feedwright build`",
        )
    })
}

/// Whether a hub was told of a feed as it is now.
fn is_known(lock: &Lock, hub: &Url, news: &News) -> bool {
    let place = (hub.to_string(), news.file.clone());
    let told = lock.pings.get(&place);
    told.is_some_and(|told| told.hash == news.hash)
}

/// The feeds as they are published, with the hashes of their bytes.
fn feeds(lock: &Lock, config: &Config) -> Result<Vec<News>, Error> {
    // What stands beside the feeds has no id, and nobody subscribes to it.
    let feeds = lock.feeds.values().filter(|feed| !feed.id.is_empty());
    let files: Vec<&String> = feeds.flat_map(|feed| &feed.files).collect();
    let all: Vec<Option<News>> = files
        .par_iter()
        .map(|file| {
            let Some(bytes) = read_bytes(&config.feeds.output.join(file))? else {
                return Ok(None);
            };
            let url = permalink::on_site(&config.site.url, &permalink::encode(file)).ok();
            Ok(url.map(|topic| News {
                file: (*file).clone(),
                topic,
                hash: blake3::hash(&bytes).to_hex().slice(..32).to_owned(),
            }))
        })
        .collect::<Result<_, Error>>()?;
    Ok(all.into_iter().flatten().collect())
}

/// Writes down what was told. A build may have changed the lock meanwhile, so that it is read again.
fn remember(told: Vec<PingRecord>, config: &Config) -> Result<(), Error> {
    let root = config.root.path();
    let _turn = Turn::take(&[root, &config.feeds.output], &|| {})?;
    let Some(mut next) = Lock::read(config)? else {
        return Ok(());
    };
    let before: BTreeMap<(String, String), PingRecord> = next.pings.clone();
    for told in told {
        next.pings
            .insert((told.hub.clone(), told.file.clone()), told);
    }
    // Hubs and files that are there no more need no telling.
    next.pings.retain(|(hub, file), _| {
        config.feeds.hubs.iter().any(|known| known.as_str() == hub)
            && config.feeds.output.join(file).is_file()
    });
    if next.pings == before {
        return Ok(());
    }
    let stage = Stage::begin(root, root, false, Files::default(), Owned::default())?;
    stage.write_now(&config.lock(), &next.to_text().pieces())
}
