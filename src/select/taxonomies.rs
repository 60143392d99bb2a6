//! Feeds of the members of taxonomies, in the site's own language and in its others.

use std::borrow::Cow;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::language::is_tag;
use feedwright_base::permalink;
use feedwright_base::slug::{self, fold};
use feedwright_feed::Translation;
use feedwright_site::config::{Config, LanguageSite, Taxonomy};
use feedwright_site::post::Post;
use url::Url;

use super::groups::{Group, Slug, folder_of, groups, slugs};
use super::max_feeds::Member;
use super::places::places;
use super::{Memory, Selection};

/// What members of taxonomies are found in.
pub(super) struct Site<'a> {
    pub(super) posts: &'a [Post],
    /// The indices of the posts that feeds may take, newest first.
    pub(super) order: &'a [usize],
    pub(super) config: &'a Config,
    pub(super) memory: &'a Memory<'a>,
}

/// One of the languages beside the site's own, and the feed of all its posts.
struct Language<'a> {
    tag: &'a str,
    /// Its feed.
    whole: &'a Selection,
}

impl Site<'_> {
    /// One feed for each member of each taxonomy that the configuration wants, and of those of other
    /// languages one for each member among their posts.
    pub(super) fn members(&self, diags: &mut Diagnostics) -> Vec<Member> {
        let mut members = Vec::new();
        for taxonomy in &self.config.feeds.taxonomies {
            match taxonomy {
                Taxonomy::Languages => members.extend(self.of_languages(diags)),
                _ => members.extend(self.of_taxonomy(taxonomy, None, diags)),
            }
        }
        self.name_absent(&members, diags);
        members
    }

    /// Warns of what shall have a feed and is nowhere among the posts.
    fn name_absent(&self, members: &[Member], diags: &mut Diagnostics) {
        for (at, wanted) in self.config.feeds.include.iter().enumerate() {
            let is_wanted = |member: &Member| {
                let name = member.selection.name.as_deref();
                name.is_some_and(|name| fold(name) == fold(wanted))
            };
            if !members.iter().any(is_wanted) {
                diags.warning(
                    "config-include",
                    self.config.written.place_of_item("feeds.include", at),
                    format!("`feeds.include` names `{wanted}`, which no post has"),
                    "write it as the posts have it, or remove it",
                );
            }
        }
    }

    /// The feeds of one taxonomy among the posts of a language; `None` is the site's own.
    fn of_taxonomy(
        &self,
        taxonomy: &Taxonomy,
        language: Option<&Language<'_>>,
        diags: &mut Diagnostics,
    ) -> Vec<Member> {
        let tag = language.map(|language| language.tag);
        let own = self.config.language();
        let groups = groups(taxonomy, self.posts, self.order, own, tag);
        let slugs = slugs(&groups);
        let folder = folder_of(taxonomy.as_str());
        let mut members = Vec::new();
        for (key, group) in &groups {
            if !is_wanted(key, group, self.config) {
                continue;
            }
            let (name, slug) = (group.name(), &slugs[key]);
            name_oddities(group, slug, self.posts, diags);
            let mut selection = Selection {
                name: Some(name.to_owned()),
                home: term_page(taxonomy, name, &self.config.site.url, self.config),
                ..Selection::default()
            };
            let (mut folder, mut path) = (Cow::from(&folder), Cow::from(&slug.text));
            if let Some(Language { tag, whole }) = language {
                // Its place is below that of its language: `languages/fr/tags/budget`.
                let (all, of_language) = whole.key.split_once('/').unwrap_or_default();
                path = format!("{of_language}/{folder}/{path}").into();
                folder = all.to_owned().into();
                selection.language = Some((*tag).to_owned());
                selection.within = Some(whole.title(&self.config.site));
                selection.description.clone_from(&whole.description);
                let base = whole.home.as_ref();
                let page = base.and_then(|base| term_page(taxonomy, name, base, self.config));
                selection.home = page.or_else(|| whole.home.clone());
            }
            members.push(self.member(selection, (&folder, &path), group));
        }
        members
    }

    /// The feeds of the languages beside the site's own, each with those of the other taxonomies
    /// among its posts after it.
    fn of_languages(&self, diags: &mut Diagnostics) -> Vec<Member> {
        let own = self.config.language();
        let groups = groups(&Taxonomy::Languages, self.posts, self.order, own, None);
        let slugs = slugs(&groups);
        let folder = folder_of(Taxonomy::Languages.as_str());
        let mut members = Vec::new();
        for (key, group) in &groups {
            let (name, slug) = (group.name(), &slugs[key]);
            name_oddities(group, slug, self.posts, diags);
            let said = said(name, self.config);
            let title = said.and_then(|said| said.title.clone());
            let selection = Selection {
                name: Some(name.to_owned()),
                // Two feeds with one title could not be told apart.
                title: title.filter(|title| *title != self.config.site.title),
                description: said.and_then(|said| said.description.clone()),
                language: Some(name.to_owned()),
                home: said.and_then(|said| said.home.clone()),
                ..Selection::default()
            };
            let whole = self.member(selection, (&folder, &slug.text), group);
            let language = Language {
                tag: name,
                whole: &whole.selection,
            };
            let taxonomies = self.config.feeds.taxonomies.iter();
            let others = taxonomies.filter(|taxonomy| **taxonomy != Taxonomy::Languages);
            let parts: Vec<Member> = others
                .flat_map(|taxonomy| self.of_taxonomy(taxonomy, Some(&language), diags))
                .collect();
            if is_wanted(key, group, self.config) {
                members.push(whole);
            }
            members.extend(parts);
        }
        members
    }

    /// The feed of a group at a place, which is its folder and the path below that.
    fn member(&self, selection: Selection, place: (&str, &str), group: &Group<'_>) -> Member {
        let selection = Selection {
            key: format!("{}/{}", place.0, place.1),
            places: places(self.config, Some(place)),
            ..selection
        };
        let (config, memory) = (self.config, self.memory);
        let is_known = memory.feed(&selection.key, &selection.places).is_some();
        let own = group.posts.iter().copied();
        Member {
            selection: selection.take(own, self.posts, config, memory),
            posts: group.posts.len(),
            is_known,
        }
    }
}

/// The page that the site has of a member of a taxonomy, below the home page of a language.
fn term_page(taxonomy: &Taxonomy, name: &str, base: &Url, config: &Config) -> Option<Url> {
    let mut pages = config.feeds.term_pages.iter();
    let page = pages.find(|page| page.taxonomy == *taxonomy)?;
    let slug = slug::jekyll(name, false, false);
    // A member without a slug has no page.
    let slug = Some(permalink::encode(&slug)).filter(|slug| !slug.is_empty())?;
    let path = page.pattern.replace(":name", &slug);
    base.join(path.trim_start_matches('/'))
        .ok()
        .and_then(|url| permalink::strict(&url))
}

/// What the site's generator says of a language.
fn said<'c>(tag: &str, config: &'c Config) -> Option<&'c LanguageSite> {
    config
        .feeds
        .languages
        .iter()
        .find(|language| language.tag == tag)
}

/// Lets the feeds of the site and of its languages name the home pages of each other.
pub(super) fn name_languages(selections: &mut [Selection], config: &Config) {
    let Some(own) = config.language().filter(|own| is_tag(own)) else {
        return;
    };
    let mut translations = vec![Translation {
        language: own.to_owned(),
        url: config.site.url.clone(),
    }];
    for selection in &*selections {
        if let Some((language, url)) = selection.language.as_ref().zip(selection.home.as_ref())
            && selection.is_of_language()
            && is_tag(language)
            && !translations.iter().any(|known| known.url == *url)
        {
            translations.push(Translation {
                language: language.clone(),
                url: url.clone(),
            });
        }
    }
    if translations.len() < 2 {
        return;
    }
    let named = selections.iter_mut().filter(|selection| {
        let has_home = selection.home.is_some() && selection.is_of_language();
        selection.name.is_none() || has_home
    });
    for selection in named {
        selection.translations.clone_from(&translations);
    }
}

/// Whether the configuration wants a feed of a group.
fn is_wanted(key: &str, group: &Group<'_>, config: &Config) -> bool {
    let is_in = |list: &[String]| list.iter().any(|name| fold(name) == key);
    let include = &config.feeds.include;
    if (!include.is_empty() && !is_in(include)) || is_in(&config.feeds.exclude) {
        return false;
    }
    // What is asked for by its name has a feed, however few its posts are.
    group.posts.len() >= config.feeds.min_posts || !include.is_empty()
}

/// Says that a group is spelled in several ways, or that another one has its slug.
fn name_oddities(group: &Group<'_>, slug: &Slug, posts: &[Post], diags: &mut Diagnostics) {
    let name = group.name();
    if group.spellings.len() > 1 {
        let spellings: Vec<&str> = group.spellings.keys().copied().collect();
        let message = format!(
            "{} are one feed, called “{name}”: they differ only in case or separators",
            spellings.join(", ")
        );
        let path = &posts[group.posts[0]].path;
        diags.note("tag-spelling", Location::file(path), message);
    }
    if slug.is_shared {
        diags.warning(
            "tag-slug",
            Location::file(&posts[group.posts[0]].path),
            format!(
                "the feed of “{name}” is at `{}`, because another tag has its slug",
                slug.text
            ),
            "rename one of the tags, unless they are different things",
        );
    }
}
