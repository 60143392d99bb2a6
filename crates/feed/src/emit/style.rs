//! How browsers show feeds.

use url::Url;

use super::page::Words;

/// The style sheet that feeds name by `xml-stylesheet`, with its words in the language of a BCP 47
/// tag, or else in English.
pub fn style(language: Option<&str>) -> String {
    let (words, is_rtl) = Words::of(language).of_feed();
    include_str!("feeds.css")
        .replace("WORDS", words)
        .replace("DIRECTION", if is_rtl { "rtl" } else { "ltr" })
}

/// Puts the processing instruction after the declaration of a document with this address:
/// “Associating Style Sheets with XML documents 1.0”. The style sheet's address counts from there, so
/// that it also holds where the site is looked at elsewhere, or in files.
pub(super) fn styled(document: String, style: Option<&Url>, own: &Url) -> String {
    let Some(style) = style else { return document };
    let path = own
        .make_relative(style)
        .unwrap_or_else(|| style.to_string());
    let path = path.replace('&', "&amp;").replace('"', "&quot;");
    match document.split_once("?>") {
        Some((declaration, rest)) => {
            format!("{declaration}?>\n<?xml-stylesheet type=\"text/css\" href=\"{path}\"?>{rest}")
        }
        None => document,
    }
}
