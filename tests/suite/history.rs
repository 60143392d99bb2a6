//! A history of edits, renames and moves, built commit by commit: readers are told of each post
//! once.

use std::fs;
use std::path::Path;

use crate::simulation::Simulation;
use crate::site::Site;

/// How many commits the history has.
const COMMITS: usize = 120;

/// A Jekyll site with a history: nearly every commit adds a post, and does something to another
/// one, by a fixed rule.
fn history(site: &Site) -> Vec<String> {
    let root = site.root();
    site.git(&["init", "-q"], "2020-01-01T00:00:00Z");
    let mut commits = Vec::new();
    let mut paths: Vec<String> = Vec::new();
    let mut gone: Option<(String, String)> = None;
    let config = |url: &str, more: &str| {
        let text = format!("title: Site\nurl: {url}\n{more}");
        fs::write(root.join("_config.yml"), text).expect("a configuration");
    };
    config("http://example.gov", "");
    fs::create_dir_all(root.join("_posts")).expect("a folder");
    for commit in 0..COMMITS {
        let (month, day) = (1 + commit / 28 % 12, 1 + commit % 28);
        let date = format!("2021-{month:02}-{day:02}");
        if commit % 10 != 9 {
            let path = format!("_posts/{date}-post-{commit}.md");
            let body: String = (0..30)
                .map(|word| format!("word{} ", (commit * 31 + word * 17) % 997))
                .collect();
            let text = format!("---\ntitle: Post {commit}\n---\n{body}\n");
            fs::write(root.join(&path), text).expect("a post");
            paths.push(path);
        }
        let at = commit * 7 % paths.len();
        let read = |path: &str| fs::read_to_string(root.join(path)).expect("a post");
        let write = |path: &str, text: &str| fs::write(root.join(path), text).expect("a post");
        match commit % 9 {
            // A correction, a new title, a slug, an address of its own.
            1 => write(&paths[at], &(read(&paths[at]) + "Corrected.\n")),
            2 => write(
                &paths[at],
                &read(&paths[at]).replace("title: ", "title: On "),
            ),
            3 => {
                let other = paths[at].replace("post-", "news-");
                fs::rename(root.join(&paths[at]), root.join(&other)).expect("a rename");
                paths[at] = other;
            }
            4 => {
                let text = read(&paths[at]).replacen(
                    "---\n",
                    &format!("---\npermalink: /p{commit}/\n"),
                    1,
                );
                if !read(&paths[at]).contains("permalink") {
                    write(&paths[at], &text);
                }
            }
            // Renamed and edited at once.
            5 => {
                let other = paths[at].replace(".md", "-again.md");
                let text = read(&paths[at]) + "And more was said of it later.\n";
                fs::remove_file(root.join(&paths[at])).expect("a file");
                write(&other, &text);
                paths[at] = other;
            }
            // Deleted, and back a few commits later.
            6 if gone.is_none() && paths.len() > 5 => {
                let path = paths.remove(at);
                gone = Some((path.clone(), read(&path)));
                fs::remove_file(root.join(path)).expect("a file");
            }
            8 => {
                if let Some((path, text)) = gone.take() {
                    write(&path, &text);
                    paths.push(path);
                }
            }
            _ => {}
        }
        match commit {
            40 => config("https://example.gov", ""),
            60 => config("https://example.gov", "permalink: pretty\n"),
            80 => config(
                "https://www.example.gov",
                "permalink: /news/:year/:title/\n",
            ),
            _ => {}
        }
        site.git(&["add", "-A"], NOON);
        let date = format!("2022-{month:02}-{day:02}T12:00:00Z");
        site.git(&["commit", "-q", "--allow-empty", "-m", "one"], &date);
        commits.push(site.git(&["rev-parse", "HEAD"], NOON));
    }
    commits
}

const NOON: &str = "2022-01-01T12:00:00Z";

#[test]
fn readers_are_told_of_each_post_once() {
    let site = Site::empty();
    let commits = history(&site);
    let work = tempfile::tempdir().expect("a folder");
    for limit in ["0", "10"] {
        let _ = fs::remove_file(site.path("feedwright.lock"));
        let _ = fs::remove_dir_all(work.path().join("out"));
        let outcome = Simulation {
            feedwright: Path::new(env!("CARGO_BIN_EXE_feedwright")),
            repository: site.root(),
            commits: &commits,
            work: work.path(),
            config: &format!("feeds: {{limit: {limit}, taxonomies: [], output: 'OUTPUT'}}"),
            arguments: &[],
            answers: true,
        }
        .run(&|_| {})
        .expect("every commit");
        assert_eq!(outcome.builds, COMMITS, "{outcome:?}");
        let again: Vec<_> = outcome.by_lock.ids_of_these().collect();
        assert!(
            again.is_empty(),
            "limit {limit}: {again:?}, {:?}",
            outcome.held
        );
        assert_eq!(
            outcome.by_lock.hidden,
            Vec::<String>::new(),
            "limit {limit}"
        );
        assert!(outcome.by_lock.posts() > 90, "{}", outcome.by_lock.posts());
        // What the lock is for: addresses alone tell of most posts again.
        assert!(
            outcome.by_permalink.again() > 20,
            "{}",
            outcome.by_permalink.again()
        );
    }
}
