//! A site in a temporary folder, and the program run in it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The present in all tests: no clock decides what they see.
pub const NOW: &str = "2025-01-01T00:00:00Z";

/// A site's folder. It goes away with the value.
pub struct Site {
    folder: TempDir,
    /// Where the program remembers its runs.
    cache: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(output: Output) -> Self {
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// The run ended well. If not, the failure shows all that it said.
    #[track_caller]
    pub fn assert_ok(&self) {
        self.assert_code(0);
    }

    /// The run ended with this code. If not, the failure shows all that it said.
    #[track_caller]
    pub fn assert_code(&self, code: i32) {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
    }
}

/// What readers know an entry of a feed by.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub id: String,
    pub title: String,
    /// When it was published, by the word of the feed.
    pub published: String,
}

impl Site {
    /// An empty folder.
    pub fn empty() -> Self {
        Site {
            folder: tempfile::tempdir().expect("a temporary folder"),
            cache: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// A site with a title and an address, whose posts lie in `content/`.
    pub fn new() -> Self {
        Site::with("")
    }

    /// The same with more in its configuration.
    pub fn with(config: &str) -> Self {
        Site::empty().file(
            "feedwright.yaml",
            &format!(
                "site: {{title: Site, url: https://example.gov}}\n\
                 content: {{folders: [content]}}\n{config}"
            ),
        )
    }

    /// A copy of a folder, with those of its files that are wanted.
    pub fn copy(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Self {
        let mut wanted = files(folder);
        wanted.retain(|file| is_wanted(file));
        assert!(!wanted.is_empty(), "nothing in {}", folder.display());
        wanted.iter().fold(Site::empty(), |site, file| {
            site.bytes(file, &fs::read(folder.join(file)).expect("a file"))
        })
    }

    /// A Jekyll site with a title and an address.
    pub fn jekyll(config: &str) -> Self {
        Site::empty().file(
            "_config.yml",
            &format!("title: Site\nurl: https://example.gov\n{config}"),
        )
    }

    /// Adds a file.
    pub fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    /// Adds a file that is not text.
    pub fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, bytes).expect("a file");
        self
    }

    /// Adds a post with this front matter and a body.
    pub fn post(self, path: &str, front_matter: &str) -> Self {
        self.file(path, &format!("---\n{front_matter}\n---\nText.\n"))
    }

    /// Adds a post of `content/` with a title, a date and a text.
    pub fn article(self, name: &str, title: &str, date: &str, text: &str) -> Self {
        self.file(
            &format!("content/{name}.md"),
            &format!("---\ntitle: {title}\ndate: {date}\n---\n{text}\n"),
        )
    }

    /// Adds a post with this body and nothing special about it.
    pub fn body(self, body: &str) -> Self {
        self.article("post", "Post", "2024-01-02", body)
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Moves a file, into a new folder if need be.
    pub fn rename(&self, from: &str, to: &str) {
        let new = self.path(to);
        fs::create_dir_all(new.parent().expect("a folder")).expect("folders");
        fs::rename(self.path(from), new).unwrap_or_else(|error| panic!("{from}: {error}"));
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Where the program remembers its runs.
    pub fn cache(&self) -> &Path {
        self.cache.path()
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Leaves the folder where it is, for somebody to look at.
    pub fn keep(self) -> PathBuf {
        self.folder.keep()
    }

    /// The program, ready to be run in the site's folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_feedwright"));
        command
            .current_dir(self.root())
            .args(arguments)
            .env_remove("SOURCE_DATE_EPOCH")
            .env("FEEDWRIGHT_CACHE_DIR", self.cache.path())
            .env("NO_COLOR", "1")
            .env_remove("CLICOLOR_FORCE");
        command
    }

    /// Runs the program in the site's folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().expect("the program"))
    }

    /// Runs the program with something on its standard input.
    pub fn pipe(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut stdin = child.stdin.take().expect("its standard input");
        stdin.write_all(input).expect("it reads");
        drop(stdin);
        Run::of(child.wait_with_output().expect("the program"))
    }

    /// Runs Git in the site's folder at this instant, and says what it printed.
    pub fn git(&self, arguments: &[&str], date: &str) -> String {
        let run = Command::new("git")
            .current_dir(self.root())
            .args(["-c", "user.name=A", "-c", "user.email=a@example.gov"])
            .args(arguments)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_COMMITTER_DATE", date)
            .env("GIT_AUTHOR_DATE", date)
            .output()
            .expect("git, which this test needs");
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        String::from_utf8_lossy(&run.stdout).trim().to_owned()
    }

    /// Builds the feeds.
    pub fn build(&self) -> Run {
        self.build_with(&[])
    }

    pub fn build_with(&self, arguments: &[&str]) -> Run {
        self.run(&[&["build", "--now", NOW], arguments].concat())
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The site's JSON feed.
    pub fn feed(&self) -> serde_json::Value {
        serde_json::from_str(&self.read("feeds/feed.json")).expect("JSON")
    }

    /// The entries of the site's JSON feed, newest first.
    pub fn entries(&self) -> Vec<Entry> {
        entries(&self.feed())
    }

    /// The titles of these entries.
    pub fn titles(&self) -> Vec<String> {
        let entries = self.entries().into_iter();
        entries.map(|entry| entry.title).collect()
    }

    /// The id of the entry with this title.
    pub fn id_of(&self, title: &str) -> String {
        let all = self.entries();
        match all.iter().find(|entry| entry.title == title) {
            Some(found) => found.id.clone(),
            None => panic!("{title} in {all:?}"),
        }
    }

    /// The content of the site's newest post.
    pub fn content(&self) -> String {
        self.feed()["items"][0]["content_html"]
            .as_str()
            .expect("HTML")
            .to_owned()
    }

    /// All files below a folder, relative to it, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        files(&self.path(folder))
    }
}

/// The entries of a JSON feed, in its order.
pub fn entries(feed: &serde_json::Value) -> Vec<Entry> {
    let items = feed["items"].as_array().expect("items").iter();
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().expect("text").to_owned();
    items
        .map(|item| Entry {
            id: text(item, "id"),
            title: text(item, "title"),
            published: text(item, "date_published"),
        })
        .collect()
}

/// All files below a folder, relative to it, sorted; none if there is no folder.
pub fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(current) = open.pop() {
        let Ok(entries) = fs::read_dir(&current) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let relative = path.strip_prefix(folder).expect("a path below the folder");
                found.push(relative.to_str().expect("UTF-8").replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}
