//! What the guard advises, followed to the letter: pasted into a shell in the folder where it was
//! given, each alternative leads to runs that end with 0 and stay there.

mod cases;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use self::cases::{CASES, Case, usual};
use crate::site::{Run, Site};

/// The site's folder, whose name a shell does not take for one word.
const FOLDER: &str = "the agency's site";

/// The site on the disk, in a folder of its own within the one where commands are given.
fn site_of(case: &Case, state: &str) -> Site {
    let mut site = Site::empty();
    for (path, text) in (case.site)() {
        site = put(site, &path, &text, state);
    }
    site
}

fn put(site: Site, path: &str, text: &str, state: &str) -> Site {
    let text = match path {
        "feedwright.yaml" => format!("{text}state: {state}\n"),
        _ => text.to_owned(),
    };
    site.file(&format!("{FOLDER}/{path}"), &text)
}

/// Runs a line in a shell, where `feedwright` is the program.
fn paste(site: &Site, line: &str) -> Run {
    let program = Path::new(env!("CARGO_BIN_EXE_feedwright"));
    let folder = program.parent().expect("a folder").display();
    let path = std::env::var("PATH").expect("a PATH");
    let run = Command::new("sh")
        .args(["-c", line])
        .current_dir(site.root())
        .env("PATH", format!("{folder}:{path}"))
        .env("SOURCE_DATE_EPOCH", "1735689600")
        .env("FEEDWRIGHT_CACHE_DIR", site.cache())
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell");
    Run::of(run)
}

/// The build that people have in their cron; where nothing is committed, on what is published.
fn build(site: &Site, state: &str) -> Run {
    let line = format!("feedwright build \"{FOLDER}\"");
    if state == "lock" {
        return paste(site, &line);
    }
    let live = site.path("live");
    let _ = fs::remove_dir_all(&live);
    fs::create_dir_all(live.join("feeds")).expect("a folder");
    for path in site.files(&format!("{FOLDER}/feeds")) {
        let copy = live.join("feeds").join(&path);
        fs::create_dir_all(copy.parent().expect("a folder")).expect("folders");
        fs::copy(site.path(&format!("{FOLDER}/feeds/{path}")), copy).expect("a copy");
    }
    let first = !live.join("feeds/rss.xml").exists();
    let more = if first { " --accept-resend" } else { "" };
    paste(site, &format!("{line} --published live{more}"))
}

fn feeds(site: &Site) -> BTreeMap<String, String> {
    let folder = format!("{FOLDER}/feeds");
    let paths = site.files(&folder).into_iter();
    paths
        .map(|path| (path.clone(), site.read(&format!("{folder}/{path}"))))
        .collect()
}

/// What stands between backticks in what was said.
fn quoted(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Writes a line into the front matter of the file that is named.
fn write_into_front_matter(site: &Site, said: &str, line: &str) {
    let named = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("--> "));
    let named = named.expect("a file");
    let path = if site.path(named).exists() {
        named.to_owned()
    } else {
        format!("{FOLDER}/{named}")
    };
    let text = site.read(&path);
    let key = line.split(':').next().expect("a key");
    let lines = text
        .lines()
        .filter(|line| !line.starts_with(&format!("{key}:")));
    let text: Vec<&str> = lines.collect();
    let text = format!("---\n{line}\n{}\n", text[1..].join("\n"));
    fs::write(site.path(&path), text).expect("the post");
}

/// What may be done about a stop, each by itself: commands, and lines for the front matter.
fn advice(said: &str) -> Vec<String> {
    let help = said.split("help: ").skip(1).flat_map(quoted);
    let advice = help.filter(|advice| advice.contains(' '));
    advice
        .filter(|advice| !advice.starts_with("feedwright plan"))
        .collect()
}

/// Does what was advised, and says what is wrong with that.
fn follow(site: &Site, advice: &str, said: &str) -> Option<String> {
    if !advice.starts_with("feedwright ") {
        write_into_front_matter(site, said, advice);
        return None;
    }
    let run = paste(site, advice);
    (run.code != 0).then(|| format!("`{advice}` ended with {}:\n{}", run.code, run.stderr))
}

/// Follows a piece of advice, and any other one that comes after it, to a run that ends with 0 and
/// to another one that changes nothing.
fn settle(site: &Site, state: &str, first: &str, stop: &Run) -> Result<(), String> {
    let mut followed = vec![first.to_owned()];
    let mut wrong = follow(site, first, &stop.stderr);
    let mut next = build(site, state);
    if let (None, 3) = (&wrong, next.code) {
        let others = advice(&next.stderr).into_iter();
        let mut others = others.filter(|advice| !followed.contains(advice));
        if let Some(other) = others.next() {
            wrong = follow(site, &other, &next.stderr);
            followed.push(other);
            next = build(site, state);
        }
    }
    if let Some(wrong) = wrong {
        return Err(wrong);
    }
    if next.code != 0 {
        return Err(format!("after {followed:?}:\n{}", next.stderr));
    }
    let before = feeds(site);
    let last = build(site, state);
    if last.code != 0 || feeds(site) != before {
        return Err(format!("once more after {followed:?}:\n{}", last.stderr));
    }
    Ok(())
}

#[test]
fn a_lock_that_cannot_be_read_is_made_from_the_feeds_as_advised() {
    let site = usual()
        .into_iter()
        .fold(Site::empty(), |site, (path, text)| {
            put(site, &path, &text, "lock")
        });
    build(&site, "lock").assert_ok();
    let lock = format!("{FOLDER}/feedwright.lock");
    let (good, before) = (site.read(&lock), feeds(&site));
    fs::write(site.path(&lock), &good[..good.len() / 2]).expect("a file");
    let run = build(&site, "lock");
    run.assert_code(2);
    let advice = quoted(&run.stderr).into_iter();
    let mut advice = advice.filter(|advice| advice.starts_with("feedwright adopt "));
    let advice = advice.next().expect("advice");
    assert!(
        run.stderr.contains("if it is lost, delete it"),
        "{}",
        run.stderr
    );
    site.remove(&lock);
    paste(&site, &advice).assert_ok();
    build(&site, "lock").assert_ok();
    assert_eq!(feeds(&site), before);
}

#[test]
fn advice_that_is_followed_settles_it() {
    let mut wrong = Vec::new();
    for case in CASES {
        for (state, said) in case.said {
            let name = format!("{}, state: {state}", case.name);
            let mut site = site_of(case, state);
            build(&site, state).assert_ok();
            for (path, text) in (case.change)() {
                match text {
                    Some(text) => site = put(site, &path, &text, state),
                    None => site.remove(&format!("{FOLDER}/{path}")),
                }
            }
            let stop = build(&site, state);
            if stop.code != 3 {
                wrong.push(format!("{name}: ended with {}: {}", stop.code, stop.stderr));
                continue;
            }
            for part in said.iter().filter(|part| !stop.stderr.contains(**part)) {
                wrong.push(format!("{name}: does not say {part:?}:\n{}", stop.stderr));
            }
            let advice = advice(&stop.stderr);
            if advice.is_empty() {
                wrong.push(format!("{name}: no advice: {}", stop.stderr));
            }
            for advice in advice {
                let copy = Site::copy(site.root(), |_| true);
                if let Err(text) = settle(&copy, state, &advice, &stop) {
                    wrong.push(format!("{name}: {text}"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}
