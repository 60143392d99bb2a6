//! Real processes that are really killed, disks that are full, folders that cannot be written to:
//! every feed stays whole, old or new, and the next run ends as if nothing had happened.
//!
//! The same for every single change of the file system stands beside the pipeline, in
//! `src/pipeline/faults.rs`.

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
            assert!(again.stdout.contains("Wrote 0 of"), "{}", again.stdout);
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
