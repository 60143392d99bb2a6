//! The languages of a site, as its generator says.

use feedwright_base::language::language_tag;
use feedwright_base::permalink;
use feedwright_base::text::plain;
use url::Url;

use super::SiteDefaults;

/// The site in one of its languages.
#[derive(Debug, Clone, PartialEq)]
pub struct LanguageSite {
    /// A tag of BCP 47.
    pub tag: String,
    pub title: Option<String>,
    pub description: Option<String>,
    /// Its home page.
    pub home: Option<Url>,
}

/// The site in its languages, below its base.
pub(super) fn languages(defaults: &SiteDefaults, base: Option<&Url>) -> Vec<LanguageSite> {
    let text = |text: &Option<String>| {
        let text = text.as_deref().map(plain);
        text.filter(|text| !text.is_empty())
    };
    let home = |home: &String| permalink::absolute(home, base?);
    let languages = defaults.languages.iter();
    languages
        .filter_map(|language| {
            Some(LanguageSite {
                tag: language_tag(&language.tag)?,
                title: text(&language.title),
                description: text(&language.description),
                home: language.home.as_ref().and_then(home),
            })
        })
        .collect()
}
