//! A site as somebody knows it who saw every step: which file is which post.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};

use super::words::Template;
use crate::mutations::edits::Dice;

/// How a site writes its posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Plain,
    Jekyll,
}

/// The addresses that a site had, and has.
pub const BASES: &[&str] = &[
    "https://example.gov",
    "https://www.example.gov",
    "https://news.example.org/agency",
];

/// Patterns under which no two posts share an address; an empty one is the dialect's own.
pub const PATTERNS: &[&str] = &[
    "",
    "/:year/:month/:day/:title/",
    "/news/:year-:month-:day/:title/",
    "/a/:year/:month/:day-:title.html",
];

/// A post. Its number is what it is known by, whatever happens to the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Post {
    pub number: usize,
    pub slug: String,
    /// The day in the file's name.
    pub named: Option<NaiveDate>,
    /// The date in the front matter.
    pub date: Option<NaiveDateTime>,
    pub title: String,
    pub lines: Vec<String>,
    pub tags: BTreeSet<String>,
    pub guid: Option<String>,
    pub draft: bool,
    pub broken: bool,
    pub template: Option<Template>,
    /// It as a run saw it last that published it, without holding anything of it.
    pub shown: Option<Box<Post>>,
}

impl Post {
    pub fn path(&self, dialect: Dialect) -> String {
        let day = self.named.map_or(String::new(), |day| format!("{day}-"));
        match dialect {
            Dialect::Plain => format!("content/{day}{}.md", self.slug),
            Dialect::Jekyll => format!("_posts/{day}{}.md", self.slug),
        }
    }

    /// The file.
    pub fn text(&self, dialect: Dialect) -> String {
        let mut text = format!("---\ntitle: \"{}\"\n", self.title);
        let mut line = |line: String| text.push_str(&(line + "\n"));
        if let Some(date) = self.date {
            line(format!("date: {}Z", date.format("%Y-%m-%dT%H:%M:%S")));
        }
        if !self.tags.is_empty() {
            let tags: Vec<&str> = self.tags.iter().map(String::as_str).collect();
            line(format!("tags: [{}]", tags.join(", ")));
        }
        if let Some(guid) = &self.guid {
            line(format!("guid: {guid}"));
        }
        if self.draft && dialect == Dialect::Jekyll {
            line("published: false".to_owned());
        } else if self.draft {
            line("draft: true".to_owned());
        }
        if self.broken {
            line("tags: [left, open".to_owned());
        }
        text + "---\n" + &self.lines.join("\n") + "\n"
    }

    /// When it was published, by its own word.
    pub fn time(&self) -> NaiveDateTime {
        let named = self.named.and_then(|day| day.and_hms_opt(0, 0, 0));
        self.date.or(named).unwrap_or_default()
    }

    pub fn day(&self) -> NaiveDate {
        self.time().date()
    }

    pub fn is_public(&self, now: NaiveDateTime) -> bool {
        !self.draft && !self.broken && self.time() <= now
    }

    /// Whether its body could be that of any other post.
    pub fn is_trivial(&self) -> bool {
        self.lines
            .iter()
            .map(|line| line.split(' ').count())
            .sum::<usize>()
            < 40
    }

    /// Whether it is as readers know it.
    pub fn is_settled(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| {
            let is_same = |a: &Post, b: &Post| {
                (
                    &a.slug, a.named, a.date, &a.title, &a.lines, a.draft, a.broken,
                ) == (
                    &b.slug, b.named, b.date, &b.title, &b.lines, b.draft, b.broken,
                )
            };
            is_same(self, shown)
        })
    }

    /// Whether anything tells that it is the post that it was. What has another title, path, day
    /// and text is a new post by any rule, and no webmaster makes one from another. Published feeds
    /// tell nothing of files, and of texts only what became of them: `has_lock` says that there is more.
    /// Of a post that `was_deleted` the day alone tells nothing.
    pub fn is_still(&self, has_lock: bool, was_deleted: bool) -> bool {
        let Some(shown) = &self.shown else {
            return true;
        };
        if self.guid.is_some() && self.guid == shown.guid {
            return true;
        }
        let same_day = self.day() == shown.day() && !was_deleted;
        let same_file = (&self.slug, self.named) == (&shown.slug, shown.named);
        if !has_lock {
            return self.title == shown.title || same_day;
        }
        let same_body = self.lines == shown.lines && (same_file || !self.is_trivial());
        self.title == shown.title || same_body || same_day || self.is_alike(shown)
    }

    /// Whether most of its lines are those of before.
    fn is_alike(&self, shown: &Post) -> bool {
        let full = |post: &Post| -> Vec<String> {
            let lines = post.lines.iter().filter(|line| !line.is_empty());
            lines.cloned().collect()
        };
        let (new, old) = (full(self), full(shown));
        let common = new.iter().filter(|line| old.contains(line)).count();
        !self.is_trivial() && common * 10 >= new.len().max(old.len()) * 7
    }
}

/// The whole site.
pub struct World {
    pub dialect: Dialect,
    /// Whether only the published feeds tell what was before.
    pub is_forgetful: bool,
    /// The posts that have files.
    pub posts: BTreeMap<usize, Post>,
    /// Those that are deleted.
    pub gone: BTreeMap<usize, Post>,
    pub now: NaiveDateTime,
    pub base: usize,
    pub pattern: usize,
    pub limit: usize,
    next: usize,
    /// Whose a name on a day is. No two posts share one, so that no two share an address.
    names: BTreeMap<(String, Option<NaiveDate>), usize>,
    /// All bodies that there have been, so that none comes twice by chance.
    bodies: BTreeSet<Vec<String>>,
}

impl World {
    pub fn new(dialect: Dialect, is_forgetful: bool, limit: usize) -> Self {
        let day = NaiveDate::from_ymd_opt(2024, 1, 10).unwrap_or_default();
        World {
            dialect,
            is_forgetful,
            posts: BTreeMap::new(),
            gone: BTreeMap::new(),
            now: day.and_hms_opt(12, 0, 0).unwrap_or_default(),
            base: 0,
            pattern: 0,
            limit,
            next: 0,
            names: BTreeMap::new(),
            bodies: BTreeSet::new(),
        }
    }

    /// The settings.
    pub fn config(&self) -> String {
        let (folder, dialect) = match self.dialect {
            Dialect::Plain => ("content", "plain"),
            Dialect::Jekyll => ("_posts", "jekyll"),
        };
        let state = if self.is_forgetful {
            "published"
        } else {
            "lock"
        };
        let pattern = PATTERNS[self.pattern];
        let pattern = if pattern.is_empty() {
            String::new()
        } else {
            format!(", permalink: \"{pattern}\"")
        };
        format!(
            "site: {{title: Site, url: \"{}\", timezone: UTC}}\n\
             content: {{folders: [{folder}], dialect: {dialect}{pattern}}}\n\
             feeds: {{limit: {}, output: .}}\nstate: {state}\n",
            BASES[self.base], self.limit
        )
    }

    /// Every file, by path.
    pub fn files(&self) -> BTreeMap<String, String> {
        let posts = self.posts.values();
        let posts = posts.map(|post| (post.path(self.dialect), post.text(self.dialect)));
        posts
            .chain([("feedwright.yaml".to_owned(), self.config())])
            .collect()
    }

    /// Which post a file is.
    pub fn numbers(&self) -> BTreeMap<String, usize> {
        let posts = self.posts.values();
        posts
            .map(|post| (post.path(self.dialect), post.number))
            .collect()
    }

    /// Which post has which address, where the program does not know better.
    pub fn addresses(&self) -> BTreeMap<String, usize> {
        let base = BASES[self.base];
        let posts = self.posts.values();
        posts
            .map(|post| {
                let (day, slug) = (post.day(), &post.slug);
                let path = match (self.pattern, self.dialect) {
                    (0, Dialect::Plain) => {
                        let path = post.path(self.dialect);
                        path.replace("content/", "/").replace(".md", "/")
                    }
                    (0, Dialect::Jekyll) => day.format("/%Y/%m/%d/").to_string() + slug + ".html",
                    _ => {
                        let pattern = PATTERNS[self.pattern].replace(":title", slug);
                        let pattern = pattern.replace(":year", "%Y").replace(":month", "%m");
                        day.format(&pattern.replace(":day", "%d")).to_string()
                    }
                };
                (format!("{base}{path}"), post.number)
            })
            .collect()
    }

    pub fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// A name that no file has had.
    pub fn slug(&mut self, dice: &mut Dice) -> String {
        loop {
            let slug = format!("{}-{}", super::words::word(dice), super::words::word(dice));
            if !self.names.keys().any(|(known, _)| *known == slug) {
                return slug;
            }
        }
    }

    /// Whether the text is that of no other post, as one of a template can be by chance. It is
    /// taken from then on.
    pub fn is_new_text(&mut self, lines: &[String]) -> bool {
        let is_short = lines.len() < 2;
        self.bodies.insert(lines.to_vec()) || is_short
    }

    /// Puts a post in its place, unless that is another one's or nothing would tell what it is.
    pub fn put(&mut self, post: Post) -> bool {
        let names = [post.named, Some(post.day())].map(|day| (post.slug.clone(), day));
        let is_free = |name| {
            self.names
                .get(name)
                .is_none_or(|&number| number == post.number)
        };
        if !names.iter().all(is_free)
            || !post.is_still(!self.is_forgetful, self.gone.contains_key(&post.number))
        {
            return false;
        }
        self.bodies.insert(post.lines.clone());
        self.place(post);
        true
    }

    /// Puts a post in a place, even one that was another one's.
    pub fn place(&mut self, post: Post) {
        for day in [post.named, Some(post.day())] {
            self.names.insert((post.slug.clone(), day), post.number);
        }
        self.gone.remove(&post.number);
        self.posts.insert(post.number, post);
    }

    /// Deletes a post.
    pub fn delete(&mut self, number: usize) {
        if let Some(post) = self.posts.remove(&number) {
            self.gone.insert(number, post);
        }
    }

    /// Remembers what readers know now of the posts that are public, but for these.
    pub fn shown(&mut self, held: &BTreeSet<usize>) {
        let now = self.now;
        for post in self.posts.values_mut() {
            if post.is_public(now) && !held.contains(&post.number) {
                post.shown = None;
                post.shown = Some(Box::new(post.clone()));
            }
        }
    }
}
