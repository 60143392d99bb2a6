//! HTML that is only looked at: nothing is loaded, and no link leads anywhere.

use ego_tree::NodeId;
use scraper::Html;
use url::Url;

use super::links::Base;
use super::sanitize::sanitize;
use super::tree;

/// Sanitizes HTML of any program and takes out what would be loaded: images, sounds and videos
/// become their names, links keep only their addresses as titles. `None` where it nests too deeply
/// to be parsed.
///
/// Relative addresses count from `base`, where that is one.
pub fn still(html: &str, base: &str) -> Option<String> {
    let url = Url::parse(base)
        .or_else(|_| Url::parse("https://preview.invalid/"))
        .ok()?;
    let base = Base {
        url: &url,
        prefix: "preview",
        files: None,
    };
    let clean = sanitize(html, &base).ok()?;
    let mut tree = Html::parse_fragment(&clean);
    for id in tree::ids(&tree, &["img", "audio", "video", "source", "track", "a"]) {
        let Some(element) = tree::element(&tree, id) else {
            continue;
        };
        match element.name() {
            "img" => {
                let text = match element.attr("alt").unwrap_or_default().trim() {
                    "" => "Image".to_owned(),
                    alt => format!("Image: {alt}"),
                };
                show(&mut tree, id, &text);
            }
            "audio" => show(&mut tree, id, "Audio"),
            "video" => show(&mut tree, id, "Video"),
            "a" => {
                if let Some(address) = tree::unset(&mut tree, id, "href") {
                    tree::set(&mut tree, id, "title", &address);
                }
            }
            _ => tree::remove(&mut tree, id),
        }
    }
    Some(tree.root_element().inner_html())
}

/// Shows a text where something would be loaded.
fn show(tree: &mut Html, id: NodeId, text: &str) {
    tree::become_element(tree, id, "span", &[("class", "media")], text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(
            still(html, "https://example.gov/a/").as_deref(),
            Some(expected)
        );
    }

    #[test]
    fn media_are_named_and_links_lead_nowhere() {
        check("<p>Text</p>", "<p>Text</p>");
        check(
            "<p><img src=x.png alt=\"A <b> &amp; c\"><img src=y.png></p>",
            "<p><span class=\"media\">Image: A &lt;b&gt; &amp; c</span><span class=\"media\">Image</span></p>",
        );
        check(
            "<video src=v.mp4 poster=p.png><track src=t.vtt></video><audio src=a.mp3></audio>",
            "<span class=\"media\">Video</span><span class=\"media\">Audio</span>",
        );
        check(
            "<a href=\"b?x=1&amp;y=2\">B</a>",
            "<a title=\"https://example.gov/a/b?x=1&amp;y=2\">B</a>",
        );
    }

    #[test]
    fn what_runs_or_loads_goes() {
        for html in [
            "<script>x()</script>",
            "<img src=x onerror=x()>",
            "<a href=\"javascript:x()\">x</a>",
            "<iframe src=\"https://evil.example/\"></iframe>",
            "<picture><source srcset=\"https://evil.example/x\"><img src=https://evil.example/></picture>",
            "<link rel=preconnect href=//evil.example><style>@import '//evil.example'</style>",
            "<meta http-equiv=refresh content=\"0;url=//evil.example\"><base href=//evil.example>",
            "<form action=//evil.example><button>x</button></form>",
            "<div style=\"background:url(//evil.example)\">x</div>",
        ] {
            let still = still(html, "no address").expect("HTML");
            for part in ["<script", "onerror", "javascript:", "src", "href", "url("] {
                assert!(!still.contains(part), "{html}: {still}");
            }
        }
    }

    #[test]
    fn what_nests_too_deeply_is_not_shown() {
        assert_eq!(still(&"<div>".repeat(100_000), ""), None);
    }
}
