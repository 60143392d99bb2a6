//! Reads a page tag by tag.

use feedwright_base::date;
use feedwright_base::html::elements;
use feedwright_base::html::tokens::{self, Tag, Token, attribute};
use feedwright_base::text::one_line;

use super::links::{
    has_title_class, has_word, is_tag_link, leads_away, leads_home, lists_tags, units,
};
use super::scan::{Heading, Part, Scan, Time};
use super::words;

/// More open elements than any page has, whatever was not closed.
const DEEPEST: usize = 2_000;

/// A line with a time that says when a text was published has at most so many words.
const SENTENCE: usize = 25;

/// Reads a page, whose address ends with this part.
pub(super) fn scan(html: &str, own: &str) -> Scan {
    let mut reader = Reader {
        own: own.to_owned(),
        ..Reader::default()
    };
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
pub(super) struct Reader {
    pub(super) scan: Scan,
    /// The last part of the page's own address.
    own: String,
    open: Vec<Open>,
    /// How many words were read.
    words: usize,
    /// How many headings of the first rank have begun.
    headings: usize,
    /// The text since the last tag of a block, and how many words stand before it.
    line: (String, usize),
    /// How many times were before that line.
    times: usize,
    /// Texts that are being read, with the number of elements in which they stand.
    pub(super) texts: Vec<(usize, Wanted, String)>,
}

/// An element that is open.
struct Open {
    name: String,
    /// Whether it is a menu, stands beside the text or at the foot of the page, or is in one.
    is_apart: bool,
    /// Whether it is an article, or is in one.
    in_article: bool,
    /// What its properties belong to.
    item: Item,
    /// Whether its text is not the reader's: a style, or the sign of a link in a heading.
    is_silent: bool,
    /// The innermost part of a list that it is or stands in.
    part: Option<usize>,
    /// How many words, times and headings were before it.
    before: (usize, usize, usize),
    /// Whether it leads to another page.
    leads_away: bool,
    /// Whether it is a place where pages list their tags.
    lists_tags: bool,
    /// Whether it holds what looks like the title of another page, which it leads to.
    has_title: bool,
}

/// Whose the properties in an element are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// Nobody's.
    None,
    /// Those of an entry, by its place.
    Entry(usize),
    /// Those of something else, such as a person.
    Other,
}

/// What a text is wanted for.
pub(super) enum Wanted {
    Title,
    /// The heading, whose text is to come.
    Heading(Heading),
    LinkedData,
    Tag,
    Author,
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
        let in_article = outer.is_some_and(|open| open.in_article);
        let is_apart =
            is_apart || name == "aside" || (matches!(name, "nav" | "footer") && !in_article);
        let href = attribute(tag, "href").unwrap_or_default();
        let in_heading = self
            .texts
            .iter()
            .any(|(_, wanted, _)| matches!(wanted, Wanted::Heading(..)));
        // A heading that leads to the first page is that of the site.
        if name == "a" && in_heading && leads_home(href) {
            self.texts
                .retain(|(_, wanted, _)| !matches!(wanted, Wanted::Heading(..)));
        }
        // The link from a heading to itself shows a sign, which is none of its words.
        let is_sign = name == "a" && in_heading && href.starts_with('#');
        let is_silent = outer.is_some_and(|open| open.is_silent)
            || matches!(name, "style" | "template" | "noscript" | "svg")
            || is_sign;
        let in_article = in_article || name == "article";
        if self.open.len() >= DEEPEST {
            return;
        }
        let depth = self.open.len();
        let leads_away = name == "a" && leads_away(tag, self.scan.canonical.as_deref(), &self.own);
        let part = self.part(name, leads_away);
        self.wanted(tag, is_apart, depth, part);
        let item = self.item(tag, item, depth, part);
        self.open.push(Open {
            name: name.to_owned(),
            is_apart,
            in_article,
            item,
            is_silent,
            part,
            before: (self.words, self.scan.times.len(), self.headings),
            lists_tags: lists_tags(tag),
            has_title: leads_away && has_title_class(tag),
            leads_away,
        });
        self.headings += usize::from(name == "h1");
    }

    /// Whether a link leads to a tag of the page. Beside the text, all tags of a site are listed.
    fn is_tag(&self, tag: &Tag, is_apart: bool) -> bool {
        /// Further out a class says nothing of a link.
        const NEAR: usize = 4;
        let mut near = self.open.iter().rev().take(NEAR);
        let is_listed = !is_apart && near.any(|open| open.lists_tags);
        let href = attribute(tag, "href").unwrap_or_default();
        let host = |url: &str| Some(url.split_once("://")?.1.split('/').next()?.to_owned());
        let own = self.scan.canonical.as_deref().and_then(host);
        let is_own = host(href).is_none_or(|host| Some(host) == own);
        is_own && is_tag_link(tag, is_listed)
    }

    /// The innermost part of a list that an element is or stands in.
    fn part(&mut self, name: &str, leads_away: bool) -> Option<usize> {
        let outer = self.open.last().and_then(|open| open.part);
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
            .any(|open| matches!(&*open.name, "h1" | "h2" | "h3" | "h4"));
        let Some(part) = outer.and_then(|at| self.scan.lists.get_mut(at)) else {
            return outer;
        };
        if matches!(name, "h1" | "h2" | "h3" | "h4") {
            let in_link = self.open.iter().any(|open| open.name == "a");
            part.leads_away |= part.is_article && !part.has_heading && in_link;
        }
        if leads_away {
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
        if self.open.last().is_some_and(|open| open.is_silent) {
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
                Wanted::Heading(heading) => scan.headings.push(Heading {
                    text: line,
                    ..heading
                }),
                Wanted::Author => scan.author = scan.author.take().or(Some(line)),
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
        let times = std::mem::replace(&mut self.times, self.scan.times.len());
        // A time in a sentence is what the text is about.
        if units(&line) > SENTENCE {
            self.scan
                .times
                .iter_mut()
                .skip(times)
                .for_each(|time| time.is_listed = true);
        }
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
            inside.for_each(|time| time.is_listed |= !time.is_apart);
        }
        if let Some(outer) = self.open.last_mut() {
            outer.has_title |= has_title;
        }
    }

    /// What a tag says by itself.
    fn statement(&mut self, tag: &Tag) {
        let get = |name| filled(tag, name);
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
        let get = |name| filled(tag, name);
        let is_picture = self.open.iter().any(|open| open.name == "svg");
        let wanted = match &*tag.name {
            "title" if !is_picture => Wanted::Title,
            "h1" if !is_apart => {
                let item = self.open.last().map_or(Item::None, |open| open.item);
                let entry = match item {
                    Item::Entry(entry) => Some(entry),
                    Item::None | Item::Other => None,
                };
                Wanted::Heading(Heading {
                    text: String::new(),
                    at: self.words,
                    part,
                    entry,
                })
            }
            "script" if get("type").is_some_and(|kind| kind.contains("ld+json")) => {
                Wanted::LinkedData
            }
            _ if !is_apart && names_author(tag) => Wanted::Author,
            "a" if self.is_tag(tag, is_apart) => Wanted::Tag,
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
                let is_update = words::says_update(&self.line.0);
                let names = |words: &[&str]| words.iter().any(|word| class.contains(word));
                let item = get("itemprop").unwrap_or_default();
                self.scan.times.push(Time {
                    datetime: datetime.to_owned(),
                    is_update: names(&["updated", "modified"])
                        || item == "dateModified"
                        || is_update,
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
}

/// Whether the text of an element is the name of who wrote the page: a link to an author's page, or
/// what microformats mark as such.
fn names_author(tag: &Tag) -> bool {
    let class = filled(tag, "class");
    let has = |name| has_word(class, name);
    let is_link = &*tag.name == "a";
    is_link && has_word(filled(tag, "rel"), "author")
        || has("p-author")
        || has("fn") && (has("n") || has("url"))
}

/// The value of an attribute that is not blank.
pub(super) fn filled<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let value = attribute(tag, name).map(str::trim);
    value.filter(|text| !text.is_empty())
}
