//! The feeds that a page can name in its head, or a server in its answers.

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::slug::fold;
use feedwright_base::text::nearest;
use feedwright_feed::Format;
use feedwright_site::config::{Config, Host, Taxonomy};

use crate::redirects;
use crate::select::{self, Memory, Selection};
use crate::state::State;

use crate::build::left;
use crate::load;
use crate::run::Progress;

/// One file of a feed, for those who look for feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// The feed's title, with the format where it is written in several.
    pub title: String,
    /// The format.
    pub format: Format,
    /// Where it is found.
    pub url: String,
    /// The language of its posts, where that is not the site's.
    pub language: Option<String>,
}

/// The links to a site's own feed, to those of its other languages, and to those of some tags,
/// categories or whatever has feeds, in all languages.
///
/// # Errors
///
/// A folder or file that cannot be read, a lock that cannot be, and a tag that has no feed.
pub fn links(
    config: &Config,
    tags: &[String],
    diags: &mut Diagnostics,
    progress: Progress<'_>,
) -> Result<Vec<FeedLink>, Error> {
    let mut links = of(&select::own(config), config);
    // Only posts tell which languages there are.
    let has_languages = config.feeds.taxonomies.contains(&Taxonomy::Languages);
    if tags.is_empty() && !has_languages {
        return Ok(links);
    }
    let (state, loaded) = load::under_lock(config, diags, progress)?;
    let memory = Memory {
        state: &state,
        fill_up: false,
        is_whole: loaded.broken.is_empty(),
    };
    let selections = select::select(&loaded.posts, config, &memory, diags);
    let of_languages = selections.iter().filter(|one| one.is_of_language());
    links.extend(of_languages.flat_map(|selection| of(selection, config)));
    for tag in tags {
        for selection in of_tag(tag, &selections)? {
            for link in of(selection, config) {
                if !links.contains(&link) {
                    links.push(link);
                }
            }
        }
    }
    Ok(links)
}

/// The feeds of a tag or the like, by its name or slug: the first of each language.
fn of_tag<'s>(tag: &str, selections: &'s [Selection]) -> Result<Vec<&'s Selection>, Error> {
    let wanted = fold(tag);
    let is_wanted = |selection: &&Selection| {
        let name = selection.name.as_deref();
        let slug = selection.key.rsplit('/').next();
        name.is_some_and(|name| fold(name) == wanted) || (name.is_some() && slug == Some(tag))
    };
    let mut found: Vec<&Selection> = Vec::new();
    for selection in selections.iter().filter(is_wanted) {
        if !found
            .iter()
            .any(|known| known.language == selection.language)
        {
            found.push(selection);
        }
    }
    if found.is_empty() {
        let names = selections.iter().filter_map(|one| one.name.as_deref());
        let help = match nearest(tag, names, |distance, name| distance * 3 <= name.len()) {
            Some(name) => format!(": did you mean `{name}`?"),
            None => String::new(),
        };
        return Err(Error::new(format!("no feed is of `{tag}`{help}")));
    }
    Ok(found)
}

/// The redirects from old addresses of feeds to those that take their places, in the language of a
/// host.
///
/// # Errors
///
/// A lock that cannot be read, and a site that has none.
pub(crate) fn redirects(config: &Config, host: Host) -> Result<String, Error> {
    let state = State::of_lock(config)?;
    let Some(left_records) = state.left() else {
        return Err(Error::new(
            "only feedwright.lock says where feeds were, and there is none: `state: lock` keeps one",
        ));
    };
    let files = state.keys();
    let is_known = |file: &str| files.contains_key(file);
    let redirects = left::redirects(left_records, &is_known, config);
    Ok(redirects::text(&redirects, host, left::NGINX_NAME))
}

fn of(selection: &Selection, config: &Config) -> Vec<FeedLink> {
    let title = selection.title(&config.site);
    let is_one = selection.places.len() == 1;
    let links = selection.places.iter().map(|place| FeedLink {
        title: if is_one {
            title.clone()
        } else {
            format!("{title} ({})", place.format.name())
        },
        format: place.format,
        url: place.url.to_string(),
        language: selection.language.clone(),
    });
    links.collect()
}
