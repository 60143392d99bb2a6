//! Posts to entries, and selections of them to feeds.

use std::sync::Arc;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_feed::podcast::{self, Show};
use feedwright_feed::{Entry, Extent, Feed, Format, Image, Place};
use feedwright_site::body::rendered::Finder;
use feedwright_site::body::{self, Rendered, Resources};
use feedwright_site::config::{Config, ContentKind, ImageSource, Podcast};
use feedwright_site::dialect::Markup;
use feedwright_site::load::known_picture;
use feedwright_site::post::Post;

use crate::select::Selection;
use crate::state::FeedRecord;

/// What a body becomes, given its text, and that of the post's page where the rendered site is the
/// source. Pure.
///
/// `None` means that it cannot be shown; the diagnostics say why.
pub(crate) fn rendered(
    text: &str,
    page: Option<(&str, Finder<'_>)>,
    post: &Post,
    config: &Config,
    resources: &Resources<'_>,
    diags: &mut Diagnostics,
) -> Option<Rendered> {
    if let Some((page, finder)) = page.filter(|_| config.content.dialect.reads_pages()) {
        return body::rendered::alone(page, finder, post, diags);
    }
    if post.markup == Markup::Other {
        return other_markup(page, post, diags);
    }
    let style = config.content.dialect.body_style();
    // What only the generator can run matters when no page shows what it does.
    let mut found = Diagnostics::new();
    let mut rendered = body::render(text, post, &config.site.url, style, resources, &mut found);
    let of_page = page.and_then(|(page, finder)| {
        body::rendered::render(page, finder, post, rendered.as_ref(), diags)
    });
    if of_page.is_some() {
        rendered = of_page;
    } else {
        diags.append(found);
    }
    rendered
}

/// The body of a post in a markup that is not rendered here: that of its page, or none.
fn other_markup(
    page: Option<(&str, Finder<'_>)>,
    post: &Post,
    diags: &mut Diagnostics,
) -> Option<Rendered> {
    let of_page =
        page.and_then(|(page, finder)| body::rendered::render(page, finder, post, None, diags));
    if of_page.is_none() && page.is_none() {
        diags.warning(
            "post-format",
            Location::file(&post.path),
            "the post is not in Markdown, so its entry has no text but its summary",
            "build the site first, and name the folder that it is written to in `content.rendered`",
        );
    }
    of_page.or_else(|| Some(Rendered::default()))
}

/// What readers get of a post, given what its body became.
pub(crate) fn entry(post: &Post, rendered: Rendered, config: &Config) -> Entry {
    let mut tags = post.tags.clone();
    tags.retain(|tag| !post.markers.contains(tag));
    tags.extend(
        post.categories
            .iter()
            .filter(|name| !post.tags.contains(name))
            .cloned(),
    );
    let site = &config.site;
    let image = image(post, &rendered, config);
    Entry {
        id: post.id.clone(),
        aliases: post.aliases.clone(),
        url: post.url.clone(),
        title: post.title.clone(),
        published: post.published,
        updated: post.updated,
        authors: if post.authors.is_empty() {
            site.authors.clone()
        } else {
            post.authors.clone()
        },
        tags,
        language: post
            .language
            .clone()
            .filter(|own| Some(own) != site.language.as_ref()),
        // Readers and mailers want a text to show; a post without one has its title.
        summary: Some(
            post.summary
                .clone()
                .or(rendered.summary)
                .unwrap_or_else(|| post.title.clone()),
        ),
        content: (config.feeds.content == ContentKind::Full).then_some(rendered.html),
        image,
        attachments: post.attachments.clone(),
        episode: post.episode.clone(),
        extras: post.extras.clone(),
        translations: post.translations.clone(),
    }
}

/// The picture of a post: the one that it names, else, where the site wants that, the first one of its text.
fn image(post: &Post, rendered: &Rendered, config: &Config) -> Option<Image> {
    let of_body = || {
        let wanted = config.content.image == ImageSource::Body;
        let first = wanted.then(|| rendered.html.first_image()).flatten()?;
        let base = config.content.dialect.base(&post.path);
        let base = base.unwrap_or(&config.site.url);
        Some(known_picture(first, base, config))
    };
    let image = post.image.clone().or_else(of_body)?;
    Some(Image {
        thumbnail: config.feeds.thumbnails,
        ..image
    })
}

/// What sets the feed of a selection apart from the site's, for people.
fn name(selection: &Selection) -> Option<String> {
    let name = selection.name.clone()?;
    let language = selection.language.as_ref();
    Some(match language.filter(|_| selection.within.is_some()) {
        Some(language) => format!("{language}: {name}"),
        None => name,
    })
}

/// A selection with its entries; `None` when none of them could be rendered.
///
/// A feed keeps the id that it was first published under.
pub(crate) fn feed(
    selection: Selection,
    entries: &[Option<Arc<Entry>>],
    promised: &FeedRecord,
    config: &Config,
) -> Option<Feed> {
    let entries: Vec<Arc<Entry>> = selection
        .posts
        .iter()
        .filter_map(|&at| entries[at].clone())
        .collect();
    let updated = entries.iter().map(|entry| entry.updated).max()?;
    let site = &config.site;
    let title = selection.title(site);
    // Only Atom has an id for feeds.
    let own = selection
        .places
        .iter()
        .find(|place| place.format == Format::Atom)
        .or(selection.places.first())?;
    let id = Some(&*promised.id).filter(|id| !id.is_empty());
    let id = id.unwrap_or(own.url.as_str()).to_owned();
    let name = name(&selection);
    let podcast = config.podcast(&selection.key);
    let show = podcast.map(|podcast| show(podcast, &selection.places, promised.guid.as_deref()));
    let said = |text: fn(&Podcast) -> Option<&String>| podcast.and_then(text).cloned();
    Some(Feed {
        key: selection.key,
        name,
        style: config.beside.style.as_ref().map(|style| style.url.clone()),
        id,
        title: match podcast {
            Some(podcast) => podcast.title.clone().unwrap_or_else(|| site.title.clone()),
            None => title,
        },
        description: said(|podcast| podcast.description.as_ref())
            .or(selection.description)
            .unwrap_or_else(|| site.description.clone()),
        url: podcast
            .and_then(|podcast| podcast.link.clone())
            .or(selection.home)
            .unwrap_or_else(|| site.url.clone()),
        translations: selection.translations,
        language: said(|podcast| podcast.language.as_ref())
            .or(selection.language)
            .or_else(|| site.language.clone()),
        show,
        namespaces: config.feeds.namespaces.clone(),
        updated,
        authors: site.authors.clone(),
        icon: site.icon.clone(),
        logo: site.logo.clone(),
        rights: said(|podcast| podcast.rights.as_ref()).or_else(|| site.rights.clone()),
        entries,
        older: selection.older,
        places: selection.places,
        hubs: config.feeds.hubs.clone(),
        extent: Extent::default(),
    })
}

/// What the feed of a podcast says of it, with the id that it was first published under.
fn show(podcast: &Podcast, places: &[Place], promised: Option<&str>) -> Arc<Show> {
    let given = podcast.show.guid.is_some();
    let rss = places.iter().find(|place| place.format == Format::Rss);
    let Some(place) = rss.or(places.first()).filter(|_| !given) else {
        return Arc::clone(&podcast.show);
    };
    let mut show = Show::clone(&podcast.show);
    show.guid = promised.map_or_else(
        || Some(podcast::guid(&place.url)),
        |guid| Some(guid.to_owned()),
    );
    Arc::new(show)
}
