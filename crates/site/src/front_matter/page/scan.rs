//! What stands in a page that may say something of it.

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
    /// The text of the first link to an author.
    pub(super) author: Option<String>,
    /// The texts of links to tags.
    pub(super) tags: Vec<String>,
    /// The words before which the parts of a list or a section begin.
    pub(super) parts: Vec<usize>,
    pub(super) lists: Vec<Part>,
}

/// A part of a list, if it turns out to be one: an item, a row, or an article among others.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The part that it stands in.
    pub(super) outer: Option<usize>,
    pub(super) is_article: bool,
    /// Whether it leads to a page of its own.
    pub(super) leads_away: bool,
    pub(super) has_heading: bool,
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

    /// Whether the first entry is the only one that holds a heading of the first rank.
    pub(super) fn first_heads(&self) -> bool {
        let holds = |heading: &Heading| heading.entry == Some(0);
        self.headings.iter().any(holds)
            && self
                .headings
                .iter()
                .all(|heading| heading.entry.is_none() || holds(heading))
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
    pub(super) part: Option<usize>,
    /// The entry that it stands in, by its place.
    pub(super) entry: Option<usize>,
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
    pub(super) part: Option<usize>,
    /// What it is marked as.
    pub(super) class: String,
    /// Whether it stands beside a title that leads to another page.
    pub(super) is_listed: bool,
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
    pub(super) part: Option<usize>,
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
