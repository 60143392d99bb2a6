//! Feeds of any size whose entries have HTML of some kind, the same on any machine.

use std::fmt::Write;

const WORDS: [&str; 40] = [
    "the",
    "council",
    "met",
    "on",
    "Tuesday",
    "to",
    "hear",
    "about",
    "a",
    "budget",
    "for",
    "roads",
    "water",
    "schools",
    "and",
    "new",
    "library",
    "whose",
    "doors",
    "open",
    "in",
    "spring",
    "when",
    "residents",
    "may",
    "ask",
    "questions",
    "of",
    "planners",
    "who",
    "draft",
    "maps",
    "zoning",
    "parks",
    "Straße",
    "café",
    "naïve",
    "“quoted”",
    "–",
    "dash",
];

/// What a feed is like.
#[derive(Clone, Copy)]
pub struct Kind {
    pub is_atom: bool,
    /// Whether its HTML is escaped, or else stands in CDATA sections.
    pub is_escaped: bool,
    /// Whether its HTML has a tag every few words, or else every hundred.
    pub is_dense: bool,
}

impl Kind {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = Kind> {
        (0..8).map(|bits| Kind {
            is_atom: bits & 4 != 0,
            is_escaped: bits & 2 == 0,
            is_dense: bits & 1 == 0,
        })
    }

    pub fn name(self) -> String {
        format!(
            "{}-{}-{}",
            if self.is_atom { "atom" } else { "rss" },
            if self.is_escaped { "escaped" } else { "cdata" },
            if self.is_dense { "dense" } else { "sparse" },
        )
    }

    /// A feed of some number of bytes, with which nothing is wrong.
    pub fn feed(self, bytes: usize) -> String {
        let mut random = Random(1);
        let mut feed = String::with_capacity(bytes + 100_000);
        feed.push_str(if self.is_atom { ATOM } else { RSS });
        for number in 0.. {
            if feed.len() >= bytes {
                break;
            }
            self.entry(number, &mut random, &mut feed);
        }
        feed.push_str(if self.is_atom {
            "</feed>\n"
        } else {
            "</channel>\n</rss>\n"
        });
        feed
    }

    fn entry(self, number: usize, random: &mut Random, feed: &mut String) {
        let mut html = String::new();
        for _ in 0..4 + random.below(12) {
            random.block(self.is_dense, &mut html);
        }
        let html = if self.is_escaped {
            html.replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
        } else {
            format!("<![CDATA[{html}]]>")
        };
        let (title, summary) = (random.words(5), random.words(12));
        let (minute, second) = (number / 60 % 60, number % 60);
        let (hour, day, month) = (
            number / 3600 % 24,
            number / 86_400 % 28 + 1,
            number / 2_419_200 % 12 + 1,
        );
        let _ = if self.is_atom {
            write!(
                feed,
                "<entry>\n<title>{title}</title>\n<id>tag:example.org,2024:{number}</id>\n\
                 <link href=\"https://example.org/{number}\"/>\n\
                 <updated>2024-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z</updated>\n\
                 <summary>{summary}</summary>\n<content type=\"html\">{html}</content>\n</entry>\n"
            )
        } else {
            write!(
                feed,
                "<item>\n<title>{title}</title>\n<link>https://example.org/{number}</link>\n\
                 <guid isPermaLink=\"false\">tag:example.org,2024:{number}</guid>\n\
                 <pubDate>Tue, 02 Jan 2024 10:{minute:02}:{second:02} GMT</pubDate>\n\
                 <description>{summary}</description>\n\
                 <content:encoded>{html}</content:encoded>\n</item>\n"
            )
        };
    }
}

const RSS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" \
    xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n<title>Bench</title>\n\
    <link>https://example.org/</link>\n<description>A feed</description>\n<language>en</language>\n\
    <atom:link href=\"https://example.org/rss.xml\" rel=\"self\" type=\"application/rss+xml\"/>\n";

const ATOM: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Bench</title>\n\
    <id>https://example.org/</id>\n<updated>2024-12-31T10:00:00Z</updated>\n\
    <author><name>A</name></author>\n<link rel=\"self\" href=\"https://example.org/atom.xml\"/>\n";

/// Random numbers, so that a change of these, and nothing else, changes the feeds.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }

    fn block(&mut self, is_dense: bool, html: &mut String) {
        let number = self.below(10_000);
        let (one, two, three) = (self.words(1), self.words(2), self.words(4));
        let _ = match number % 5 {
            _ if !is_dense => writeln!(html, "<p>{}.</p>", self.words(60 + number % 60)),
            0 => writeln!(html, "<h2>{two}</h2>"),
            1 => writeln!(
                html,
                "<ul>\n<li><a href=\"https://example.org/{number}\">{two}</a> <b>{one}</b></li>\n\
                 <li>{two} <i>{one}</i></li>\n</ul>"
            ),
            2 => writeln!(
                html,
                "<p><em>{two}</em> {three} <code>a &lt; b</code> <strong>{one}</strong><br/>\
                 {two} &amp; {three}</p>"
            ),
            3 => writeln!(
                html,
                "<table><tbody><tr><td>{one}</td><td>{two}</td></tr><tr><td>{one}</td>\
                 <td class=\"n\">{number}</td></tr></tbody></table>"
            ),
            _ => writeln!(
                html,
                "<p><img src=\"https://example.org/{number}.png\" alt=\"{two}\" width=\"640\"> \
                 <span class=\"x\">{three}</span></p>"
            ),
        };
    }
}
