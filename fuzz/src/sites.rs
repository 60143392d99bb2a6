//! Files of a site, and feeds that a site takes over.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use feedwright::{
    BuildOptions, CheckOptions, Config, Diagnostics, OldFeed, Overrides, Report, Severity,
    Timestamp, Vocabulary, check_feed, fuzzing,
};
use tempfile::TempDir;

use crate::bodies::choice;

/// How a line begins that names the file which the following lines are.
const FILE: &str = "=== ";

/// How many files a site has at most, and how deep they lie.
const MOST_FILES: usize = 24;
const DEEPEST: usize = 6;

/// Where sites lie: in memory, where that is possible.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        TempDir::with_prefix_in("feedwright-fuzz-", memory)
    } else {
        TempDir::with_prefix("feedwright-fuzz-")
    };
    folder.expect("there is a folder for temporary files")
});

/// The files that some bytes are: each behind a line of its own, `=== path`.
fn files(bytes: &[u8]) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    let mut path = None;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(FILE.as_bytes()) {
            let name = String::from_utf8_lossy(name);
            path = inner(name.trim_end()).filter(|_| files.len() < MOST_FILES);
            if let Some(path) = &path {
                files.insert(path.clone(), Vec::new());
            }
        } else if let Some(file) = path.as_ref().and_then(|path| files.get_mut(path)) {
            file.extend_from_slice(line);
        }
    }
    files
}

/// A path inside of a site. Git's own files are none of it.
fn inner(name: &str) -> Option<PathBuf> {
    let path: PathBuf = Path::new(name)
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .take(DEEPEST)
        .collect();
    let is_right = !name.contains('\0')
        && path.iter().all(|part| part.len() < 100 && part != ".git")
        && path.file_name().is_some();
    is_right.then_some(path)
}

/// A folder with these files, which goes when the value goes.
struct Site {
    root: PathBuf,
}

impl Site {
    fn of(files: &BTreeMap<PathBuf, Vec<u8>>) -> Self {
        let site = Site {
            root: FOLDER.path().join("site"),
        };
        fs::create_dir_all(&site.root).expect("a folder can be made");
        for (path, bytes) in files {
            let file = site.root.join(path);
            // A file may stand where another one wants a folder.
            let folder = file.parent().map(fs::create_dir_all);
            if folder.is_some_and(|made| made.is_ok()) && !file.is_dir() {
                fs::write(&file, bytes).expect("a file can be written");
            }
        }
        site
    }

    /// Its configuration, where that is right.
    fn config(&self) -> (Option<Config>, Diagnostics, Option<String>) {
        let mut overrides = Overrides::new(&self.root, now());
        overrides.site_url = Some("https://example.gov/".to_owned());
        let mut diags = Diagnostics::new();
        match Config::load(&overrides, &mut diags) {
            Ok(config) => {
                assert_eq!(config.is_none(), diags.has_errors(), "{diags:?}");
                (config, diags, None)
            }
            Err(error) => (None, diags, Some(error.to_string())),
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.root).expect("a folder can be removed");
    }
}

fn now() -> Timestamp {
    Timestamp::from_epoch(1_700_000_000).expect("the time can be written")
}

/// Whether all problems are at places of the files that they are of.
fn are_inside(diags: &Diagnostics, files: &BTreeMap<PathBuf, Vec<u8>>) {
    for diagnostic in diags.iter() {
        let Some(at) = &diagnostic.location else {
            continue;
        };
        let Some(Ok(text)) = files.get(&at.path).map(|bytes| std::str::from_utf8(bytes)) else {
            continue;
        };
        // As on old Macs.
        let text = if text.contains('\n') {
            text.to_owned()
        } else {
            text.replace('\r', "\n")
        };
        let mut one = Diagnostics::new();
        one.push(diagnostic.clone());
        fuzzing::are_inside(&one, &text);
    }
}

/// The settings of any generator, in its own files.
pub fn settings(bytes: &[u8]) {
    let files = files(bytes);
    let site = Site::of(&files);
    let (config, diags, error) = site.config();
    are_inside(&diags, &files);
    let (again, diags_again, error_again) = site.config();
    assert_eq!(config.is_some(), again.is_some());
    assert_eq!((diags, error), (diags_again, error_again));
    if let (Some(config), Some(again)) = (config, again) {
        assert_eq!(config.output(), again.output());
        assert_eq!(config.language(), again.language());
        let links = |config| {
            let mut diags = Diagnostics::new();
            let links = feedwright::links(config, &[], &mut diags, &|_, _, _| {});
            links.map(|links| format!("{links:?}")).ok()
        };
        assert_eq!(links(&config), links(&again));
    }
}

/// A whole site: looked at, and built as if its feeds were to be published. Of some, its feeds are.
pub fn site(bytes: &[u8]) {
    let files = files(bytes);
    let site = Site::of(&files);
    let (Some(config), diags, _) = site.config() else {
        return;
    };
    are_inside(&diags, &files);
    // What comes to something else each time does so soon enough.
    let is_twice = choice(&[false, true, false, false], bytes);
    examined(&config, &diags, &files, is_twice);
    let dry = BuildOptions {
        dry_run: true,
        keep_going: true,
        verify: true,
        ..BuildOptions::default()
    };
    let report = built(&config, &dry, &diags);
    if is_twice {
        let again = built(&config, &dry, &diags);
        assert_eq!(report, again, "another run comes to something else");
    }
    // What is written has to lie in the site.
    let output = config.output();
    let is_here = output.starts_with(&site.root)
        && output.components().all(|part| part != Component::ParentDir);
    if is_here && choice(&[true, false, false], bytes) {
        published(&config, &diags);
    }
    mended(&site, &config, &files);
}

/// Every feed that would be has nothing wrong with it.
fn examined(
    config: &Config,
    diags: &Diagnostics,
    files: &BTreeMap<PathBuf, Vec<u8>>,
    is_twice: bool,
) {
    let options = CheckOptions::new(now());
    let examiner = |path: &Path, _, bytes: &[u8], _: &mut Diagnostics| {
        let mut found = Diagnostics::new();
        let vocabulary = check_feed(bytes, path, &options, &mut found).expect("it can be read");
        let wrong = found.iter().find(|found| found.severity == Severity::Error);
        let text = || String::from_utf8_lossy(bytes);
        assert!(wrong.is_none(), "{wrong:?} in {}", text());
        let is_json = serde_json::from_slice::<serde_json::Value>(bytes).is_ok();
        assert_eq!(is_json, vocabulary == Some(Vocabulary::Json));
        if !is_json {
            let read = std::str::from_utf8(bytes).map(roxmltree::Document::parse);
            assert!(matches!(read, Ok(Ok(_))), "{read:?} in {}", text());
        }
    };
    let look = || feedwright::check_site(config, diags.clone(), &examiner, &|_, _, _| {});
    let first = look();
    match &first {
        Ok(found) => are_inside(&found.diagnostics, files),
        Err(error) => {
            is_no_mistake(&error.to_string());
        }
    }
    if is_twice {
        assert_eq!(format!("{first:?}"), format!("{:?}", look()));
    }
}

/// Feedwright says so itself where it finds that it was wrong.
fn is_no_mistake(error: &str) -> &str {
    assert!(!error.contains("mistake of feedwright"), "{error}");
    error
}

/// What a build comes to, in one text.
fn built(config: &Config, options: &BuildOptions, diags: &Diagnostics) -> String {
    let built = feedwright::build(config, options, diags.clone(), &|_, _, _| {}, &|| {});
    match built {
        Ok(report) => {
            is_consistent(&report, options);
            format!("{report:?}")
        }
        Err(error) => is_no_mistake(&error.to_string()).to_owned(),
    }
}

fn is_consistent(report: &Report, options: &BuildOptions) {
    if report.diagnostics.has_errors() && options.strict {
        assert!(report.refused);
    }
    assert_eq!(report.dry_run, options.dry_run);
    let paths = report.feeds.iter().map(|feed| &feed.path);
    let all: std::collections::BTreeSet<_> = paths.clone().collect();
    assert_eq!(
        all.len(),
        paths.count(),
        "two feeds have one file: {report:?}"
    );
}

/// A build, after which another one finds nothing to do.
fn published(config: &Config, diags: &Diagnostics) {
    let options = BuildOptions {
        keep_going: true,
        accept_resend: true,
        ..BuildOptions::default()
    };
    let run = || feedwright::build(config, &options, diags.clone(), &|_, _, _| {}, &|| {});
    let first = match run() {
        Ok(report) => report,
        Err(error) => {
            is_no_mistake(&error.to_string());
            return;
        }
    };
    // What a run has asked about is accepted by the next one, which may ask about more.
    if first.refused || !first.held.is_empty() {
        return;
    }
    let second = run().unwrap_or_else(|error| panic!("a second run cannot do it: {error}"));
    assert!(
        second.is_unchanged(),
        "a second run changes something: {:?} {:?}",
        second.feeds,
        second.beside
    );
    assert_eq!(
        first.diagnostics.has_errors(),
        second.diagnostics.has_errors()
    );
}

/// What `check --fix` writes is the same posts, and there is nothing more to mend.
fn mended(site: &Site, config: &Config, files: &BTreeMap<PathBuf, Vec<u8>>) {
    let mut diags = Diagnostics::new();
    let Ok(mended) = feedwright::fix(config, &mut diags, &|_, _, _| {}) else {
        return;
    };
    are_inside(&diags, files);
    if mended.is_empty() {
        return;
    }
    let before = shown(config);
    for file in &mended {
        assert_ne!(file.before, file.after);
    }
    feedwright::write_fixes(config, &mended, &|| {}).expect("files can be mended");
    let (Some(config), ..) = site.config() else {
        panic!("mending a post changed the settings");
    };
    assert_eq!(before, shown(&config), "{mended:?}");
    let again = feedwright::fix(&config, &mut Diagnostics::new(), &|_, _, _| {});
    let again = again.expect("it was done before");
    assert!(again.is_empty(), "{mended:?} and then {again:?}");
}

/// What readers know posts by.
fn shown(config: &Config) -> Vec<String> {
    let mut diags = Diagnostics::new();
    let posts = feedwright::list(config, &mut diags, &|_, _, _| {}).unwrap_or_default();
    let shown = posts.iter().map(|post| {
        let (path, published) = (post.path.display(), post.published);
        format!(
            "{path} {} {} {} {published:?}",
            post.id, post.url, post.title
        )
    });
    shown.collect()
}

/// A site with posts that feeds may be of.
static ADOPTING: LazyLock<(TempDir, Config)> = LazyLock::new(|| {
    let folder = TempDir::with_prefix_in("adopt-", FOLDER.path()).expect("a folder can be made");
    let root = folder.path().to_path_buf();
    let write = |name: &str, text: &str| {
        let path = root.join(name);
        let made = path.parent().map(fs::create_dir_all);
        assert!(made.is_some_and(|made| made.is_ok()));
        fs::write(path, text).expect("a file can be written");
    };
    write(
        "feedwright.yaml",
        "site: {title: S, url: 'https://example.gov/'}\ncontent: {folders: [content]}\n\
         feeds: {taxonomies: [tags]}\n",
    );
    for name in ["a", "b", "c"] {
        let post = format!("---\ntitle: {name}\ndate: 2021-03-04\ntags: [t]\n---\nText.\n");
        write(&format!("content/{name}.md"), &post);
    }
    let site = Site { root: root.clone() };
    let (config, diags, _) = site.config();
    // The folder lasts as long as the program.
    std::mem::forget(site);
    (folder, config.unwrap_or_else(|| panic!("{diags:?}")))
});

/// A feed that a site takes over, once and again: the lock that comes of it can be read, and there
/// is nothing more to take.
pub fn adopt(bytes: &[u8]) {
    let (folder, config) = &*ADOPTING;
    let Ok(feed) = OldFeed::new("feed".to_owned(), bytes.to_vec()) else {
        return;
    };
    let feeds = [feed];
    let run = |dry_run| {
        let mut diags = Diagnostics::new();
        let adopted = feedwright::adopt(config, &feeds, dry_run, &mut diags, &|_, _, _| {}, &|| {});
        adopted.map_err(|error| is_no_mistake(&error.to_string()).to_owned())
    };
    let tried = run(true);
    assert_eq!(tried, run(false));
    let lock = folder.path().join("feedwright.lock");
    if let Ok(tried) = tried
        && lock.exists()
    {
        let text = fs::read_to_string(&lock).expect("the lock can be read");
        let again = run(false).expect("it was done before");
        assert_eq!(again.adopted, tried.adopted);
        let text_again = fs::read_to_string(&lock).expect("the lock can be read");
        assert_eq!(text, text_again);
        let mut diags = Diagnostics::new();
        let posts = feedwright::list(config, &mut diags, &|_, _, _| {}).expect("there is a lock");
        assert_eq!(posts.len(), 3);
        let dry = BuildOptions {
            dry_run: true,
            verify: true,
            ..BuildOptions::default()
        };
        let built = built(config, &dry, &Diagnostics::new());
        assert!(!built.starts_with("cannot"), "{built}");
        fs::remove_file(lock).expect("the lock can be removed");
    }
}

/// The front matter of a post.
pub fn front_matter(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let dialects: Vec<usize> = (0..fuzzing::DIALECTS.len()).collect();
    fuzzing::front_matter(&text, choice(&dialects, bytes));
}

/// A `feedwright.lock`.
pub fn lock(bytes: &[u8]) {
    fuzzing::lock(&String::from_utf8_lossy(bytes));
}
