//! What the page may do: run its one script, use its one style sheet, and show the site's images.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The script, on one line. It never changes with what a site has, so that its hash can be named in the
/// configuration of a server.
pub(super) fn script() -> String {
    let lines = include_str!("page.js").lines().map(str::trim);
    let lines: Vec<_> = lines.filter(|line| !line.starts_with("//")).collect();
    lines.join(" ")
}

/// The Content Security Policy (CSP level 3) of a page with this style sheet. It asks for nothing but
/// the images of its own server.
pub(super) fn policy(style: &str) -> String {
    format!(
        "default-src 'none'; img-src 'self'; script-src '{}'; style-src '{}'; base-uri 'none'; \
         form-action 'none'",
        source(&script()),
        source(style)
    )
}

/// What names a text as one that a page may have in itself.
fn source(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_named_by_their_hashes() {
        // The example of section 2.3.1 of the specification.
        assert_eq!(
            source("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
        // Nothing in it could end it, or be a comment that swallows what follows on its line.
        assert!(
            !script().contains("</") && !script().contains("//"),
            "{}",
            script()
        );
    }
}
