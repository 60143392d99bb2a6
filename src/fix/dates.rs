//! Dates as RFC 3339 has them, so that no generator reads them otherwise.

use feedwright_base::date::{self, Timestamp};
use feedwright_site::dialect::{Calendar, DateOrigin, DateText};
use feedwright_site::front_matter::Format;

use super::{Edit, File, Mending, quoted};

/// The date that the post is published at, and that of its last change: with the offset that is
/// understood now, and in the quotes that they have. Other dates are for people to read, and one
/// in a file's name stays there.
pub(super) fn edits(file: &File, mending: &Mending<'_>) -> Vec<Edit> {
    let metadata = &file.metadata;
    let dates = metadata.published.first().into_iter();
    dates
        .chain(&metadata.updated)
        .filter(|date| date.kind != DateOrigin::Name && date.text.line > 0)
        .filter_map(|date| edit(date, file, mending))
        .collect()
}

fn edit(date: &DateText, file: &File, mending: &Mending<'_>) -> Option<Edit> {
    let config = mending.config;
    let written = date.text.text.trim();
    if Timestamp::from_rfc3339(written).is_some() {
        return None;
    }
    // What cannot be read is an error, and not for us to mend.
    let parsed = date::parse(written, config.content.order).ok()?;
    let zone = file.metadata.zone.unwrap_or(config.site.zone);
    let moment = parsed.resolve(date.kind.zone(zone, parsed.seconds)).ok()?;
    let new = moment.to_rfc3339();
    // Eleventy and Hexo go by the day in UTC, which the author's own must stay.
    let is_same_day = config.content.dialect.calendar() != Calendar::Utc
        || parsed.zone.is_some()
        || moment.in_zone(chrono_tz::UTC).date() == parsed.day;
    let front_matter = &file.front_matter;
    let place = (date.text.line, date.text.column);
    let mut fields = front_matter.fields.iter();
    let field = fields.find(|field| (field.line, field.column) == place);
    let word = field.and_then(|field| front_matter.scalar(&file.source.text, field));
    let texts = word
        .filter(|_| is_same_day)
        .map(|word| {
            // What YAML takes for a text stays one.
            let is_text = front_matter.format == Format::Yaml
                && word.quote.is_none()
                && !word.text.get(..5).is_some_and(|year| year.ends_with('-'));
            let new = if is_text { quoted(&new) } else { new.clone() };
            file.with(&[(word.range, new)])
        })
        .into_iter()
        .collect();
    Some(Edit {
        key: field.map_or_else(|| date.origin.clone(), |field| field.key.clone()),
        texts,
        meant: file.post.clone(),
        left: Some(if is_same_day {
            format!(
                "`{}: {written}` cannot be written as `{new}` without changing more than that",
                date.origin
            )
        } else {
            format!(
                "`{}: {written}` would be `{new}`, which the site's generator takes for another day",
                date.origin
            )
        }),
    })
}
