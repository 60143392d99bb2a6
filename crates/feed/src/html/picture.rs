//! Finds the picture that a text shows first.

use feedwright_base::slice::Slice;
use feedwright_base::text::plain;
use html_escape::decode_html_entities;
use url::Url;

use crate::Image;

use super::Html;

/// Pictures that are as small count who reads, or draw a line.
const SMALL: u32 = 8;

impl Html {
    /// The first picture of the web that is no mere dot, with what is said of it.
    pub fn first_image(&self) -> Option<Image> {
        // Text has no such sign, and attributes stand in quotes: this HTML is our own.
        let mut tags = self.as_str().match_indices("<img ");
        tags.find_map(|(at, name)| {
            let rest = self.as_str().slice(at + name.len()..);
            image(&attributes(rest))
        })
    }
}

fn image(attributes: &[(&str, String)]) -> Option<Image> {
    let get = |name: &str| {
        let found = attributes.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    };
    let url = Url::parse(get("src")?).ok()?;
    let pixels = |name: &str| get(name)?.parse::<u32>().ok();
    let (width, height) = (pixels("width"), pixels("height"));
    let is_small = |size: Option<u32>| size.is_some_and(|pixels| pixels < SMALL);
    if !matches!(url.scheme(), "http" | "https") || is_small(width) || is_small(height) {
        return None;
    }
    Some(Image {
        // One alone says nothing of the shape.
        width: width.filter(|_| height.is_some()),
        height: height.filter(|_| width.is_some()),
        alt: get("alt").map(plain).filter(|alt| !alt.is_empty()),
        ..Image::new(url)
    })
}

/// The attributes of a tag, as the sanitizer writes them.
fn attributes(tag: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some((name, after)) = rest.trim_start().split_once("=\"") {
        let Some((value, next)) = after.split_once('"') else {
            break;
        };
        // The tag ended before.
        if name.contains(['>', '<']) {
            break;
        }
        found.push((name, decode_html_entities(value).into_owned()));
        rest = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Base;

    #[test]
    fn the_first_that_is_one() {
        let url = Url::parse("https://example.gov/a/").expect("a URL");
        let first = |html: &str| {
            let base = Base {
                url: &url,
                prefix: "x",
                files: None,
            };
            Html::sanitize(html, &base).expect("HTML").first_image()
        };
        let image = first(
            "<p>&lt;img src=\"no.png\"&gt; <img src=\"https://t.example/1.gif\" width=1 height=1>\
             <img alt='A \"b\" &amp; c' src='x.png?a=1&amp;b=2' width=640 height=480></p>",
        );
        let image = image.expect("a picture");
        assert_eq!(image.url.as_str(), "https://example.gov/a/x.png?a=1&b=2");
        assert_eq!(image.alt.as_deref(), Some("A \"b\" & c"));
        assert_eq!((image.width, image.height), (Some(640), Some(480)));
        let image = first("<img src=y.png width=640 alt=\"\">").expect("a picture");
        assert_eq!((image.width, image.alt), (None, None));
        assert_eq!(
            first("<p>No picture, and <code>&lt;img src=x&gt;</code></p>"),
            None
        );
    }
}
