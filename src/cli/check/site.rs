//! A site: its configuration, every post, and the feeds as they would be.

use feedwright_base::diagnostic::{Diagnostic, Diagnostics};
use feedwright_base::error::Error;
use feedwright_check::{CheckOptions, Vocabulary, check_feed};
use feedwright_feed::Format;

use crate::commands;

use super::super::configure;
use super::super::progress::Progress;
use super::super::render::{Renderer, plural};
use super::CheckArgs;
use super::{Verdict, fix};

pub(super) fn run(
    args: &CheckArgs,
    options: &CheckOptions,
    renderer: &Renderer,
) -> Result<Result<Verdict, u8>, Error> {
    let over = &args.site.over;
    let mut diags = Diagnostics::new();
    let config = match configure(&args.site.overrides()?, over, renderer, &mut diags)? {
        Ok(config) => config,
        Err(code) => return Ok(Err(code)),
    };
    if args.fix {
        fix::run(args, &config, renderer, &mut diags)?;
    }
    let is_for = |format: Format| {
        let vocabulary = match format {
            Format::Rss => Vocabulary::Rss20,
            Format::Atom => Vocabulary::Atom,
            Format::Json => Vocabulary::Json,
        };
        let profile = options.profile;
        profile.is_none_or(|profile| profile.takes(vocabulary))
    };
    let mut formats = config.feeds.formats.iter();
    let is_served = formats.any(|paths| is_for(paths.format));
    let progress = Progress::new(renderer.is_human() && !over.is_quiet());
    let advance = |stage, done, total| progress.advance(stage, done, total);
    let found = commands::check_site(
        &config,
        diags,
        &|path, format, bytes, found| {
            if let Some(reader) = args.reader.filter(|_| !is_for(format) && is_served) {
                found.push(reader.passes_over(path, format == Format::Json));
                return;
            }
            let mut own = Diagnostics::new();
            // Bytes in memory can be read.
            let _ = check_feed(bytes, path, options, &mut own);
            own.iter()
                .filter(|found| !config.feeds.is_of_own_namespace(found))
                .cloned()
                .map(in_settings)
                .for_each(|own| found.push(own));
        },
        &advance,
    );
    progress.finish();
    let found = found?;
    Ok(Ok(Verdict {
        what: format!("{} and their feeds", plural(found.posts, "post")),
        diagnostics: found.diagnostics,
        is_incomplete: false,
    }))
}

/// A finding of a feed that feedwright makes, with the setting that mends it in place of the XML.
fn in_settings(found: Diagnostic) -> Diagnostic {
    match found.code {
        "language-missing" => found.help("set `site.language` in feedwright.yaml, such as `en-US`"),
        _ => found,
    }
}
