//! HTML that is only looked at: nothing is loaded, and no link leads anywhere.

use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use url::Url;

use super::links::Base;
use super::sanitize::sanitize;

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
    // Attributes stand as the sanitizer escaped them, so they go back as they are.
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("img", |image| {
            let alt = image.get_attribute("alt").unwrap_or_default();
            let text = match alt.trim() {
                "" => "Image".to_owned(),
                alt => format!("Image: {}", alt.replace('<', "&lt;")),
            };
            image.replace(&placeholder(&text), ContentType::Html);
            Ok(())
        }))
        .append_element_content_handler(element!("audio", |audio| {
            audio.replace(&placeholder("Audio"), ContentType::Html);
            Ok(())
        }))
        .append_element_content_handler(element!("video", |video| {
            video.replace(&placeholder("Video"), ContentType::Html);
            Ok(())
        }))
        .append_element_content_handler(element!("source, track", |source| {
            source.remove();
            Ok(())
        }))
        .append_element_content_handler(element!("a", |link| {
            if let Some(address) = link.get_attribute("href") {
                link.remove_attribute("href");
                link.set_attribute("title", &address)?;
            }
            Ok(())
        }));
    rewrite_str(&clean, settings).ok()
}

fn placeholder(text: &str) -> String {
    format!("<span class=\"media\">{text}</span>")
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
