//! Feeds that have moved, where no server says so: the published file names its successor.

use quick_xml::escape::escape;
use url::Url;

use crate::Format;

/// The namespace of `itunes:new-feed-url`.
const ITUNES: &str = " xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"";

/// The text of a published feed of ours, with another one named in its head as its successor: by
/// `link rel="self"` in Atom and RSS, also by `itunes:new-feed-url` in podcasts, by `feed_url` in
/// JSON Feed. Entries stay byte for byte. `None` where the head is not as we write it.
pub fn with_successor(
    format: Format,
    document: &str,
    (url, successor): (&Url, Format),
) -> Option<String> {
    let entries = match format {
        Format::Rss => "<item>",
        Format::Atom => "<entry",
        Format::Json => "\"items\":",
    };
    let lines: Vec<&str> = document.split_inclusive('\n').collect();
    let is_first = |line: &&str| line.trim_start().starts_with(entries);
    let head = lines.iter().position(is_first).unwrap_or(lines.len());
    let (head, rest) = lines.split_at_checked(head)?;
    let (start, mark) = match format {
        Format::Rss => ("<atom:link ", " rel=\"self\" "),
        Format::Atom => ("<link ", " rel=\"self\" "),
        Format::Json => ("\"feed_url\": ", ""),
    };
    // Texts of the site's own stand before it.
    let own = head.iter().rposition(|line| {
        let line = line.trim_start();
        line.starts_with(start) && line.contains(mark)
    })?;
    let indent = head.get(own)?.split(start).next()?;
    // Only programs for podcasts look for the element, and validators expect a show where one is.
    let is_itunes = (format, successor) == (Format::Rss, Format::Rss)
        && rest
            .iter()
            .any(|line| line.trim_start().starts_with("<enclosure "));
    let mut text = String::with_capacity(document.len() + 256);
    for (at, line) in head.iter().enumerate() {
        if at == own {
            text.push_str(indent);
            text.push_str(start);
            text.push_str(&match format {
                Format::Rss | Format::Atom => format!(
                    "href=\"{}\" rel=\"self\" type=\"{}\"/>\n",
                    escape(url.as_str()),
                    successor.media_type()
                ),
                Format::Json => format!("{},\n", serde_json::Value::from(url.as_str())),
            });
            if is_itunes {
                let url = escape(url.as_str());
                text.push_str(&format!(
                    "{indent}<itunes:new-feed-url>{url}</itunes:new-feed-url>\n"
                ));
            }
        } else if line.trim_start().starts_with("<rss ") && is_itunes && !line.contains(ITUNES) {
            let (before, after) = line.rsplit_once('>')?;
            text.push_str(&format!("{before}{ITUNES}>{after}"));
        } else if !is_old(line.trim_start()) {
            text.push_str(line);
        }
    }
    text.extend(rest.iter().copied());
    Some(text)
}

/// Whether a line says what only the successor says now: where that is, and where older posts are.
fn is_old(line: &str) -> bool {
    let starts = |marks: &[&str]| marks.iter().any(|mark| line.starts_with(mark));
    starts(&["<itunes:new-feed-url>", "\"next_url\": "])
        || (starts(&["<link ", "<atom:link "]) && line.contains(" rel=\"prev-archive\" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\">\n  \
        <channel>\n    <title>&#x3C;atom:link rel=\"self\" &gt;</title>\n    \
        <atom:link href=\"https://example.gov/a\" rel=\"self\" type=\"application/rss+xml\"/>\n    \
        <atom:link href=\"https://hub.example.gov/\" rel=\"hub\"/>\n    <item>\n      \
        <enclosure url=\"https://example.gov/a.mp3\" length=\"1\" type=\"audio/mpeg\"/>\n    \
        </item>\n  </channel>\n</rss>\n";

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn a_successor_is_named_once_and_replaced_by_another_one() {
        let b = url("https://example.gov/b?x=1&y='2'");
        let first = with_successor(Format::Rss, RSS, (&b, Format::Rss)).expect("a feed");
        assert!(first.contains(&format!("<rss version=\"2.0\"{ITUNES}>")));
        let href = "https://example.gov/b?x=1&amp;y=%272%27";
        assert!(first.contains(&format!(
            "<atom:link href=\"{href}\" rel=\"self\" type=\"application/rss+xml\"/>\n    \
             <itunes:new-feed-url>{href}</itunes:new-feed-url>\n    <atom:link"
        )));
        let again = with_successor(Format::Rss, &first, (&b, Format::Rss));
        assert_eq!(again.as_ref(), Some(&first));
        let c = url("https://example.gov/c");
        let other = with_successor(Format::Rss, &first, (&c, Format::Rss)).expect("a feed");
        assert_eq!(
            other,
            with_successor(Format::Rss, RSS, (&c, Format::Rss)).expect("a feed")
        );
    }

    #[test]
    fn only_podcasts_have_apples_element() {
        let text = RSS.replace("<enclosure ", "<other ");
        let archive = "<atom:link href=\"/\" rel=\"prev-archive\" type=\"a/b\"/>";
        let text = text.replace("    <item>", &format!("    {archive}\n    <item>"));
        let c = url("https://example.gov/c");
        for (text, format) in [(&*text, Format::Rss), (RSS, Format::Atom)] {
            let moved = with_successor(Format::Rss, text, (&c, format)).expect("a feed");
            assert!(!moved.contains("itunes"), "{moved}");
            assert!(!moved.contains("prev-archive"), "{moved}");
            assert!(moved.contains(format.media_type()), "{moved}");
        }
    }

    #[test]
    fn what_is_not_ours_stays() {
        let c = url("https://example.gov/c");
        for format in Format::ALL {
            assert_eq!(with_successor(format, "", (&c, format)), None);
            assert_eq!(
                with_successor(format, "<rss/>\n<item>\n", (&c, format)),
                None
            );
        }
    }
}
