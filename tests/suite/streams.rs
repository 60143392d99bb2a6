//! Standard output and error that cannot be written to: no run panics, and what was published is.
#![cfg(target_os = "linux")]

use std::fs::{File, OpenOptions};
use std::process::Stdio;

use crate::site::{NOW, Site};

/// A device that has no room for anything.
fn full() -> File {
    OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a device that is always full")
}

/// A pipe that nobody reads from any more.
fn unread() -> Stdio {
    let mut reader = std::process::Command::new("true")
        .stdin(Stdio::piped())
        .spawn()
        .expect("a program that reads nothing");
    let pipe = reader.stdin.take().expect("its standard input");
    reader.wait().expect("its end");
    pipe.into()
}

fn site() -> Site {
    Site::new().article("a", "A", "2024-01-01", "Text.")
}

#[test]
fn nobody_who_hears_is_no_failure() {
    let runs: [&[&str]; 5] = [
        &["build", "--timings", "--now", NOW],
        &["build", "--timings=json", "--now", NOW],
        &["build", "-v", "--now", NOW],
        &["plan", "-v", "--now", NOW],
        &["check", "-v", "--now", NOW],
    ];
    for arguments in runs {
        for stderr in [full().into(), unread()] {
            let site = site();
            let run = site
                .command(arguments)
                .stderr(stderr)
                .output()
                .expect("the program");
            assert_eq!(run.status.code(), Some(0), "{arguments:?}");
        }
    }
}

/// Whoever has to wait is told so, or not.
#[test]
fn waiting_without_a_word() {
    let site = site();
    site.build().assert_ok();
    let folder = File::open(site.root()).expect("the folder");
    folder.lock().expect("the turn of another run");
    let mut run = site
        .command(&["build", "--now", NOW])
        .stdout(Stdio::null())
        .stderr(full())
        .spawn()
        .expect("the program");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let early = run.try_wait().expect("a state");
    assert_eq!(early, None, "it waits for its turn");
    folder.unlock().expect("the end of the turn");
    assert_eq!(run.wait().expect("an end").code(), Some(0));
}

/// What a program was to be told of is a failure: nothing of it can be read.
#[test]
fn results_that_cannot_be_written() {
    let site = site();
    let run = site
        .command(&["build", "--now", NOW])
        .stdout(full())
        .output()
        .expect("the program");
    let stderr = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("standard output"), "{stderr}");
    // The feeds are published all the same.
    let again = site.build_with(&["--locked"]);
    again.assert_ok();
    assert!(
        again.stdout.contains("Nothing changed:"),
        "{}",
        again.stdout
    );
}
