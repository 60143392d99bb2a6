//! Reads from a page, tag by tag, what may say something of it.

use feedwright_base::date;
use feedwright_base::html::elements;
use feedwright_base::html::tokens::{self, Tag, Token, attribute};
use feedwright_base::text::one_line;

use super::words;

/// What stands in a page, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) language: Option<String>,
    pub(super) title: Option<String>,
    pub(super) canonical: Option<String>,
    /// Whether the page only leads to another one.
    pub(super) is_redirect: bool,
    /// The names of metadata in small letters, and what they say.
    pub(super) metas: Vec<(String, String)>,
    /// The scripts with linked data.
    pub(super) linked_data: Vec<String>,
    /// The headings of the first rank outside of menus.
    pub(super) headings: Vec<Heading>,
    pub(super) times: Vec<Time>,
    /// The posts that the page marks as such.
    pub(super) entries: Vec<Entry>,
    /// The texts of links to tags.
    pub(super) tags: Vec<String>,
    /// The words before which the parts of a list or a section begin.
    pub(super) parts: Vec<usize>,
    lists: Vec<Part>,
}

/// A part of a list, if it turns out to be one: an item, a row, or an article among others.
#[derive(Debug, Default)]
struct Part {
    /// The part that it stands in.
    outer: Option<usize>,
    is_article: bool,
    /// Whether it leads to a page of its own.
    leads_away: bool,
    has_heading: bool,
}

impl Scan {
    /// Whether a time is that of a page which this one only lists.
    pub(super) fn is_listed(&self, time: &Time) -> bool {
        let listed = |time: &Time| time.is_listed || self.is_list(time.part);
        // Of several that look alike, one may have a title that does not look like one.
        let alike = |other: &&Time| other.class == time.class && !other.is_apart && listed(other);
        listed(time) || (!time.is_apart && self.times.iter().filter(alike).count() > 1)
    }

    /// Whether a post is one that this page only lists.
    pub(super) fn lists(&self, entry: &Entry) -> bool {
        let ends = |own: &str, other: &str| {
            let path = |url: &str| {
                url.split(['?', '#'])
                    .next()
                    .unwrap_or_default()
                    .trim_end_matches('/')
                    .to_owned()
            };
            path(own).ends_with(path(other).trim_start_matches("..").trim_start_matches('.'))
        };
        let is_elsewhere = self.canonical.as_deref().is_some_and(|own| {
            let mut addresses = entry.addresses().peekable();
            addresses.peek().is_some() && !addresses.any(|other| ends(own, other))
        });
        is_elsewhere || self.is_list(entry.part)
    }

    fn is_list(&self, mut part: Option<usize>) -> bool {
        while let Some(inner) = part.and_then(|at| self.lists.get(at)) {
            // The heading of a page stands in the article that the page shows.
            let heads = |heading: &Heading| {
                let mut own = heading.part;
                while own != part && own.is_some() {
                    own = own.and_then(|at| self.lists.get(at)?.outer);
                }
                own == part
            };
            let is_other =
                inner.is_article && !self.headings.is_empty() && !self.headings.iter().any(heads);
            if inner.leads_away || is_other {
                return true;
            }
            part = inner.outer;
        }
        false
    }
}

/// A heading of the first rank.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    /// How many words stand before it.
    pub(super) at: usize,
    /// The innermost part of a list that it stands in.
    part: Option<usize>,
}

/// A `<time>` with a machine's form.
#[derive(Debug)]
pub(super) struct Time {
    pub(super) datetime: String,
    /// Whether its class says that it is the time of the last change.
    pub(super) is_update: bool,
    /// Whether its class says that it is when the post was published.
    pub(super) is_marked: bool,
    /// Whether it stands in a menu, beside the text or at the foot.
    pub(super) is_apart: bool,
    pub(super) at: usize,
    /// The innermost part of a list that it stands in.
    part: Option<usize>,
    /// What it is marked as.
    class: String,
    /// Whether it stands beside a title that leads to another page.
    is_listed: bool,
    /// Whether it is written in words, and not in a form for machines.
    pub(super) in_words: bool,
}

/// A post that a page marks by microformats or microdata.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Names of properties, such as `dt-published` or `datePublished`, and what they say.
    pub(super) properties: Vec<(String, String)>,
    /// Whether they are microdata.
    pub(super) is_microdata: bool,
    /// The innermost part of a list that it is or stands in.
    part: Option<usize>,
}

impl Entry {
    /// The addresses that it names as its own.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        let is_address = |name: &str| matches!(name, "u-url" | "url" | "mainEntityOfPage");
        let own = self
            .properties
            .iter()
            .filter(move |(name, _)| is_address(name));
        own.map(|(_, says)| says.as_str())
    }
}

/// Types of schema.org that are posts.
pub(super) const ARTICLES: [&str; 14] = [
    "AdvertiserContentArticle",
    "AnalysisNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "NewsArticle",
    "OpinionNewsArticle",
    "PodcastEpisode",
    "Report",
    "ReportageNewsArticle",
    "ReviewNewsArticle",
    "ScholarlyArticle",
    "SocialMediaPosting",
    "TechArticle",
];

/// Parts of addresses behind which the name of a tag stands.
const TAG_FOLDERS: [&str; 8] = [
    "tag",
    "tags",
    "topic",
    "topics",
    "category",
    "categories",
    "label",
    "labels",
];

/// Parts of addresses behind which the name of an author stands.
const AUTHOR_FOLDERS: [&str; 8] = [
    "author",
    "authors",
    "people",
    "team",
    "user",
    "users",
    "profile",
    "contributors",
];

/// More open elements than any page has, whatever was not closed.
const DEEPEST: usize = 2_000;

/// Reads a page.
pub(super) fn scan(html: &str) -> Scan {
    let mut reader = Reader::default();
    tokens::each(html, |token| match token {
        Token::Start(tag) => reader.start(tag),
        Token::End(name) => reader.end(name),
        Token::Text(text) => reader.text(text),
    });
    while let Some(open) = reader.open.pop() {
        reader.close(open);
    }
    reader.scan
}

#[derive(Default)]
struct Reader {
    scan: Scan,
    open: Vec<Open>,
    /// How many words were read.
    words: usize,
    /// How many headings of the first rank have begun.
    headings: usize,
    /// The text since the last tag of a block, and how many words stand before it.
    line: (String, usize),
    /// Texts that are being read, with the number of elements in which they stand.
    texts: Vec<(usize, Wanted, String)>,
}

/// An element that is open.
struct Open {
    name: String,
    /// Whether it is a menu, stands beside the text or at the foot of the page, or is in one.
    is_apart: bool,
    /// What its properties belong to.
    item: Item,
    /// Whether its text is not the reader's: a script, or the sign of a link in a heading.
    is_silent: bool,
    /// The innermost part of a list that it is or stands in.
    part: Option<usize>,
    /// How many words, times and headings were before it.
    before: (usize, usize, usize),
    /// Whether it leads to another page.
    leads_away: bool,
    /// Whether it holds what looks like the title of another page, which it leads to.
    has_title: bool,
}

/// Whose the properties in an element are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    /// Nobody's.
    None,
    /// Those of an entry, by its place.
    Entry(usize),
    /// Those of something else, such as a person.
    Other,
}

/// What a text is wanted for.
enum Wanted {
    Title,
    Heading(usize, Option<usize>),
    LinkedData,
    Tag,
    Property(usize, String),
}

impl Reader {
    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        self.end_line(name);
        self.statement(tag);
        if elements::is(name, elements::VOID) || tag.self_closing {
            return;
        }
        let outer = self.open.last();
        let (is_apart, item) = outer.map_or((false, Item::None), |open| (open.is_apart, open.item));
        // The foot of an article and what leads on from it are its own.
        let in_article = self.open.iter().any(|open| open.name == "article");
        let is_apart =
            is_apart || name == "aside" || (matches!(name, "nav" | "footer") && !in_article);
        let href = attribute(tag, "href").unwrap_or_default();
        let in_heading = self
            .texts
            .iter()
            .any(|(_, wanted, _)| matches!(wanted, Wanted::Heading(..)));
        // The link from a heading to itself shows a sign, which is none of its words.
        let is_sign = name == "a" && in_heading && href.starts_with('#');
        let is_silent = matches!(name, "style" | "template" | "noscript" | "svg") || is_sign;
        if self.open.len() >= DEEPEST {
            return;
        }
        let depth = self.open.len();
        let part = self.part(tag);
        self.wanted(tag, is_apart, depth, part);
        let item = self.item(tag, item, depth, part);
        self.open.push(Open {
            name: name.to_owned(),
            is_apart,
            item,
            is_silent,
            part,
            before: (self.words, self.scan.times.len(), self.headings),
            leads_away: name == "a" && leads_away(tag, self.scan.canonical.as_deref()),
            has_title: name == "a"
                && has_title_class(tag)
                && leads_away(tag, self.scan.canonical.as_deref()),
        });
        self.headings += usize::from(name == "h1");
    }

    /// The innermost part of a list that an element is or stands in.
    fn part(&mut self, tag: &Tag) -> Option<usize> {
        let outer = self.open.last().and_then(|open| open.part);
        let name = &*tag.name;
        if matches!(name, "li" | "tr" | "dd" | "article") {
            self.scan.lists.push(Part {
                outer,
                is_article: name == "article",
                ..Part::default()
            });
            return Some(self.scan.lists.len() - 1);
        }
        let in_heading = self
            .open
            .iter()
            .any(|open| matches!(&*open.name, "h2" | "h3" | "h4"));
        let Some(part) = outer.and_then(|at| self.scan.lists.get_mut(at)) else {
            return outer;
        };
        if matches!(name, "h1" | "h2" | "h3" | "h4") {
            let in_link = self.open.iter().any(|open| open.name == "a");
            part.leads_away |= part.is_article && !part.has_heading && in_link && name != "h1";
        }
        if name == "a" && leads_away(tag, self.scan.canonical.as_deref()) {
            part.leads_away |= !part.is_article || (in_heading && !part.has_heading);
        }
        outer
    }

    fn end(&mut self, name: &str) {
        self.end_line(name);
        if matches!(name, "h1" | "h2" | "h3" | "h4") {
            let part = self.open.last().and_then(|open| open.part);
            if let Some(part) = part.and_then(|at| self.scan.lists.get_mut(at)) {
                part.has_heading = true;
            }
        }
        // An end tag that fits nothing ends nothing.
        if !self.open.iter().any(|open| open.name == name) {
            return;
        }
        while let Some(open) = self.open.pop() {
            let is_last = open.name == name;
            self.close(open);
            if is_last {
                break;
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.iter().any(|open| open.is_silent) {
            return;
        }
        if self.open.last().is_none_or(|open| open.name != "script") {
            self.line.0.push_str(text);
            self.words += units(text);
        }
        for (_, _, wanted) in &mut self.texts {
            wanted.push_str(text);
        }
    }

    /// Takes the texts that end with an element.
    fn close(&mut self, closed: Open) {
        self.close_part(&closed);
        let depth = self.open.len();
        while self.texts.last().is_some_and(|(at, ..)| *at >= depth) {
            let Some((_, wanted, text)) = self.texts.pop() else {
                return;
            };
            let line = one_line(&text);
            let scan = &mut self.scan;
            match wanted {
                Wanted::LinkedData => scan.linked_data.push(text),
                _ if line.is_empty() => {}
                Wanted::Title => scan.title = scan.title.take().or(Some(line)),
                Wanted::Heading(at, part) => scan.headings.push(Heading {
                    text: line,
                    at,
                    part,
                }),
                Wanted::Tag => {
                    let name = line.trim_start_matches('#').trim();
                    if !name.is_empty() && !scan.tags.iter().any(|known| known == name) {
                        scan.tags.push(name.to_owned());
                    }
                }
                Wanted::Property(entry, name) => {
                    if let Some(entry) = scan.entries.get_mut(entry) {
                        entry.properties.push((name, line));
                    }
                }
            }
        }
    }

    /// Ends a line of text at a tag that begins or ends a block, and looks whether it is a date.
    fn end_line(&mut self, name: &str) {
        if elements::is(name, elements::INLINE) && name != "br" {
            return;
        }
        let (line, at) = std::mem::replace(&mut self.line, (String::new(), self.words));
        let outer = self.open.last();
        let in_heading = outer.is_some_and(|open| matches!(&*open.name, "h1" | "h2" | "h3"));
        let Some(datetime) = words::date(&line).filter(|_| !in_heading) else {
            return;
        };
        self.scan.times.push(Time {
            datetime,
            is_update: false,
            is_marked: false,
            is_apart: outer.is_some_and(|open| open.is_apart),
            at,
            part: outer.and_then(|open| open.part),
            class: outer.map_or_else(String::new, |open| open.name.clone()),
            is_listed: false,
            in_words: true,
        });
    }

    /// Notes the times that stand in a small part of a page beside the title of another one.
    fn close_part(&mut self, closed: &Open) {
        /// How many words a link has at least that is a title, and not the name of an author.
        const TITLE: usize = 3;
        /// How many words such a part has at most.
        const LONGEST: usize = 80;
        let (words, times, headings) = closed.before;
        let words = self.words - words;
        let has_title = closed.has_title || (closed.leads_away && words >= TITLE);
        let is_part = words <= LONGEST && headings == self.headings;
        if has_title && is_part && !closed.leads_away {
            let inside = self.scan.times.iter_mut().skip(times);
            // Beside a text there are other links, too.
            inside.for_each(|time| time.is_listed = !time.is_apart);
        }
        if let Some(outer) = self.open.last_mut() {
            outer.has_title |= has_title;
        }
    }

    /// What a tag says by itself.
    fn statement(&mut self, tag: &Tag) {
        let get = |name| {
            attribute(tag, name)
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        let scan = &mut self.scan;
        match &*tag.name {
            "html" => scan.language = get("lang").map(str::to_owned),
            "meta" => {
                let says = get("content").or_else(|| get("contents"));
                if get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) {
                    scan.is_redirect |= says.is_some_and(|says| says.contains(['=', ';']));
                }
                let name = get("property").or_else(|| get("name"));
                if let Some((name, says)) = name.zip(says) {
                    scan.metas
                        .push((name.to_ascii_lowercase(), says.to_owned()));
                }
            }
            "link" if has_word(get("rel"), "canonical") && scan.canonical.is_none() => {
                scan.canonical = get("href").map(str::to_owned);
            }
            "li" | "tr" | "h2" | "h3" | "h4" => scan.parts.push(self.words),
            _ => {}
        }
    }

    /// Notes whose text is wanted.
    fn wanted(&mut self, tag: &Tag, is_apart: bool, depth: usize, part: Option<usize>) {
        let get = |name| {
            attribute(tag, name)
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        let is_picture = self.open.iter().any(|open| open.name == "svg");
        let wanted = match &*tag.name {
            "title" if !is_picture => Wanted::Title,
            "h1" if !is_apart => Wanted::Heading(self.words, part),
            "script" if get("type").is_some_and(|kind| kind.contains("ld+json")) => {
                Wanted::LinkedData
            }
            "a" if is_tag_link(tag, is_apart) => Wanted::Tag,
            "time" | "abbr" => {
                // Before there was an element for times, an abbreviation was one.
                let is_old = &*tag.name == "abbr";
                let Some(datetime) = get(if is_old { "title" } else { "datetime" }) else {
                    return;
                };
                if is_old && date::parse(datetime, None).is_err() {
                    return;
                }
                let class = get("class").unwrap_or_default().to_ascii_lowercase();
                let names = |words: &[&str]| words.iter().any(|word| class.contains(word));
                let item = get("itemprop").unwrap_or_default();
                self.scan.times.push(Time {
                    datetime: datetime.to_owned(),
                    is_update: names(&["updated", "modified"]) || item == "dateModified",
                    is_marked: names(&["publish", "post-date", "entry-date"])
                        || item == "datePublished"
                        || attribute(tag, "pubdate").is_some(),
                    is_apart,
                    at: self.words,
                    part,
                    class: format!("{class} {item}"),
                    is_listed: false,
                    in_words: false,
                });
                return;
            }
            _ => return,
        };
        self.texts.push((depth, wanted, String::new()));
    }

    /// Whose the properties inside of an element are, and which properties it is itself.
    fn item(&mut self, tag: &Tag, outer: Item, depth: usize, part: Option<usize>) -> Item {
        let get = |name| {
            attribute(tag, name)
                .map(str::trim)
                .filter(|text| !text.is_empty())
        };
        let classes: Vec<&str> = get("class")
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        if let Item::Entry(entry) = outer {
            let is_microdata = self.scan.entries.get(entry).is_some_and(|e| e.is_microdata);
            let properties: Vec<&str> = if is_microdata {
                get("itemprop")
                    .unwrap_or_default()
                    .split_whitespace()
                    .collect()
            } else {
                let is_property = |class: &&str| {
                    let kind = class.split('-').next().unwrap_or_default();
                    matches!(kind, "p" | "u" | "dt") && class.len() > kind.len()
                };
                classes.iter().copied().filter(is_property).collect()
            };
            for name in properties {
                let value = match &*tag.name {
                    "time" | "abbr" => get("datetime").or_else(|| get("title")),
                    "img" | "audio" | "video" => get("src"),
                    "a" | "link" if name.starts_with("u-") || name == "url" => get("href"),
                    _ => get("content"),
                };
                match value {
                    Some(value) => {
                        if let Some(entry) = self.scan.entries.get_mut(entry) {
                            entry.properties.push((name.to_owned(), value.to_owned()));
                        }
                    }
                    // The whole text of a post says nothing of it.
                    None if matches!(name, "articleBody" | "p-content") => {}
                    None => {
                        let wanted = Wanted::Property(entry, name.to_owned());
                        self.texts.push((depth, wanted, String::new()));
                    }
                }
            }
        }
        let kind = get("itemtype").and_then(|kind| kind.rsplit('/').next());
        let is_entry = classes.contains(&"h-entry");
        let is_article = kind.is_some_and(|kind| ARTICLES.contains(&kind));
        if is_entry || is_article {
            // A page may say both of one element.
            self.scan.entries.push(Entry {
                properties: Vec::new(),
                is_microdata: !is_entry,
                part,
            });
            return Item::Entry(self.scan.entries.len() - 1);
        }
        let is_other = attribute(tag, "itemscope").is_some()
            || classes
                .iter()
                .any(|class| matches!(*class, "h-card" | "h-cite" | "h-app"));
        if is_other { Item::Other } else { outer }
    }
}

/// Whether a link leads to another page that is no list of a tag.
fn leads_away(tag: &Tag, canonical: Option<&str>) -> bool {
    let href = attribute(tag, "href").unwrap_or_default();
    let is_own = canonical.is_some_and(|own| own.ends_with(href) && href.len() > 1);
    !href.is_empty()
        && !href.starts_with(['#', '?'])
        && !is_own
        && !is_tag_link(tag, false)
        && !has_word(attribute(tag, "rel"), "author")
        && !href.split('/').any(|part| AUTHOR_FOLDERS.contains(&part))
        && !href.starts_with("mailto:")
}

/// Whether the class of an element says that it is a title.
fn has_title_class(tag: &Tag) -> bool {
    attribute(tag, "class").is_some_and(|class| class.to_ascii_lowercase().contains("title"))
}

/// How many words a text has; where a script has no blanks, every character is one.
fn units(text: &str) -> usize {
    let dense = text
        .chars()
        .filter(|c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'));
    text.split_whitespace().count() + dense.count()
}

/// Whether a list of words has one.
fn has_word(list: Option<&str>, word: &str) -> bool {
    list.is_some_and(|list| {
        list.split_whitespace()
            .any(|one| one.eq_ignore_ascii_case(word))
    })
}

/// Whether a link leads to a tag of the page that it stands in.
fn is_tag_link(tag: &Tag, is_apart: bool) -> bool {
    if has_word(attribute(tag, "rel"), "tag") {
        return true;
    }
    let href = attribute(tag, "href").unwrap_or_default();
    let path = href.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_end_matches("index.html").trim_end_matches('/');
    let mut parts = path.rsplit('/');
    let (name, folder) = (parts.next(), parts.next());
    let is_folder = |name: Option<&str>| name.is_some_and(|name| TAG_FOLDERS.contains(&name));
    // Some sites have all tags on one page.
    let is_tag = is_folder(folder) || (is_folder(name) && href.contains('#'));
    let is_marked = attribute(tag, "class").is_some_and(|class| {
        class
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| matches!(word, "tag" | "category"))
    });
    is_tag && is_marked || is_folder(folder) && !is_apart
}
