//! How browsers show feeds.

/// The style sheet that feeds name by `xml-stylesheet`.
pub const STYLE: &str = include_str!("feeds.css");

/// Puts the processing instruction after a document's declaration: “Associating Style Sheets with
/// XML documents 1.0”. The address begins at the site's root, so that it also holds where the site
/// is looked at elsewhere.
pub(super) fn styled(document: String, style: Option<&url::Url>) -> String {
    let Some(style) = style else { return document };
    let path = style.path().replace('&', "&amp;").replace('"', "&quot;");
    match document.split_once("?>") {
        Some((declaration, rest)) => {
            format!("{declaration}?>\n<?xml-stylesheet type=\"text/css\" href=\"{path}\"?>{rest}")
        }
        None => document,
    }
}
