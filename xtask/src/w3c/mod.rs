//! How far `feedwright check` agrees with the W3C's feed validator on the validator's own test
//! cases.
//!
//! The cases are those of a checkout of <https://github.com/w3c/feedvalidator>, and not part of this
//! project. Each of them says in a comment which message it expects, or which one it must not
//! cause. [`MESSAGES`] says which rules of ours mean the same as a message of theirs.
//!
//! A case agrees in its message when one of those rules was broken that mean the message it
//! expects; none, where it must not cause the message, or where it shows a valid value. It agrees
//! in its verdict (error, warning or clean) when ours is one that the comment allows. That is less
//! than the validator says of the whole file: `--verdicts` names a file that
//! `verdicts.py` has written, with what the validator says of each case as a whole, and ours has to be
//! the same. Where they differ, `differences.md` says why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use feedwright::{CheckOptions, Diagnostics, Severity, Timestamp, check_feed};

use crate::Outcome;

/// The folders of the cases about RSS and Atom.
const FOLDERS: &[&str] = &["atom", "rss", "rss20", "xml", "ext", "gbase", "opensearch"];

/// The outermost elements of documents in these folders that are no feeds.
const OTHERS: &[&str] = &[
    "OpenSearchDescription",
    "service",
    "categories",
    "app:categories",
    "xrds:XRDS",
];

/// Messages of the validator, how much they matter to it, and the rules here that mean the same.
/// `valid` are those by which it says that a value is right: the rules must not be broken.
const MESSAGES: &[(&str, &str, &[&str])] = &include!("messages.rs");

/// What a case says of itself.
struct Case {
    path: PathBuf,
    name: String,
    /// Whether the message must not be caused.
    not: bool,
    message: String,
    /// What the message is about.
    about: BTreeMap<String, String>,
}

/// What was found.
struct Found {
    code: &'static str,
    severity: Severity,
    text: String,
}

/// Says how far `feedwright check` agrees with the W3C's validator on the validator's own cases.
#[derive(clap::Args)]
pub struct Arguments {
    /// A checkout of <https://github.com/w3c/feedvalidator>.
    checkout: PathBuf,
    /// Folders of its cases, instead of all that are of interest.
    folders: Vec<String>,
    /// What the validator says of each case as a whole, as `xtask/src/w3c/verdicts.py` writes it.
    #[arg(long, value_name = "FILE")]
    verdicts: Option<PathBuf>,
    /// Names the cases that do not agree, with what was found.
    #[arg(short, long)]
    verbose: bool,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let Arguments {
        checkout,
        folders,
        verdicts,
        verbose,
    } = arguments;
    let verdicts: BTreeMap<String, String> = verdicts
        .as_ref()
        .map(|file| std::fs::read(file).expect("the file of verdicts can be read"))
        .map(|bytes| serde_json::from_slice(&bytes).expect("the file of verdicts is JSON"))
        .unwrap_or_default();
    let wanted: Vec<&str> = if folders.is_empty() {
        FOLDERS.to_vec()
    } else {
        folders.iter().map(String::as_str).collect()
    };
    println!("{:<12} {:>22} {:>22}", "folder", "verdict", "message");
    let mut totals = [0; 4];
    for folder in wanted {
        let cases = cases(checkout, folder);
        assert!(
            !cases.is_empty(),
            "{folder} has no cases in {}",
            checkout.display()
        );
        let [mut right, mut known, mut same] = [0; 3];
        for case in &cases {
            let found = check(&case.path);
            let ours = verdict(&found);
            let theirs = verdicts.get(&case.name).map(String::as_str);
            let agrees = match theirs {
                Some(theirs) => theirs == ours,
                None => comment_allows(case, ours),
            };
            let means = message_agrees(case, &found);
            right += usize::from(agrees);
            known += usize::from(means.is_some());
            same += usize::from(means == Some(true));
            if *verbose && !(agrees && means != Some(false)) {
                println!(
                    "{}: expects {}{}{:?}, verdict {}; ours {ours}{}",
                    case.name,
                    if case.not { "!" } else { "" },
                    case.message,
                    case.about,
                    theirs.unwrap_or("open"),
                    if means == Some(false) {
                        ", another message"
                    } else {
                        ""
                    },
                );
                for found in &found {
                    println!(
                        "    {}[{}] {}",
                        found.severity.as_str(),
                        found.code,
                        found.text
                    );
                }
            }
        }
        let counts = [cases.len(), right, known, same];
        line(folder, counts);
        for (total, count) in totals.iter_mut().zip(counts) {
            *total += count;
        }
    }
    line("all", totals);
    Ok(true)
}

/// Prints how many cases there are, how many verdicts agree, how many messages are in the table, and
/// how many of these agree.
fn line(name: &str, [cases, right, known, same]: [usize; 4]) {
    let share = |count: usize, of: usize| {
        let percent = count as f64 * 100.0 / of.max(1) as f64;
        format!("{count} of {of} ({percent:.1} %)")
    };
    println!(
        "{name:<12} {:>22} {:>22}",
        share(right, cases),
        share(same, known)
    );
}

/// All cases of a folder, in order.
fn cases(checkout: &Path, folder: &str) -> Vec<Case> {
    let root = checkout.join("testcases");
    let mut open = vec![root.join(folder)];
    let mut cases = Vec::new();
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{} cannot be read: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "xml") {
                cases.extend(case(&root, path));
            }
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// Reads the comment of a case: `Expect: !Message{name:value,…}`.
fn case(root: &Path, path: PathBuf) -> Option<Case> {
    let bytes = std::fs::read(&path).expect("a case can be read");
    let text: String = bytes
        .iter()
        .filter(|b| **b != 0)
        .map(|b| char::from(*b))
        .collect();
    let is_other = |name: &&str| text.contains(&format!("<{name}")) && !text.contains("<feed");
    if OTHERS.iter().any(is_other) {
        return None;
    }
    let rest = text.split_once("Expect:")?.1.trim_start();
    let (not, rest) = match rest.strip_prefix('!') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let end = rest
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(rest.len());
    let about = rest[end..]
        .strip_prefix('{')
        .and_then(|rest| rest.split_once('}'))
        .map(|(inner, _)| inner)
        .unwrap_or_default();
    let about = about
        .split(',')
        .filter_map(|pair| pair.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let name = path.strip_prefix(root).ok()?.to_string_lossy().into_owned();
    Some(Case {
        not,
        message: rest[..end].to_owned(),
        about,
        name,
        path,
    })
}

fn check(path: &Path) -> Vec<Found> {
    let file = std::fs::File::open(path).expect("a case can be read");
    let options = CheckOptions::new(Timestamp::new(chrono::Utc::now().fixed_offset()));
    let mut diags = Diagnostics::new();
    check_feed(file, path, &options, &mut diags).expect("a case can be read");
    diags
        .iter()
        .map(|diagnostic| Found {
            code: diagnostic.code,
            severity: diagnostic.severity,
            text: diagnostic.message.clone(),
        })
        .collect()
}

/// Error, warning or clean. That a feed does not name itself is left out: hardly any case does,
/// and the validator leaves it out itself when it runs them.
fn verdict(found: &[Found]) -> &'static str {
    let has = |severity| {
        found
            .iter()
            .any(|found| found.severity == severity && found.code != "self-missing")
    };
    if has(Severity::Error) {
        "error"
    } else if has(Severity::Warning) {
        "warning"
    } else {
        "clean"
    }
}

fn message(name: &str) -> Option<&'static (&'static str, &'static str, &'static [&'static str])> {
    MESSAGES.iter().find(|(known, ..)| *known == name)
}

/// Whether a verdict is one that the comment of a case allows. Beside what it is about, a case may
/// have other mistakes.
fn comment_allows(case: &Case, ours: &str) -> bool {
    let severity = message(&case.message).map_or("", |(_, severity, _)| severity);
    match (case.not, case.message.as_str(), severity) {
        (true, "Error", _) => ours != "error",
        (true, "Warning" | "Message", _) => ours == "clean",
        (false, _, "error") => ours == "error",
        (false, _, "warning") => ours != "clean",
        _ => true,
    }
}

/// Whether what was found means the message of a case; `None` where the table has no such message.
fn message_agrees(case: &Case, found: &[Found]) -> Option<bool> {
    let (_, severity, codes) = message(&case.message)?;
    let not = case.not != (*severity == "valid");
    match (case.message.as_str(), case.not) {
        ("Error", _) => {
            let has_error = found.iter().any(|found| found.severity == Severity::Error);
            return Some(has_error != case.not);
        }
        ("Message" | "Warning", true) => return Some(verdict(found) == "clean"),
        _ => {}
    }
    let is_meant = |found: &&Found| {
        // A message about something else is no disagreement.
        let implied = case.message.strip_prefix("Missing").map(str::to_lowercase);
        let implied =
            implied.filter(|name| ["title", "link", "description"].contains(&name.as_str()));
        let about = case
            .about
            .get("element")
            .or(case.about.get("attr"))
            .or(implied.as_ref());
        let names = about.is_none_or(|name| {
            let name = name.rsplit([':', '_']).next().unwrap_or(name);
            found.text.contains(name)
        });
        codes.contains(&found.code) && (!not || names)
    };
    Some(found.iter().any(|found| is_meant(&found)) != not)
}
