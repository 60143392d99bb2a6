//! The sites whose files are changed: all golden trees, and every form of front matter.

use std::fs;
use std::path::Path;

use crate::site::{NOW, Site, files};

/// A site as it is before anything is changed.
pub struct Tree {
    pub name: String,
    /// Its files, by path.
    pub files: Vec<(String, Vec<u8>)>,
}

/// How many of all trees, the last ones, are forms of front matter.
pub const FORMS: usize = 3;

/// What a file is to the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Post,
    /// A setting, or what settings name.
    Setting,
    /// A feed that is published, or the lock.
    Promise,
    /// What is not read.
    Other,
}

impl Kind {
    pub fn of(path: &str) -> Kind {
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            _ if path.starts_with("feeds/") || ending == "lock" => Kind::Promise,
            "md" | "mdx" | "markdown" | "rst" | "html" | "adoc" | "jsonl" | "ndjson" => Kind::Post,
            "yaml" | "yml" | "toml" | "json" | "js" | "mjs" | "ts" | "py" | "astro" => {
                Kind::Setting
            }
            _ => Kind::Other,
        }
    }
}

impl Tree {
    /// Writes it to a new folder.
    pub fn site(&self) -> Site {
        self.files
            .iter()
            .fold(Site::empty(), |site, (path, bytes)| site.bytes(path, bytes))
    }
}

/// All of them, in an order that does not change.
pub fn all() -> Vec<Tree> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<String> = fs::read_dir(&golden)
        .expect("the golden trees")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    cases.sort();
    let mut trees: Vec<Tree> = cases
        .into_iter()
        .map(|case| read(&case, &golden.join(&case)))
        .collect();
    trees.extend(forms());
    trees
}

fn read(name: &str, folder: &Path) -> Tree {
    let all = files(folder).into_iter().filter(|file| file != "stderr");
    let files = all.map(|file| {
        let bytes = fs::read(folder.join(&file)).expect("a file");
        (file, bytes)
    });
    Tree {
        name: name.to_owned(),
        files: files.collect(),
    }
}

fn tree(name: &str, files: &[(&str, &str)]) -> Tree {
    let owned = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    Tree {
        name: name.to_owned(),
        files: owned.collect(),
    }
}

/// Sites of as many forms of front matter as there are, with values of every kind.
fn forms() -> [Tree; FORMS] {
    assert!(NOW > "2024", "the posts are not to lie in the future");
    let yaml = "title: \"Été – \\\"lens\\\" 日本\"\ndate: 2024-03-05 10:00:00 +0100\ntags: [a, 'b c', \"d\"]\n\
                description: >-\n  Some\n  text\nauthors:\n- name: Ann\n- Béa\nslug: lens\n";
    let toml = "title = \"Été\"\ndate = 2024-03-06T10:00:00+01:00\ntags = [\"a\", 'b']\n\
                description = \"\"\"\nSome\ntext\"\"\"\n[extra]\nn = 1\n";
    let json = "{\"title\": \"Été \\u00e9\", \"date\": \"2024-03-07\", \"tags\": [\"a\", \"b\"],\n \
                \"description\": \"Some text\"}";
    let body = "\nText *of* it: [a](b), `c`, é.\n\n- One\n- Two\n\n> “Three”\n";
    let fenced = |open: &str, text: &str, close: &str| format!("{open}\n{text}{close}\n{body}");
    let config = "site: {title: Forms, url: https://example.gov, timezone: Europe/Paris}\n\
                  content: {folders: [content]}\n";
    let fences = tree(
        "form-fences",
        &[
            ("feedwright.yaml", config),
            ("content/yaml.md", &fenced("---", yaml, "---")),
            ("content/dots.md", &fenced("---", yaml, "...")),
            ("content/named.md", &fenced("---yaml", yaml, "---")),
            ("content/long.md", &fenced("---", yaml, "-----")),
            ("content/toml.md", &fenced("+++", toml, "+++")),
            ("content/named-toml.md", &fenced("---toml", toml, "---")),
            ("content/json.md", &format!("{json}\n{body}")),
            (
                "content/named-json.md",
                &fenced("---json", &format!("{json}\n"), "---"),
            ),
            ("content/2024-03-08-none.md", &format!("# None\n{body}")),
        ],
    );
    let settings = "title: Forms\nurl: https://example.gov\ntimezone: UTC\n";
    let inner = json.trim_start_matches('{').trim_end_matches('}');
    let hexo = tree(
        "form-open",
        &[
            ("_config.yml", settings),
            ("source/_posts/open.md", &format!("{yaml}---\n{body}")),
            ("source/_posts/fenced.md", &fenced("-----", yaml, "-----")),
            ("source/_posts/json.md", &format!("{inner}\n;;;\n{body}")),
            (
                "source/_posts/fenced-json.md",
                &fenced(";;;", &format!("{json}\n"), ";;;"),
            ),
        ],
    );
    let headers = "Title: Été – the lens\nDate: 2024-03-05 10:00\nTags: é, b c\nAuthors: Åse, Béa\n\
                   Summary: “Some” text\n    and more of it\nSlug: lens\nCategory: œuvres\n";
    let pelican = tree(
        "form-headers",
        &[
            (
                "pelicanconf.py",
                "SITENAME = 'Forms'\nSITEURL = 'https://example.gov'\nTIMEZONE = 'UTC'\nPATH = 'content'\n",
            ),
            ("content/headers.md", &format!("{headers}{body}")),
            (
                "content/marked.md",
                &format!("\u{feff}{}{body}", headers.replace("lens", "other")),
            ),
            (
                "content/crlf.md",
                &format!("{headers}{body}")
                    .replace("lens", "crlf")
                    .replace('\n', "\r\n"),
            ),
            (
                "content/fenced.md",
                &fenced("---", yaml, "---").replace("lens", "fence"),
            ),
        ],
    );
    [fences, hexo, pelican]
}
