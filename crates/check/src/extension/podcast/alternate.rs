//! Checks alternate forms of the file that comes with an episode.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::super::context::Context;
use super::super::super::names::Ns;
use super::super::super::schema::{Attr, Child, Kind, Need, Spot};
use super::super::super::tree::Element;
use super::super::super::value::{language, media_type, number, one_of, uri};
use super::text::{at_most_32, boolean};
use super::{INTEGRITY, advise, page};

pub(super) static ENCLOSURE: Kind = Kind::elements(
    page!("Alternate Enclosure"),
    &[&[(
        Ns::Podcast,
        &[
            Child::many("source", &SOURCE),
            Child::once("integrity", &INTEGRITY_KIND),
        ],
    )]],
)
.with(&[
    Attr::required("type", &[media_type::media_type]),
    Attr::optional("length", &[number::non_negative]),
    Attr::optional("bitrate", &[number::decimal]),
    Attr::optional("height", &[number::positive]),
    Attr::optional("lang", &[language::tag]),
    Attr::optional("title", &[at_most_32]),
    Attr::optional("rel", &[at_most_32]),
    Attr::optional("codecs", &[]),
    Attr::optional("default", &[boolean]),
])
.needing(&[Need::required("source").of(Ns::Podcast)])
.ruled(&[enclosure]);

// Other schemes than those of the web, such as `ipfs:`, are allowed on purpose.
static SOURCE: Kind = Kind::empty(
    page!("Source"),
    &[
        Attr::required("uri", &[uri::absolute]),
        Attr::optional("contentType", &[media_type::media_type]),
    ],
);

static INTEGRITY_KIND: Kind = Kind::empty(
    page!("Integrity"),
    &[
        Attr::required("type", &[integrity_type]),
        Attr::required("value", &[integrity]),
    ],
);

fn enclosure(element: &Element, cx: &mut Context<'_>) {
    advise(element, ENCLOSURE.section, &["length"], cx);
}

fn integrity_type(spot: &Spot<'_>, cx: &mut Context<'_>) {
    one_of(spot, cx, &["sri", "pgp-signature"]);
}

/// Whether a text is one digest or more, each with its algorithm and its length.
fn is_sri(text: &str) -> bool {
    let is_digest = |word: &str| {
        let Some((algorithm, rest)) = word.split_once('-') else {
            return false;
        };
        let bytes = match algorithm {
            "sha256" => 32,
            "sha384" => 48,
            "sha512" => 64,
            _ => return false,
        };
        let digest = rest.split('?').next().unwrap_or_default();
        digest.len() < 100
            && STANDARD
                .decode(digest)
                .is_ok_and(|digest| digest.len() == bytes)
    };
    !text.is_empty() && text.split_whitespace().all(is_digest)
}

fn integrity(spot: &Spot<'_>, cx: &mut Context<'_>) {
    let is_sri_said = spot.element.attribute("type").map(str::trim) == Some("sri");
    if is_sri_said && !is_sri(spot.text) {
        spot.report(cx, &INTEGRITY, format!("{spot} is “{}”", spot.shown()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::itunes::tests::in_item;
    use super::*;

    #[test]
    fn digests() {
        let right = "sha384-ExVqijgYHm15PqQqdXfW95x+Rs6C+d6E/ICxyQOeFevnxNLR/wtJNrNYTjIysUBo";
        assert!(is_sri(right));
        assert!(is_sri(&format!("{right}?a {right}")));
        for text in [
            "",
            "sha384-",
            "sha384-AAAA",
            "md5-AAAA",
            "abc",
            "sha256",
            "sha384-é",
        ] {
            assert!(!is_sri(text), "{text}");
        }
        assert!(!is_sri(&right.replace("384", "256")));
    }

    #[test]
    fn other_files() {
        let digest = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        in_item(&[
            (
                &format!(
                    "<podcast:alternateEnclosure type=\"video/mp4\" length=\"1\" bitrate=\"5.5\" \
                     height=\"720\" lang=\"en\" title=\"a\" rel=\"default\" default=\"true\">\
                     <podcast:source uri=\"https://e.com/a.mp4\"/>\
                     <podcast:source uri=\"ipfs://Qm\" contentType=\"video/mp4\"/>\
                     <podcast:integrity type=\"sri\" value=\"{digest}\"/></podcast:alternateEnclosure>"
                ),
                &[],
            ),
            (
                "<podcast:alternateEnclosure/>",
                &[
                    "attribute-missing",
                    "element-missing",
                    "podcast-attribute-recommended",
                ],
            ),
            (
                "<podcast:alternateEnclosure type=\"a/b\" length=\"1\"><podcast:source uri=\"https://e.com/\"/>\
                 <podcast:integrity type=\"sri\" value=\"abc\"/></podcast:alternateEnclosure>",
                &["podcast-integrity"],
            ),
        ]);
    }
}
