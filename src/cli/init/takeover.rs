//! Lets feeds stand at the addresses that subscribers have.

use std::path::Path;

use feedwright_base::error::Error;
use feedwright_site::settings::OwnFeed;

use crate::Config;

use super::EXAMPLE;

/// The feeds of the generator whose places ours take, one for each format.
///
/// # Errors
///
/// No feed of the generator is known.
pub(super) fn feeds(config: &Config) -> Result<Vec<&OwnFeed>, Error> {
    let mut taken: Vec<&OwnFeed> = Vec::new();
    for own in &config.feeds.own {
        if !taken.iter().any(|feed| feed.format == own.format) {
            taken.push(own);
        }
    }
    if taken.is_empty() {
        return Err(Error::new(format!(
            "nothing says that {} makes a feed of its own: if people are subscribed to one, set its path \
             in `feeds.paths` of feedwright.yaml, such as `paths: {{atom: /feed.xml}}`",
            config.content.dialect.title()
        )));
    }
    Ok(taken)
}

/// What to write into a configuration that is there.
pub(super) fn by_hand(path: &Path, taken: &[&OwnFeed]) -> Error {
    let paths = taken
        .iter()
        .map(|feed| format!("{}: {}", feed.format.as_str(), feed.path));
    let paths: Vec<String> = paths.collect();
    let off: Vec<String> = taken.iter().map(|feed| feed.off_with_include()).collect();
    Error::new(format!(
        "{} is already there and is not replaced: write `paths: {{{}}}` under its `feeds`, hand the feed \
         that is published now to `feedwright adopt`, and {}",
        path.display(),
        paths.join(", "),
        off.join(", and ")
    ))
}

/// What is left to do by hand, in order.
pub(super) fn steps(taken: &[&OwnFeed], config: &Config, knows_url: bool) -> Vec<String> {
    let base = match knows_url {
        true => config.site.url.as_str().trim_end_matches('/'),
        false => EXAMPLE,
    };
    let mut steps = Vec::new();
    for feed in taken {
        let OwnFeed { path, maker, .. } = feed;
        // Another name than any file of the site has.
        let name = format!("old-{}", path.rsplit('/').next().unwrap_or(path));
        steps.push(format!(
            "Subscribers of {path}, which {maker} makes, keep their address:"
        ));
        steps.push(format!(
            "- `curl -fsS -o {name} {base}{path}`, then `feedwright adopt {name}`: entries keep the ids \
             that they have."
        ));
        let mut off = feed.off.clone();
        if let Some(first) = off.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        steps.push(format!("- {off}."));
    }
    if !taken.is_empty() {
        steps.push("`feedwright plan` says what subscribers will see.".to_owned());
    }
    steps
}
