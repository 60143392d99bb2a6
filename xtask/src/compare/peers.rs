//! Generators that people would use instead, on the same posts, with feeds alone to make.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::feeds::Feeds;
use super::own::Own;
use super::run::{Pairs, few_pairs, grouped, megabytes, peak, time};
use super::{hugo, zola};
use crate::corpus::Corpus;

/// By how much a peer's feeds may be smaller or larger than ours. Each words what stands around
/// the same texts in its own way.
const LIKE: Range<f64> = 0.8..1.25;

/// How a generator is used.
struct Kind {
    name: &'static str,
    program: &'static str,
    /// The environment variable that names the program where it is not on the path.
    variable: &'static str,
    version: &'static str,
    write: fn(&Corpus, &Path) -> io::Result<()>,
    build: fn(&Path, &Path, &Path) -> Command,
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "Zola",
        program: "zola",
        variable: "ZOLA",
        version: "--version",
        write: zola::write,
        build: zola::build,
    },
    Kind {
        name: "Hugo",
        program: "hugo",
        variable: "HUGO",
        version: "version",
        write: hugo::write,
        build: hugo::build,
    },
];

/// A generator that is there.
struct Peer {
    kind: &'static Kind,
    program: OsString,
}

/// A peer with a site.
struct Job<'a> {
    peer: &'a Peer,
    own: &'a Own,
    corpus: &'a Corpus,
    site: PathBuf,
    output: PathBuf,
}

/// Prints lines for sites of so many posts and tags, which all peers build, and for large ones,
/// which Zola alone builds: these take minutes, and one of them shows how both grow.
pub fn table(folder: &Path, sites: &[(usize, usize)], large: &[(usize, usize)], rounds: usize) {
    let peers: Vec<Peer> = KINDS.iter().filter_map(Peer::find).collect();
    if peers.is_empty() {
        return;
    }
    println!();
    println!(
        "| posts | tags | case | peer | runs | its time | feedwright | ratio \
        | its peak | feedwright | its feeds | feedwright |"
    );
    println!(
        "| ---: | ---: | :--- | :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    for &(posts, tags) in sites {
        site(folder, posts, tags, peers.iter(), rounds);
    }
    for &(posts, tags) in large {
        let peers = peers.iter().filter(|peer| peer.kind.name == "Zola");
        site(folder, posts, tags, peers, rounds);
    }
}

/// Measures first builds of one site, and for the fastest peer a build that finds nothing new.
fn site<'a>(
    folder: &Path,
    posts: usize,
    tags: usize,
    peers: impl Iterator<Item = &'a Peer>,
    rounds: usize,
) {
    let corpus = Corpus {
        posts,
        tags,
        short: false,
    };
    let own = Own::new(folder, &corpus);
    let jobs = peers.map(|peer| Job::new(folder, peer, &own, &corpus));
    let measured: Vec<_> = jobs
        .map(|job| {
            let took = job.cold(rounds);
            (took, job)
        })
        .collect();
    let fastest = measured.iter().min_by_key(|(took, _)| *took);
    if let Some((_, job)) = fastest {
        job.unchanged(rounds);
    }
    for (_, job) in &measured {
        fs::remove_dir_all(&job.site).expect("a site");
    }
}

impl Peer {
    /// Says what there is, or that there is nothing.
    fn find(kind: &'static Kind) -> Option<Self> {
        let named = std::env::var_os(kind.variable);
        let program = named.unwrap_or_else(|| kind.program.into());
        let Ok(run) = Command::new(&program).arg(kind.version).output() else {
            println!(
                "{} is not there: neither on the path nor named by {}.",
                kind.name, kind.variable
            );
            return None;
        };
        let version = String::from_utf8_lossy(&run.stdout);
        let number = version.split_whitespace().nth(1).unwrap_or("?");
        let number = number.split('-').next().unwrap_or(number);
        println!("{} {}", kind.name, number.trim_start_matches('v'));
        Some(Peer { kind, program })
    }
}

impl<'a> Job<'a> {
    fn new(folder: &Path, peer: &'a Peer, own: &'a Own, corpus: &'a Corpus) -> Self {
        let Corpus { posts, tags, .. } = corpus;
        let name = peer.kind.program;
        let site = folder.join(format!("{name}-{posts}-{tags}"));
        let _ = fs::remove_dir_all(&site);
        (peer.kind.write)(corpus, &site).expect("a site");
        Job {
            peer,
            own,
            corpus,
            output: site.join("public"),
            site,
        }
    }

    /// First builds of both.
    fn cold(&self, rounds: usize) -> Duration {
        let pairs = few_pairs(
            rounds,
            &mut || {
                self.clear();
                time(&mut self.build())
            },
            &mut || self.own.first(),
        );
        self.clear();
        let peaks = [peak(&self.build()), self.own.first_peak()];
        self.line("cold", &pairs, peaks);
        pairs.own
    }

    /// Builds of both that find nothing new.
    fn unchanged(&self, rounds: usize) {
        self.own.settle();
        let pairs = few_pairs(rounds, &mut || time(&mut self.build()), &mut || {
            self.own.next()
        });
        let peaks = [peak(&self.build()), self.own.next_peak()];
        self.line("nothing changed", &pairs, peaks);
    }

    fn line(&self, case: &str, pairs: &Pairs, [peak, own_peak]: [Option<u64>; 2]) {
        let [feeds, own_feeds] = self.compare();
        println!(
            "| {} | {} | {case} | {} | {} | {:.3} s | {:.3} s | {:.1} | {} | {} | {} MB | {} MB |",
            grouped(self.corpus.posts),
            grouped(self.corpus.tags),
            self.peer.kind.name,
            pairs.runs,
            pairs.own.as_secs_f64(),
            pairs.other.as_secs_f64(),
            pairs.ratio,
            megabytes(peak),
            megabytes(own_peak),
            feeds.bytes / 1_000_000,
            own_feeds.bytes / 1_000_000
        );
    }

    /// Sees that both made the same feeds of the same entries, of about as many bytes.
    fn compare(&self) -> [Feeds; 2] {
        let feeds = Feeds::of(&self.output);
        let own = Feeds::of(&self.own.feeds());
        assert_eq!(
            feeds.files,
            [1 + self.corpus.tags; 3],
            "{}",
            self.site.display()
        );
        assert_eq!((feeds.files, feeds.entries), (own.files, own.entries));
        let share = feeds.bytes as f64 / own.bytes as f64;
        assert!(LIKE.contains(&share), "{share} of the bytes");
        [feeds, own]
    }

    fn build(&self) -> Command {
        let program = Path::new(&self.peer.program);
        (self.peer.kind.build)(program, &self.site, &self.output)
    }

    fn clear(&self) {
        let _ = fs::remove_dir_all(&self.output);
    }
}
