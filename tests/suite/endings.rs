//! What runs leave where they are told to end at unlucky instants: while Git works, twice, or while
//! they write down what to remember.
#![cfg(unix)]

use std::fs::{self, File};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use crate::site::{NOW, Site};

/// How long the program may take to come somewhere.
const PATIENCE: Duration = Duration::from_secs(60);

fn send(run: &Child, signal: &str) {
    let _ = Command::new("kill")
        .args([format!("-{signal}"), run.id().to_string()])
        .stderr(Stdio::null())
        .status()
        .expect("kill");
}

fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A signal that comes while Git works takes the folder along that was made for it.
#[test]
fn the_folder_for_git_goes_with_a_signal() {
    use std::os::unix::fs::PermissionsExt;

    let site =
        Site::with("dates: {updated: git}\n").post("content/a.md", "title: A\ndate: 2024-01-01");
    site.git(&["init", "-q"], NOW);
    site.git(&["add", "."], NOW);
    site.git(&["commit", "-q", "-m", "all"], NOW);
    let folder = tempfile::tempdir().expect("a folder");
    let (programs, temporary) = (folder.path().join("bin"), folder.path().join("tmp"));
    for made in [&programs, &temporary] {
        fs::create_dir(made).expect("a folder");
    }
    // A Git that comes to an end when nobody listens to it any more.
    let git = programs.join("git");
    fs::write(&git, "#!/bin/sh\nwhile echo; do /bin/sleep 0.1; done\n").expect("a program");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).expect("a mode");
    let count = || fs::read_dir(&temporary).expect("a folder").count();
    let mut run = site
        .command(&["build", "-q", "--now", NOW])
        .env("PATH", &programs)
        .env("TMPDIR", &temporary)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    wait_until("Git is asked", || count() > 0);
    send(&run, "TERM");
    assert!(!run.wait().expect("an end").success());
    assert_eq!(count(), 0);
    // Where Git ends, so does its folder.
    site.command(&["build", "-q", "--now", NOW])
        .env("TMPDIR", &temporary)
        .status()
        .expect("the program");
    assert_eq!(count(), 0);
}

/// Who is told twice to end leaves no more behind than who is told once.
#[test]
fn a_second_signal_while_the_first_is_obeyed() {
    let mut site = Site::with("guard: {max_changed: 1000}\n");
    let text = |post: usize, version: usize| {
        let (day, tag) = (post % 28 + 1, post % 9);
        format!(
            "---\ntitle: Post {post}\ndate: 2024-01-{day:02}\ntags: [x, t{tag}]\n---\nVersion {version}.\n"
        )
    };
    for post in 0..40 {
        site = site.file(&format!("content/p{post}.md"), &text(post, 0));
    }
    let started = Instant::now();
    site.build().assert_ok();
    let whole = started.elapsed();
    for number in 0..24_usize {
        for post in 0..40 {
            let path = site.path(&format!("content/p{post}.md"));
            fs::write(path, text(post, number + 1)).expect("a post");
        }
        let mut run = site
            .command(&["build", "-q", "--now", NOW])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        // Not a wait for anything: the instant of the signals is what is tried.
        std::thread::sleep(whole.mul_f64(number as f64 / 24.0));
        send(&run, "TERM");
        send(&run, "HUP");
        run.wait().expect("an end");
        let litter: Vec<String> = site
            .files("")
            .into_iter()
            .filter(|file| file.contains(".feedwright-"))
            .collect();
        assert_eq!(litter, Vec::<String>::new(), "signals number {number}");
        site.build().assert_ok();
    }
}

/// What a killed run left in the folder of caches goes when nobody can be writing it any more.
#[test]
fn leftovers_among_the_caches_go() {
    let site = Site::new().article("a", "A", "2024-01-01", "Text.");
    let old = site.cache().join(".feedwright-aB3xY9.tmp");
    let young = site.cache().join(".feedwright-000000.tmp");
    let other = site.cache().join(".feedwright-notes.tmp");
    let day = SystemTime::now() - Duration::from_secs(24 * 60 * 60);
    for path in [&old, &young, &other] {
        let file = File::create(path).expect("a file");
        if *path != young {
            file.set_modified(day).expect("a time");
        }
    }
    // Only a run that changes nothing, of a site that rests, is remembered.
    site.build().assert_ok();
    site.rest(2);
    site.build().assert_ok();
    let left = [&old, &young, &other].map(|path| path.exists());
    assert_eq!(
        left,
        [false, true, true],
        "{:?}",
        fs::read_dir(site.cache()).map(Iterator::count)
    );
}
