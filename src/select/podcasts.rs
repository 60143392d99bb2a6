//! Feeds of podcasts: which posts are their episodes.

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_site::config::{Config, Episodes, PODCASTS, Podcast};
use feedwright_site::load::artwork_mistake;
use feedwright_site::post::Post;

use super::places::places;
use super::{Memory, Selection};

/// The feeds that podcasts have of their own; one that is the site's own feed has been selected.
/// `order` are the indices of the posts that feeds may take, newest first.
pub(super) fn select(
    posts: &[Post],
    order: &[usize],
    config: &Config,
    memory: &Memory<'_>,
    diags: &mut Diagnostics,
) -> Vec<Selection> {
    let mut selections = Vec::new();
    for (at, podcast) in config.podcasts.iter().enumerate() {
        name_others(podcast, posts, order, diags);
        check_artwork(podcast, at, config, diags);
        let episodes = order.iter().copied();
        let mut episodes = episodes
            .filter(|&at| posts[at].is_episode_of(podcast))
            .peekable();
        if episodes.peek().is_none() {
            diags.warning(
                "podcast-empty",
                place(at, "", config),
                format!("no post is an episode of the podcast{}", of(podcast)),
                "name the posts by `tag`, `section` or `folder` as they have it, and give each a \
                 file, as in `audio: /episodes/12.mp3`",
            );
            continue;
        }
        let Some(slug) = podcast.slug() else { continue };
        let selection = Selection {
            key: podcast.key.clone(),
            name: Some(podcast.title.clone().unwrap_or_else(|| slug.to_owned())),
            places: places(config, Some((PODCASTS, slug))),
            ..Selection::default()
        };
        selections.push(selection.take(episodes, posts, config, memory));
    }
    selections
}

/// The place of a setting of a podcast: there may be one alone, or a list.
fn place(at: usize, key: &str, config: &Config) -> Option<Location> {
    let keys = [format!("podcast[{at}]{key}"), format!("podcast{key}")];
    let mut places = keys.iter().filter_map(|key| config.written.place(key));
    places.find(|place| place.line > 0)
}

/// Warns of a picture that directories will not take.
fn check_artwork(podcast: &Podcast, at: usize, config: &Config, diags: &mut Diagnostics) {
    if let Some(mistake) = artwork_mistake(&podcast.show.artwork, config) {
        diags.warning(
            "podcast-artwork",
            place(at, ".artwork", config),
            format!("directories will not take the artwork of the podcast: {mistake}"),
            "make it a square JPEG or PNG in RGB, of 1400 to 3000 pixels a side",
        );
    }
}

/// What the episodes of a podcast have in common, for messages.
fn of(podcast: &Podcast) -> String {
    match &podcast.episodes {
        Episodes::Site | Episodes::All => String::new(),
        Episodes::Tag(tag) => format!(" with the tag `{tag}`"),
        Episodes::Section(section) => format!(" of the section `{section}`"),
        Episodes::Folder(folder) => format!(" of the folder `{}`", folder.display()),
    }
}

/// Names the posts that are among the episodes of a podcast and have no file that apps could play.
fn name_others(podcast: &Podcast, posts: &[Post], order: &[usize], diags: &mut Diagnostics) {
    // What has no file is no episode, and nobody said that it is one.
    if podcast.episodes == Episodes::All {
        return;
    }
    let order = order.iter().map(|&at| &posts[at]);
    let others = order.filter(|post| post.is_among(&podcast.episodes) && !post.has_media());
    for post in others {
        if let Some(file) = post.attachments.first() {
            diags.warning(
                "episode-without-file",
                Location::file(&post.path),
                format!(
                    "the file {} is `{}`, no sound or film, so podcast apps pass over the post",
                    file.url, file.media_type
                ),
                "where its address does not show what it is, say so: \
                 `enclosure: {url: …, type: audio/mpeg}`",
            );
            continue;
        }
        let message = match podcast.episodes {
            Episodes::Site => "the post has no audio file or film, so podcast apps pass over it",
            _ => "the post has no audio file or film, so the feed of its podcast does not have it",
        };
        let help = match podcast.episodes {
            Episodes::Site => {
                "name the file, as in `audio: /episodes/12.mp3`, or name the episodes by a `tag`, \
                 `section` or `folder` of `podcast`, which then has a feed of its own"
            }
            _ => "name the file, as in `audio: /episodes/12.mp3`",
        };
        diags.warning(
            "episode-without-file",
            Location::file(&post.path),
            message,
            help,
        );
    }
}
