//! What the library's parts cost: the configuration, reading, whole builds, and checks of feeds.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod corpus;
mod feeds;

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use feedwright::{
    BuildOptions, Change, CheckOptions, Config, Diagnostics, Overrides, Report, Timestamp,
    check_feed,
};
use tempfile::TempDir;

use self::corpus::Corpus;
use self::feeds::Kind;

/// Whether this measures. Tests run each benchmark once and without optimization: there it only has to work.
fn measures() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

/// A small site and a large one, as posts and tags.
fn sizes() -> [(usize, usize); 2] {
    if measures() {
        [(1_000, 100), (10_000, 1_000)]
    } else {
        [(20, 5), (40, 10)]
    }
}

fn site(posts: usize, tags: usize) -> TempDir {
    let folder = folder();
    let corpus = Corpus {
        posts,
        tags,
        short: false,
    };
    corpus.write(folder.path()).expect("a site");
    folder
}

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

fn config(site: &Path, output: &Path) -> (Config, Diagnostics) {
    // 1 January 2030, after all posts.
    let now = Timestamp::from_epoch(1_893_456_000).expect("a time");
    let mut overrides = Overrides::new(site, now);
    overrides.output = Some(output.to_owned());
    let mut diags = Diagnostics::new();
    let config = Config::load(&overrides, &mut diags).expect("files that can be read");
    (config.expect("a sound configuration"), diags)
}

fn build((config, diags): (Config, Diagnostics)) -> Report {
    let options = BuildOptions::default();
    feedwright::build(&config, &options, diags, &|_, _, _| {}, &|| {}).expect("feeds")
}

fn loading(c: &mut Criterion) {
    let [(posts, tags), _] = sizes();
    let site = site(posts, tags);
    c.bench_function("config", |b| b.iter(|| config(site.path(), site.path())));
    let mut group = c.benchmark_group("posts");
    group
        .sample_size(20)
        .throughput(Throughput::Elements(posts as u64));
    let (config, _) = config(site.path(), site.path());
    group.bench_function(BenchmarkId::from_parameter(posts), |b| {
        b.iter(|| {
            let mut diags = Diagnostics::new();
            let found = feedwright::list(&config, &mut diags, &|_, _, _| {}).expect("posts");
            assert_eq!(found.len(), posts);
            found
        });
    });
}

/// The first build writes every feed; the next one finds all of them as they should be, which
/// is what a run every ten minutes mostly does.
fn building(c: &mut Criterion) {
    let mut group = c.benchmark_group("build");
    group.sample_size(10);
    for (posts, tags) in sizes() {
        let site = site(posts, tags);
        group.throughput(Throughput::Elements(posts as u64));
        group.bench_function(BenchmarkId::new("first", posts), |b| {
            b.iter_batched(
                folder,
                |output| {
                    let report = build(config(site.path(), output.path()));
                    assert_eq!(report.count(Change::Created), 3 * (tags + 1));
                    // Its removal is not timed.
                    output
                },
                BatchSize::PerIteration,
            );
        });
        let output = folder();
        build(config(site.path(), output.path()));
        group.bench_function(BenchmarkId::new("unchanged", posts), |b| {
            b.iter(|| {
                let report = build(config(site.path(), output.path()));
                assert_eq!(report.count(Change::Unchanged), 3 * (tags + 1));
                black_box(report)
            });
        });
    }
}

/// Feeds of every kind, with the HTML of their entries.
fn checking(c: &mut Criterion) {
    let mut group = c.benchmark_group("check");
    group.sample_size(10);
    let options = CheckOptions::new(Timestamp::from_epoch(1_893_456_000).expect("a time"));
    for kind in Kind::all() {
        let feed = kind.feed(if measures() { 3_000_000 } else { 30_000 });
        group.throughput(Throughput::Bytes(feed.len() as u64));
        group.bench_function(kind.name(), |b| {
            b.iter(|| {
                let mut diags = Diagnostics::new();
                check_feed(feed.as_bytes(), Path::new("feed"), &options, &mut diags)
                    .expect("bytes");
                assert_eq!(diags.iter().count(), 0, "{diags:?}");
            });
        });
    }
}

criterion_group!(benches, loading, building, checking);
criterion_main!(benches);
