//! Feeds of names that the checks know, with any texts as values, and always well-formed.

use crate::feeds::{PROFILES, check, is_fatal};

/// Where elements and attributes come from.
const VOCABULARIES: [(&str, &str); 16] = [
    ("", "http://www.w3.org/2005/Atom"),
    ("atom:", "http://www.w3.org/2005/Atom"),
    ("rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rss1:", "http://purl.org/rss/1.0/"),
    ("content:", "http://purl.org/rss/1.0/modules/content/"),
    ("dc:", "http://purl.org/dc/elements/1.1/"),
    ("itunes:", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("podcast:", "https://podcastindex.org/namespace/1.0"),
    ("media:", "http://search.yahoo.com/mrss/"),
    ("sy:", "http://purl.org/rss/1.0/modules/syndication/"),
    ("slash:", "http://purl.org/rss/1.0/modules/slash/"),
    ("thr:", "http://purl.org/syndication/thread/1.0"),
    ("georss:", "http://www.georss.org/georss"),
    ("fh:", "http://purl.org/syndication/history/1.0"),
    ("xhtml:", "http://www.w3.org/1999/xhtml"),
    ("x:", "urn:x"),
];

const ROOTS: [&str; 6] = ["rss", "feed", "entry", "rdf:RDF", "atom:feed", "x:x"];

const ELEMENTS: &[&str] = &[
    "item",
    "entry",
    "channel",
    "title",
    "link",
    "description",
    "content",
    "summary",
    "id",
    "guid",
    "updated",
    "published",
    "pubDate",
    "lastBuildDate",
    "author",
    "contributor",
    "name",
    "uri",
    "email",
    "category",
    "cloud",
    "image",
    "url",
    "width",
    "height",
    "enclosure",
    "source",
    "ttl",
    "language",
    "rating",
    "skipHours",
    "hour",
    "skipDays",
    "day",
    "textInput",
    "comments",
    "docs",
    "generator",
    "managingEditor",
    "webMaster",
    "copyright",
    "rights",
    "logo",
    "icon",
    "subtitle",
    "encoded",
    "date",
    "creator",
    "subject",
    "items",
    "Seq",
    "li",
    "Description",
    "value",
    "updatePeriod",
    "updateFrequency",
    "updateBase",
    "total",
    "in-reply-to",
    "point",
    "line",
    "polygon",
    "box",
    "where",
    "Point",
    "pos",
    "complete",
    "archive",
    "div",
    "p",
    "script",
    "body",
    "explicit",
    "duration",
    "owner",
    "episode",
    "season",
    "person",
    "transcript",
    "group",
    "thumbnail",
    "player",
    "credit",
    "hash",
    "text",
];

const ATTRIBUTES: &[&str] = &[
    "version",
    "href",
    "rel",
    "type",
    "hreflang",
    "length",
    "title",
    "url",
    "isPermaLink",
    "domain",
    "port",
    "path",
    "registerProcedure",
    "protocol",
    "scheme",
    "term",
    "label",
    "src",
    "uri",
    "rdf:about",
    "rdf:resource",
    "rdf:parseType",
    "xml:base",
    "xml:lang",
    "xml:space",
    "xml:id",
    "count",
    "ref",
    "style",
    "onclick",
    "medium",
    "role",
    "value",
    "algo",
    "x:x",
];

const VALUES: &[&str] = &[
    "",
    "2.0",
    "0.91",
    "https://e.com/",
    "tag:e.com,2024:1",
    "urn:uuid:",
    "html",
    "xhtml",
    "text",
    "image/png",
    "application/xml",
    "en",
    "de-AT-1996",
    "2024-02-29T12:00:00Z",
    "Thu, 29 Feb 2024 12:00:00 GMT",
    "a@e.com (A)",
    "true",
    "no",
    "-1",
    "24",
    "99999999999999999999",
    "1.5 -2.5",
    "Monday",
    "<b>",
    "&nbsp;",
    "<a href='/x' style='color:red'>",
    "alternate",
    "self",
    "http://[::1]:80/%zz?a#b",
    "Literal",
    "Collection",
    "Resource",
    "hourly",
];

/// Reads choices from bytes; zeros when they are used up.
struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    fn byte(&mut self) -> usize {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        usize::from(*first)
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.byte() % all.len()]
    }

    fn value(&mut self) -> String {
        let length = match self.byte() {
            known @ 0..192 => return VALUES[known % VALUES.len()].to_owned(),
            free => free - 192,
        };
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        let is_legal = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
        String::from_utf8_lossy(taken)
            .chars()
            .filter(is_legal)
            .collect()
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('\'', "&#39;")
}

/// A feed that the bytes choose.
pub fn tree(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let profile = choices.of(&PROFILES);
    let root = choices.of(&ROOTS);
    let mut feed = format!("<{root} version='2.0'");
    for (prefix, uri) in VOCABULARIES {
        match prefix.trim_end_matches(':') {
            "" if matches!(root, "feed" | "entry") => feed += &format!(" xmlns='{uri}'"),
            "" => {}
            prefix => feed += &format!(" xmlns:{prefix}='{uri}'"),
        }
    }
    feed += ">";
    let mut open = Vec::new();
    while !choices.0.is_empty() {
        match choices.byte() % 8 {
            0..=3 if open.len() < 200 => {
                let prefix = match choices.byte() {
                    0..128 => "",
                    which => VOCABULARIES[which % VOCABULARIES.len()].0,
                };
                let name = format!("{prefix}{}", choices.of(ELEMENTS));
                feed += &format!("<{name}");
                let mut seen = Vec::new();
                for _ in 0..choices.byte() % 4 {
                    let (name, value) = (choices.of(ATTRIBUTES), choices.value());
                    if !seen.contains(&name) {
                        seen.push(name);
                        feed += &format!(" {name}='{}'", escaped(&value));
                    }
                }
                feed += ">";
                open.push(name);
            }
            4 | 5 => feed += &escaped(&choices.value()),
            _ => {
                if let Some(name) = open.pop() {
                    feed += &format!("</{name}>");
                }
            }
        }
    }
    for name in open.iter().rev() {
        feed += &format!("</{name}>");
    }
    feed += &format!("</{root}>");
    let (_, diags) = check(feed.as_bytes(), profile);
    let fatal = diags.iter().find(|found| is_fatal(found));
    assert!(
        fatal.is_none(),
        "the feed is well-formed: {fatal:?}\n{feed}"
    );
}
