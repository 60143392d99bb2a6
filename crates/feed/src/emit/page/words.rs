//! The words that people read on the page and above a feed, by language.

use feedwright_base::date::Timestamp;
use feedwright_base::language::primary;

use super::texts::{ALL, ENGLISH};

/// The words of one language.
pub(crate) struct Words {
    /// Its BCP 47 tag.
    pub(super) tag: &'static str,
    /// Whether it is written from right to left.
    pub(super) is_rtl: bool,
    /// The title of the page, of the name of the site.
    pub(super) follow: &'static str,
    pub(super) all_news: &'static str,
    pub(super) by_email: &'static str,
    pub(super) in_a_reader: &'static str,
    pub(super) how: &'static str,
    pub(super) address: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,
    pub(super) others: &'static str,
    pub(super) formats: &'static str,
    pub(super) open_in: &'static str,
    pub(super) app: &'static str,
    pub(super) newest: &'static str,
    pub(super) choose: &'static str,
    pub(super) filter: &'static str,
    pub(super) contents: &'static str,
    pub(super) opml: &'static str,
    pub(super) tags: &'static str,
    pub(super) categories: &'static str,
    pub(super) authors: &'static str,
    pub(super) sections: &'static str,
    pub(super) languages: &'static str,
    pub(super) topics: &'static str,
    /// A number of posts, by the rules of the Unicode CLDR for whole numbers.
    pub(super) posts: fn(usize) -> &'static str,
    /// When the last post is from, of a date.
    pub(super) last: &'static str,
    /// The names of the months, with blanks between them.
    pub(super) months: &'static str,
    /// A date, in signs of `strftime`; `{}` is the name of the month.
    pub(super) date: &'static str,
    /// What stands above a feed in a browser. It goes into a style sheet: no quotes, no backslash.
    pub(super) feed: &'static str,
}

impl Words {
    /// The words of the language with this tag, or English ones.
    pub(crate) fn of(tag: Option<&str>) -> &'static Words {
        tag.and_then(Words::known).unwrap_or(&ENGLISH)
    }

    /// The words of the language with this tag, if they are known.
    pub(super) fn known(tag: &str) -> Option<&'static Words> {
        let tag = tag.to_ascii_lowercase();
        let has = |wanted: &[&str]| tag.split('-').any(|part| wanted.contains(&part));
        let is_traditional = !has(&["hans"]) && has(&["hant", "tw", "hk", "mo"]);
        let wanted = match primary(&tag) {
            "zh" if is_traditional => "zh-Hant",
            "zh" => "zh-Hans",
            other => other,
        };
        ALL.into_iter().find(|words| words.tag == wanted)
    }

    /// What stands above a feed in a browser, and whether from right to left.
    pub(crate) fn of_feed(&self) -> (&'static str, bool) {
        (self.feed, self.is_rtl)
    }

    /// So many posts.
    pub(super) fn count(&self, posts: usize) -> String {
        (self.posts)(posts).replace("{}", &posts.to_string())
    }

    /// The day of a time.
    pub(super) fn day(&self, time: Timestamp) -> String {
        let day = time.day();
        let number: usize = day.format("%-m").to_string().parse().unwrap_or_default();
        let month = number.checked_sub(1);
        let month = month.and_then(|at| self.months.split(' ').nth(at));
        let pattern = self.date.replace("{}", month.unwrap_or_default());
        day.format(&pattern).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_tag() {
        for (tag, expected) in [
            ("en-US", "en"),
            ("de-AT", "de"),
            ("zh", "zh-Hans"),
            ("zh-CN", "zh-Hans"),
            ("zh-Hans-HK", "zh-Hans"),
            ("zh-TW", "zh-Hant"),
            ("zh-Hant", "zh-Hant"),
            ("ar-EG", "ar"),
            ("pl", "en"),
        ] {
            assert_eq!(Words::of(Some(tag)).tag, expected, "{tag}");
        }
        assert_eq!(Words::of(None).tag, "en");
    }

    #[test]
    fn numbers_and_dates_are_said_as_people_do() {
        let count = |tag, posts| Words::of(Some(tag)).count(posts);
        assert_eq!(count("en", 1), "1 post");
        assert_eq!(count("en", 0), "0 posts");
        assert_eq!(count("fr", 0), "0 publication");
        assert_eq!(count("es", 0), "0 publicaciones");
        assert_eq!(count("ja", 12), "12件");
        for (posts, expected) in [
            (1, "منشور واحد"),
            (2, "منشوران"),
            (7, "7 منشورات"),
            (11, "11 منشورًا"),
            (100, "100 منشور"),
            (103, "103 منشورات"),
        ] {
            assert_eq!(count("ar", posts), expected, "{posts}");
        }
        let time = Timestamp::from_epoch(1_709_640_000).expect("a time");
        let day = |tag| Words::of(Some(tag)).day(time);
        assert_eq!(day("en"), "5 March 2024");
        assert_eq!(day("de"), "5. März 2024");
        assert_eq!(day("es"), "5 de marzo de 2024");
        assert_eq!(day("zh"), "2024年3月5日");
        assert_eq!(day("ar"), "5 مارس 2024");
    }

    #[test]
    fn no_text_is_missing_or_breaks_a_style_sheet() {
        for words in ALL {
            assert!(words.follow.contains("{}") && words.last.contains("{}"));
            assert!(words.date.contains("{}"), "{}", words.tag);
            assert!(!words.feed.contains(['"', '\\', '\n']), "{}", words.tag);
        }
    }
}
