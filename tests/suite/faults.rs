//! Real processes that are really killed, disks that are full, folders that cannot be written to:
//! every feed stays whole, old or new, and the next run ends as if nothing had happened.
//!
//! The same for every single change of the file system stands beside the build, in
//! `src/build/faults.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::site::{NOW, Site, entries};

/// How many processes are killed, by four threads.
const KILLS: usize = 320;

fn text(post: usize, version: usize) -> String {
    format!(
        "---\ntitle: Post {post}\ndate: 2024-01-{:02}\ntags: [x, t{}]\n---\n{}",
        post % 28 + 1,
        post % 9,
        format!("Version {version} of the text of post {post}.\n\n").repeat(20)
    )
}

/// A site whose posts are all of one version.
fn site() -> Site {
    let mut site = Site::with("guard: {max_changed: 1000}\n");
    for post in 0..40 {
        site = site.file(&format!("content/p{post}.md"), &text(post, 0));
    }
    site
}

type Tree = BTreeMap<String, Vec<u8>>;

/// What is published, with the lock and whatever lies there by mistake.
fn published(site: &Site) -> Tree {
    let is_ours = |file: &String| !file.starts_with("content/") && file != "feedwright.yaml";
    let read = |file: &String| fs::read(site.path(file)).expect("a file");
    let files = site.files("").into_iter().filter(is_ours);
    files.map(|file| (file.clone(), read(&file))).collect()
}

fn ids(tree: &Tree) -> Vec<String> {
    let feed: serde_json::Value = serde_json::from_slice(&tree["feeds/feed.json"]).expect("JSON");
    let mut ids: Vec<String> = entries(&feed).into_iter().map(|entry| entry.id).collect();
    ids.sort();
    ids
}

fn assert_old_or_new(left: &Tree, old: &Tree, new: &Tree, when: &str) {
    for (file, bytes) in left {
        if file.contains(".feedwright-") || file == "feedwright.lock" {
            continue;
        }
        let is_whole = old.get(file) == Some(bytes) || new.get(file) == Some(bytes);
        assert!(is_whole, "{when}: {file} is neither old nor new");
    }
    for file in old.keys() {
        assert!(left.contains_key(file), "{when}: {file} is gone");
    }
}

#[test]
fn killed_at_any_instant() {
    let kill_some = |seed: u64| {
        let site = site();
        let started = Instant::now();
        site.build().assert_ok();
        let whole = started.elapsed();
        let mut old = published(&site);
        let known = ids(&old);
        let mut random = seed;
        let mut killed = 0;
        let mut interrupted = 0;
        let mut version = 0;
        while killed < KILLS / 4 {
            version += 1;
            for post in (version % 3..40).step_by(3) {
                fs::write(
                    site.path(&format!("content/p{post}.md")),
                    text(post, version),
                )
                .expect("a post");
            }
            // Some runs are killed again before one comes to its end.
            let mut lefts = Vec::new();
            for _ in 0..=version % 3 {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let mut run = site
                    .command(&["build", "-q", "--now", NOW])
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()
                    .expect("the program");
                // Not a wait for anything: the instant of the kill is what is tried.
                let delay = whole.mul_f64((random % 1000) as f64 / 1000.0);
                std::thread::sleep(delay.min(Duration::from_millis(500)));
                run.kill().expect("a kill");
                let end = run.wait().expect("an end");
                killed += 1;
                interrupted += usize::from(!end.success());
                lefts.push(published(&site));
            }
            let run = site.build();
            run.assert_ok();
            let new = published(&site);
            for left in &lefts {
                assert_old_or_new(left, &old, &new, &format!("version {version}"));
            }
            assert_eq!(ids(&new), known);
            let again = site.build_with(&["--locked"]);
            assert!(
                again.stdout.contains("Nothing changed:"),
                "{}",
                again.stdout
            );
            let is_clean = !new.keys().any(|file| file.contains(".feedwright-"));
            assert!(is_clean, "{:?}", new.keys());
            old = new;
        }
        // A site that was never stopped is the same to the last byte.
        let calm = site_at(&site);
        calm.build().assert_ok();
        assert_eq!(ids(&published(&calm)), known);
        interrupted
    };
    let interrupted: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = [1u64, 2, 3, 4]
            .map(|seed| scope.spawn(move || kill_some(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
            .into_iter()
            .collect();
        let ends = threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"));
        ends.sum()
    });
    assert!(
        interrupted > KILLS / 3,
        "{interrupted} of {KILLS} were in time"
    );
}

/// A new site with the posts of another one.
fn site_at(other: &Site) -> Site {
    Site::copy(other.root(), |file| {
        file.starts_with("content/") || file == "feedwright.yaml"
    })
}

/// A limit to the size of files stands for the end of the disk: writing fails midway, for real.
#[cfg(unix)]
#[test]
fn no_room_for_the_feeds() {
    let site = site();
    site.build().assert_ok();
    let old = published(&site);
    for post in 0..40 {
        fs::write(site.path(&format!("content/p{post}.md")), text(post, 1)).expect("a post");
    }
    for blocks in [0, 1, 8, 32] {
        let run = std::process::Command::new("sh")
            .current_dir(site.root())
            .arg("-c")
            .arg(format!(
                "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build --now {NOW}"
            ))
            .arg(env!("CARGO_BIN_EXE_feedwright"))
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .expect("a shell");
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("cannot write beside"), "{stderr}");
        assert_eq!(published(&site), old, "{blocks} blocks");
    }
    site.build().assert_ok();
    assert_eq!(ids(&published(&site)), ids(&old));
}

/// Runs the program as somebody whom permissions stop, whoever runs the tests.
#[cfg(unix)]
#[test]
fn folders_that_cannot_be_written_to() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &std::path::Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    };
    let site = site();
    site.build().assert_ok();
    let old = published(&site);
    fs::write(site.path("content/p1.md"), text(1, 1)).expect("a post");
    mode(site.root(), 0o777);
    for file in site.files("") {
        mode(&site.path(&file), 0o666);
    }
    let build = || {
        let probe = site.path("feeds/probe");
        let is_stopped = fs::write(&probe, "").is_err();
        let _ = fs::remove_file(probe);
        let mut command = if is_stopped {
            site.command(&["build", "--now", NOW])
        } else {
            // The superuser is stopped by nothing.
            let mut command = std::process::Command::new("setpriv");
            command
                .current_dir(site.root())
                .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
                .arg(env!("CARGO_BIN_EXE_feedwright"))
                .args(["build", "--now", NOW]);
            command
        };
        let run = command
            .output()
            .expect("the program, or setpriv for the superuser");
        let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
        (run.status.code(), stderr)
    };
    mode(&site.path("feeds"), 0o555);
    let (code, stderr) = build();
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("cannot write beside"), "{stderr}");
    mode(&site.path("feeds"), 0o755);
    assert_eq!(published(&site), old, "feeds that are read-only");
    // The lock comes first: where it cannot be written, no feed is.
    for folder in ["feeds", "feeds/tags", "feeds/tags/x"] {
        mode(&site.path(folder), 0o777);
    }
    for tag in 0..9 {
        mode(&site.path(&format!("feeds/tags/t{tag}")), 0o777);
    }
    mode(site.root(), 0o555);
    let (code, stderr) = build();
    mode(site.root(), 0o777);
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("feedwright.lock"), "{stderr}");
    assert_eq!(published(&site), old, "a lock that is read-only");
    site.build().assert_ok();
    assert_eq!(ids(&published(&site)), ids(&old));
}

/// Two machines: another order of files, locale, zone and mask give the same lock and feeds.
#[cfg(unix)]
#[test]
fn two_machines_make_the_same_bytes() {
    let make = |order: &mut dyn Iterator<Item = usize>, zone: &str, locale: &str, mask: &str| {
        let mut site = Site::new();
        for post in order {
            site = site.file(&format!("content/p{post}.md"), &text(post, 0));
        }
        let build = || {
            let run = std::process::Command::new("sh")
                .current_dir(site.root())
                .arg("-c")
                .arg(format!("umask {mask}; exec \"$0\" build -q --now {NOW}"))
                .arg(env!("CARGO_BIN_EXE_feedwright"))
                .env("TZ", zone)
                .env("LC_ALL", locale)
                .env("LANG", locale)
                .env_remove("SOURCE_DATE_EPOCH")
                .output()
                .expect("a shell");
            assert!(
                run.status.success(),
                "{}",
                String::from_utf8_lossy(&run.stderr)
            );
        };
        build();
        for post in [3, 5, 7] {
            let path = site.path(&format!("content/p{post}.md"));
            fs::write(path, text(post, 1)).expect("a post");
        }
        build();
        published(&site)
    };
    let one = make(&mut (0..40), "UTC", "C", "022");
    let other = make(&mut (0..40).rev(), "Asia/Kathmandu", "tr_TR.UTF-8", "077");
    let third = make(
        &mut (0..40).map(|post| post * 7 % 40),
        "America/St_Johns",
        "ar_EG.UTF-8",
        "002",
    );
    assert_eq!(one, other);
    assert_eq!(one, third);
}

/// How many runs are told to end, at instants spread over a whole run.
#[cfg(unix)]
const SIGNALS: usize = 48;

/// Sends a signal to a run of the program at an instant, and tells how it ended.
#[cfg(unix)]
fn signalled(site: &Site, arguments: &[&str], signal: &str, delay: Duration) -> bool {
    let mut run = site
        .command(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    // Not a wait for anything: the instant of the signal is what is tried.
    std::thread::sleep(delay);
    let _ = std::process::Command::new("kill")
        .args([format!("-{signal}"), run.id().to_string()])
        .stderr(Stdio::null())
        .status()
        .expect("kill");
    !run.wait().expect("an end").success()
}

#[cfg(unix)]
fn litter(site: &Site) -> Vec<String> {
    let mut litter = site.files("");
    litter.retain(|file| file.contains(".feedwright-"));
    litter
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_nothing_half_done() {
    let site = site();
    let started = Instant::now();
    site.build().assert_ok();
    let whole = started.elapsed();
    let mut ended = 0;
    for number in 0..SIGNALS {
        let old = published(&site);
        for post in 0..40 {
            let path = site.path(&format!("content/p{post}.md"));
            fs::write(path, text(post, number + 1)).expect("a post");
        }
        let signal = ["INT", "TERM", "HUP"][number % 3];
        let delay = whole.mul_f64(number as f64 / SIGNALS as f64);
        let build = ["build", "-q", "--now", NOW];
        ended += usize::from(signalled(&site, &build, signal, delay));
        assert_eq!(litter(&site), Vec::<String>::new(), "{signal} at {delay:?}");
        let left = published(&site);
        site.build().assert_ok();
        assert_old_or_new(&left, &old, &published(&site), signal);
    }
    // Where tests run in the background, Ctrl-C and the end of a terminal are ignored, rightly.
    assert!(ended > SIGNALS / 12, "{ended} of {SIGNALS} were in time");
}

/// Posts whose dates can be mended.
#[cfg(unix)]
fn mendable() -> Site {
    let mut site = Site::new();
    for post in 0..40 {
        let front = format!("title: Post {post}\ndate: 2024-01-02\ntags: [x, X]");
        site = site.post(&format!("content/p{post}.md"), &front);
    }
    site
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_nothing_beside_the_posts() {
    let site = mendable();
    let old: BTreeMap<String, String> = posts(&site);
    let fix = ["check", "--fix", "--yes", "-q", "--now", NOW];
    let started = Instant::now();
    site.run(&fix);
    let whole = started.elapsed();
    let new = posts(&site);
    assert_ne!(old, new, "there is something to mend");
    for number in 0..SIGNALS {
        for (path, text) in &old {
            fs::write(site.path(path), text).expect("a post");
        }
        let signal = ["INT", "TERM", "KILL"][number % 3];
        let delay = whole.mul_f64(number as f64 / SIGNALS as f64);
        signalled(&site, &fix, signal, delay);
        if signal == "KILL" {
            site.build().assert_ok();
        }
        assert_eq!(litter(&site), Vec::<String>::new(), "{signal} at {delay:?}");
        for (path, text) in posts(&site) {
            let is_whole = text == old[&path] || text == new[&path];
            assert!(is_whole, "{signal}: {path} is neither old nor new");
        }
    }
}

#[cfg(unix)]
fn posts(site: &Site) -> BTreeMap<String, String> {
    let files = site.files("").into_iter();
    files
        .filter(|file| file.starts_with("content/") && file.ends_with(".md"))
        .map(|file| (file.clone(), site.read(&file)))
        .collect()
}

/// What SIGKILL left among the posts goes, and what only looks like it stays.
#[test]
fn leftovers_among_the_posts_go() {
    let site = site()
        .file("content/.feedwright-aB3xY9.tmp", "half a post")
        .file("content/.feedwright-notes.tmp", "somebody's own");
    site.build_with(&["--dry-run"]).assert_ok();
    assert!(site.path("content/.feedwright-aB3xY9.tmp").exists());
    site.build().assert_ok();
    assert!(!site.path("content/.feedwright-aB3xY9.tmp").exists());
    assert!(site.path("content/.feedwright-notes.tmp").exists());
    // One that comes after runs were remembered goes too.
    site.build().assert_ok();
    let site = site.file("content/.feedwright-000000.tmp", "half a post");
    site.build().assert_ok();
    assert!(!site.path("content/.feedwright-000000.tmp").exists());
}
