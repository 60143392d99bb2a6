//! A site as Jekyll has it, with as many posts and tags as wanted and the same on any machine.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use chrono::{Datelike, Days, NaiveDate};
use rayon::prelude::*;

const CONFIG: &str = "\
title: The Example Gazette
description: News of an agency that does not exist.
url: https://www.example.gov
timezone: America/New_York
";

/// jekyll-feed's own limit is 10; the floor and feedwright have to agree on one.
const SETTINGS: &str = "feeds: {limit: 20}\n";

const WORDS: [&str; 120] = [
    "a", "about", "access", "across", "after", "agencies", "all", "an", "and", "api", "are", "as",
    "at", "be", "before", "budget", "build", "but", "by", "can", "change", "city", "code",
    "content", "cost", "data", "deadline", "delivery", "design", "digital", "each", "every",
    "federal", "feedback", "first", "for", "forms", "from", "grants", "guidance", "has", "have",
    "health", "how", "in", "into", "is", "issue", "it", "its", "join", "launch", "learn", "local",
    "made", "many", "maps", "more", "most", "national", "naïve", "new", "next", "not", "of",
    "office", "on", "one", "open", "or", "other", "our", "over", "partners", "people", "plain",
    "plan", "policy", "privacy", "process", "product", "program", "public", "quarter", "read",
    "records", "release", "report", "research", "review", "rules", "security", "service", "set",
    "site", "software", "state", "style", "survey", "system", "team", "teams", "test", "than",
    "that", "the", "their", "they", "this", "time", "to", "tools", "up", "users", "was", "we",
    "web", "will", "with", "work",
];

const AUTHORS: [&str; 6] = [
    "Ada Byron",
    "Grace Murray",
    "José Núñez",
    "Mary O'Neill",
    "Chen Wei",
    "The Editors",
];

/// Which posts a site has.
pub struct Corpus {
    pub posts: usize,
    pub tags: usize,
    /// Whether a post is some 1 KB long and not some 6 KB.
    pub short: bool,
}

/// What a post says, in no generator's words.
pub struct Post {
    /// The day and the words of its address, as Jekyll names files.
    pub name: String,
    pub title: String,
    /// Day, time and zone, between which blanks stand.
    pub date: [String; 3],
    pub author: &'static str,
    pub tags: Vec<String>,
    /// In which of the ways that authors write lists its tags stand.
    style: usize,
    pub description: Option<String>,
    pub body: String,
}

impl Corpus {
    /// Writes a Jekyll site into a folder that has no posts yet.
    ///
    /// # Errors
    ///
    /// A file that cannot be written, and posts that are there already: a mixture of two sites
    /// would measure neither.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let inner = folder.join("_posts");
        fs::create_dir_all(folder)?;
        fs::create_dir(&inner)?;
        fs::write(folder.join("_config.yml"), CONFIG)?;
        fs::write(folder.join("feedwright.yaml"), SETTINGS)?;
        self.for_each(|post| fs::write(inner.join(format!("{}.md", post.name)), post.jekyll()))
    }

    /// Does something with each post, in no order and on all cores.
    ///
    /// # Errors
    ///
    /// The first failure.
    pub fn for_each(&self, work: impl Fn(&Post) -> io::Result<()> + Sync) -> io::Result<()> {
        let zipf = Zipf::new(self.tags);
        (0..self.posts)
            .into_par_iter()
            .try_for_each(|at| work(&self.post(at, &zipf)))
    }

    fn post(&self, at: usize, zipf: &Zipf) -> Post {
        // A seed of its own for each post, so that posts can be made in any order.
        let mut random = Random(at as u64);
        let day = NaiveDate::from_ymd_opt(2005, 1, 3).unwrap_or_default()
            + Days::new((at * 7000 / self.posts) as u64);
        let mut title = random.words(6);
        let slug = title.replace(' ', "-").replace('ï', "i");
        capitalize(&mut title);
        if random.one_in(5) {
            title.push_str(": questions & answers");
        }
        // Office hours, so that the day is the same in every zone from America to UTC.
        let (hour, minute) = (8 + random.below(10), random.below(60));
        let offset = if (4..=10).contains(&day.month()) {
            "-0400"
        } else {
            "-0500"
        };
        Post {
            name: format!("{day}-{slug}-{at}"),
            title,
            date: [
                day.to_string(),
                format!("{hour:02}:{minute:02}:00"),
                offset.to_owned(),
            ],
            author: random.pick(&AUTHORS),
            tags: tags(at, zipf, &mut random),
            style: random.below(3),
            description: random.one_in(3).then(|| random.sentence()),
            body: body(if self.short { 100..200 } else { 300..1_500 }, &mut random),
        }
    }
}

impl Post {
    fn jekyll(&self) -> String {
        let mut text = format!(
            "---\ntitle: \"{}\"\ndate: {}\nauthor: {}\n",
            self.title,
            self.date.join(" "),
            self.author
        );
        text += &match self.style {
            0 => format!("tags: {}\n", self.tags.join(" ")),
            1 => format!("tags: [{}]\n", self.tags.join(", ")),
            _ => format!("tags:\n  - {}\n", self.tags.join("\n  - ")),
        };
        if let Some(description) = &self.description {
            text += &format!("description: >-\n  {description}\n");
        }
        text + "---\n" + &self.body
    }
}

/// One to five tags.
fn tags(at: usize, zipf: &Zipf, random: &mut Random) -> Vec<String> {
    let wanted = (1 + random.below(5)).min(zipf.len());
    let mut ranks = Vec::with_capacity(wanted);
    // The first posts take one tag each in turn, so that no tag remains unused.
    if at < zipf.len() {
        ranks.push(at);
    }
    while ranks.len() < wanted {
        let rank = zipf.pick(random);
        if !ranks.contains(&rank) {
            ranks.push(rank);
        }
    }
    ranks
        .iter()
        .map(|rank| format!("{}-{rank}", WORDS[rank % WORDS.len()]))
        .collect()
}

/// So many words of Markdown that begin with a paragraph.
fn body(words: Range<usize>, random: &mut Random) -> String {
    let end = 6 * (words.start + random.below(words.len()));
    let mut text = paragraph(random);
    while text.len() < end {
        text.push('\n');
        text += &block(random);
    }
    text
}

fn block(random: &mut Random) -> String {
    match random.below(20) {
        0 | 1 => format!("## {}\n", random.words(4)),
        2 => format!("### {} & {}\n", random.words(2), random.words(2)),
        3 | 4 => list("-", random),
        5 => list("1.", random),
        6 => format!(
            "```rust\nfn main() {{\n    let text = \"<{}>\" && 1 < 2;\n}}\n```\n",
            random.words(3)
        ),
        7 if random.one_in(2) => {
            let (text, number) = (random.words(4), random.below(1000));
            format!("![{text}](/assets/images/{number}.png)\n")
        }
        8 => format!("> {}\n", random.sentence()),
        _ => paragraph(random),
    }
}

fn list(marker: &str, random: &mut Random) -> String {
    (0..3 + random.below(4))
        .map(|_| format!("{marker} {}\n", random.sentence()))
        .collect()
}

fn paragraph(random: &mut Random) -> String {
    let sentences: Vec<String> = (0..2 + random.below(4))
        .map(|_| match random.below(12) {
            0 | 1 => format!("Read the [{}]({}).", random.words(3), link(random)),
            2 => format!("It is *{}*, not **later**.", random.words(2)),
            3 => format!("Run `{} --all`; it's quick.", random.pick(&WORDS)),
            _ => random.sentence(),
        })
        .collect();
    sentences.join(" ") + "\n"
}

/// Half of all links lead to other pages of the site.
fn link(random: &mut Random) -> String {
    let page = random.below(1000);
    if random.one_in(2) {
        format!("/guides/{page}/")
    } else {
        format!("https://example.com/a?page={page}&view=full")
    }
}

fn capitalize(text: &mut str) {
    text[..1].make_ascii_uppercase();
}

/// Ranks from 0 with weights of 1, 1/2, 1/3, …: a few tags stand on many posts, many on a few.
struct Zipf {
    /// The sum of the weights up to each rank.
    sums: Vec<f64>,
}

impl Zipf {
    fn new(ranks: usize) -> Self {
        let sums = (1..=ranks)
            .scan(0.0, |sum, rank| {
                *sum += 1.0 / rank as f64;
                Some(*sum)
            })
            .collect();
        Zipf { sums }
    }

    fn len(&self) -> usize {
        self.sums.len()
    }

    fn pick(&self, random: &mut Random) -> usize {
        let total = self.sums.last().copied().unwrap_or_default();
        let place = random.fraction() * total;
        self.sums
            .partition_point(|&sum| sum <= place)
            .min(self.len() - 1)
    }
}

/// SplitMix64. Its own few lines keep the corpus the same whatever version a crate has.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// At least 0, less than 1.
    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn pick(&mut self, texts: &[&'static str]) -> &'static str {
        texts[self.below(texts.len())]
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.pick(&WORDS)).collect();
        words.join(" ")
    }

    fn sentence(&mut self) -> String {
        let count = 8 + self.below(12);
        let mut sentence = self.words(count);
        capitalize(&mut sentence);
        sentence.push('.');
        sentence
    }
}
