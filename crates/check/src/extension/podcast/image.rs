//! Checks images of a podcast or an episode.

use super::super::super::context::Context;
use super::super::super::schema::{Attr, Kind, Spot};
use super::super::super::tree::Element;
use super::super::super::value::{media_type, number, uri};
use super::text::{at_most_128, https};
use super::{IMAGES, RATIO, SRCSET, advise, page};

pub(super) static IMAGE: Kind = Kind::empty(
    page!("Image"),
    &[
        Attr::required("href", &[https]),
        Attr::optional("alt", &[]),
        Attr::optional("aspect-ratio", &[ratio]),
        Attr::optional("width", &[number::positive]),
        Attr::optional("height", &[number::positive]),
        Attr::optional("type", &[media_type::media_type]),
        Attr::optional("purpose", &[at_most_128]),
    ],
)
.ruled(&[image]);

pub(super) static SOURCES: Kind =
    Kind::empty(page!("Images"), &[Attr::required("srcset", &[srcset])]).ruled(&[images]);

fn image(element: &Element, cx: &mut Context<'_>) {
    advise(
        element,
        IMAGE.section,
        &["alt", "aspect-ratio", "width"],
        cx,
    );
}

fn images(element: &Element, cx: &mut Context<'_>) {
    cx.report(
        &IMAGES,
        element.at,
        format!("`{}` has been replaced", element.qname),
    );
}

/// Checks a ratio of two numbers, as in CSS.
fn ratio(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_number = |text: &str| {
        let text = text.trim();
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && text.parse::<f64>().is_ok_and(|n| n > 0.0)
    };
    let (width, height) = spot.text.split_once('/').unwrap_or((spot.text, "1"));
    if !is_number(width) || !is_number(height) {
        spot.report(
            cx,
            &RATIO,
            format!("{spot} is “{}”, which is no aspect ratio", spot.shown()),
        );
    }
}

/// Checks addresses with widths.
fn srcset(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let mut words = spot.text.split_whitespace();
    let mut is_last = false;
    while let Some(address) = words.next() {
        let width = words.next().unwrap_or_default();
        is_last = !width.ends_with(',');
        let digits = width
            .trim_end_matches(',')
            .strip_suffix('w')
            .unwrap_or_default();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            is_last = false;
            break;
        }
        if is_last && words.next().is_some() {
            is_last = false;
            break;
        }
        uri::absolute(
            &Spot {
                text: address,
                ..*spot
            },
            cx,
        );
    }
    if !is_last {
        spot.report(cx, &SRCSET, format!("{spot} is “{}”", spot.shown()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::itunes::tests::in_item;

    #[test]
    fn images() {
        in_item(&[
            (
                "<podcast:image href=\"https://e.com/a.jpg\" alt=\"a\" aspect-ratio=\"16/9\" width=\"5\"/>",
                &[],
            ),
            (
                "<podcast:image href=\"https://e.com/a.jpg\"/>",
                &["podcast-attribute-recommended"],
            ),
            (
                "<podcast:image href=\"https://e.com/a.jpg\" alt=\"a\" aspect-ratio=\"wide\" width=\"5\"/>",
                &["podcast-aspect-ratio"],
            ),
            (
                "<podcast:images srcset=\"https://e.com/a.jpg 1500w, https://e.com/b.jpg 3w\"/>",
                &["podcast-images-deprecated"],
            ),
            (
                "<podcast:images srcset=\"https://e.com/a.jpg 1500w https://e.com/b.jpg 3w\"/>",
                &["podcast-srcset", "podcast-images-deprecated"],
            ),
            (
                "<podcast:images srcset=\"https://e.com/a.jpg\"/>",
                &["podcast-srcset", "podcast-images-deprecated"],
            ),
            (
                "<podcast:images srcset=\"\"/>",
                &["podcast-srcset", "podcast-images-deprecated"],
            ),
            (
                "<podcast:images srcset=\"/a.jpg 5w\"/>",
                &["uri-relative", "podcast-images-deprecated"],
            ),
        ]);
    }
}
