//! Reads and checks when a post was published and changed, and when it may be shown.

use feedwright_base::date::{self, Order, Refusal, Timestamp};

use crate::dialect::{Calendar, DateOrigin, DateText, Metadata, Undated};

use super::normalize::Normalize;

impl Normalize<'_> {
    /// Reads a date and places it in time.
    fn timestamp(&self, date: &DateText) -> Result<(Timestamp, Option<String>), Refusal> {
        let text = &date.text.text;
        let (order, is_usual) = (
            self.config.content.order,
            self.config.content.order_is_usual,
        );
        let written = date::parse(text, order).or_else(|refusal| {
            // Generators read what makes no sense in their order in the other one.
            let other = date::parse(text, None).ok().filter(|_| is_usual);
            other.ok_or(refusal)
        })?;
        let zone = date.kind.zone(self.zone, written.seconds);
        let timestamp = written.resolve(zone)?;
        let note = written.note.map(str::to_owned).or_else(|| {
            date::is_repeated(&written, zone).then(|| {
                "of the two moments that the clocks showed this, it is the first".to_owned()
            })
        });
        Ok((timestamp, note))
    }

    /// The day that the file name gives to a post whose own date does not exist.
    fn named_day(
        &self,
        date: &DateText,
        others: &[DateText],
    ) -> Option<(Timestamp, Option<String>)> {
        let mut names = others.iter().filter(|other| other.kind == DateOrigin::Name);
        let named = names.find_map(|other| self.timestamp(other).ok())?;
        let written = date.text.text.trim();
        // Counted on beyond the end of its month, the date may lead to that very day; or what
        // follows its time may be a slip.
        let readings = [
            date::counted_on(written),
            written.get(..19).map(str::to_owned),
            written.get(..16).map(str::to_owned),
        ];
        let reading = readings.into_iter().flatten().find_map(|text| {
            let mut date = date.clone();
            date.text.text = text;
            let found = self.timestamp(&date).ok()?;
            (found.0.day() == named.0.day()).then_some(found)
        });
        // A date of another day, or of none that can be told, is not overlooked.
        let is_same_day =
            date::counted_on(written).is_some() || written.starts_with(&named.0.day().to_string());
        reading.or(is_same_day.then_some(named))
    }

    /// Reads an ambiguous date as the one of its two possible days that the post also gives
    /// elsewhere.
    fn disambiguated(
        &self,
        date: &DateText,
        others: &[DateText],
    ) -> Option<(Timestamp, Option<String>)> {
        let days: Vec<_> = others
            .iter()
            .filter_map(|other| Some(self.timestamp(other).ok()?.0.day()))
            .collect();
        [Order::Dmy, Order::Mdy].into_iter().find_map(|order| {
            let written = date::parse(&date.text.text, Some(order)).ok()?;
            let zone = date.kind.zone(self.zone, written.seconds);
            let timestamp = written.resolve(zone).ok()?;
            let note = "of the two days that it could be, it is the one that the post names again";
            days.contains(&timestamp.day())
                .then(|| (timestamp, Some(note.to_owned())))
        })
    }

    /// When the post was published. The first of its dates counts; the others are compared with
    /// it.
    pub(super) fn published(&mut self, metadata: &Metadata) -> Option<Timestamp> {
        let Some((date, others)) = metadata.published.split_first() else {
            return self.published_without_date();
        };
        let (published, note) = match self.first_date(date, others) {
            Ok(found) => found,
            Err(refusal) => {
                self.refused(date, &refusal, metadata);
                return None;
            }
        };
        self.note_form(date, published, note);
        self.compare(date, published, others, metadata);
        Some(published)
    }

    /// A post without a date keeps the one that was promised. It is an error where there is none.
    fn published_without_date(&mut self) -> Option<Timestamp> {
        if let Some(published) = self.promised {
            self.diags.warning(
                "date-kept",
                self.file(),
                format!("the post has lost its date; it stays published as of {published}"),
                format!("add `date: {published}` to the front matter"),
            );
            return Some(published);
        }
        let keys = self.config.content.names.published.join("` or `");
        if self.config.content.dialect.has_records() {
            self.diags.error(
                "date-missing",
                self.file(),
                format!("the record has no date: `{keys}` has no value"),
                format!("give it one, such as `\"{keys}\": \"2021-12-13T09:30:00Z\"`"),
            );
            return None;
        }
        self.diags.error(
            "date-missing",
            self.file(),
            format!("the post has no date: neither `{keys}` in its front matter nor its file name gives one"),
            "add `date: 2021-12-13` to the front matter",
        );
        None
    }

    /// The date that counts, with a note on how it was read. Where it is ambiguous or does not
    /// exist, the others may settle it.
    fn first_date(
        &mut self,
        date: &DateText,
        others: &[DateText],
    ) -> Result<(Timestamp, Option<String>), Refusal> {
        match self.timestamp(date) {
            Err(refusal) if refusal.code == "date-ambiguous" => {
                self.disambiguated(date, others).ok_or(refusal)
            }
            // A date that does not exist, or that nobody can read, is overlooked where the post names
            // the same day otherwise.
            Err(refusal) if matches!(refusal.code, "date-impossible" | "date-unreadable") => {
                let Some(found) = self.named_day(date, others) else {
                    return Err(refusal);
                };
                self.diags.warning(
                    refusal.code,
                    self.at(&date.text),
                    format!(
                        "{}: {}; {} counts instead",
                        date.origin, refusal.message, found.0
                    ),
                    refusal.help,
                );
                Ok(found)
            }
            found => found,
        }
    }

    /// Reports a date that cannot be read.
    fn refused(&mut self, date: &DateText, refusal: &Refusal, metadata: &Metadata) {
        let place = self.at(&date.text);
        let message = format!("{}: {}", date.origin, refusal.message);
        let help = refusal.help.clone();
        // A page beside the posts does not stop these from being published.
        if metadata.undated == Undated::Page && !metadata.main {
            let message = format!("{message}, so no feed has the page");
            self.diags.warning(refusal.code, place, message, help);
        } else {
            self.diags.error(refusal.code, place, message, help);
        }
    }

    /// Notes a date that is read in an unusual way, or that readers of feeds doubt.
    fn note_form(&mut self, date: &DateText, published: Timestamp, note: Option<String>) {
        if let Some(note) = note {
            let message = format!(
                "{}: `{}` is read as {published}: {note}",
                date.origin, date.text.text
            );
            if note == date::NO_PLACE {
                let help = "write the offset of the place, such as `-05:00`, or leave it out";
                self.diags
                    .warning("date-offset", self.at(&date.text), message, help);
            } else {
                self.diags.note("date-form", self.at(&date.text), message);
            }
        }
        if published.year() < 1990 {
            let message = format!(
                "{}: {published} is a date that feed validators doubt",
                date.origin
            );
            self.diags.note("date-early", self.at(&date.text), message);
        }
    }

    /// Compares the other dates of a post with the one that counts.
    fn compare(
        &mut self,
        date: &DateText,
        published: Timestamp,
        others: &[DateText],
        metadata: &Metadata,
    ) {
        let day = published.in_zone(self.config.site.tz()).date();
        for other in others {
            if self.has_other_meaning(other, metadata) {
                continue;
            }
            let Ok((timestamp, _)) = self.timestamp(other) else {
                continue;
            };
            let other_day = timestamp.in_zone(self.config.site.tz()).date();
            // Where no permalink depends on the site's calendar, the author's own day will do.
            let is_own = self.config.content.dialect.calendar() != Calendar::Site
                && other_day == published.day();
            if other_day == day || is_own {
                continue;
            }
            let message = format!(
                "{} says {other_day}, but {} says {day}, which counts",
                other.origin, date.origin
            );
            if other.kind == DateOrigin::Name {
                self.diags.warning(
                    "date-file-name",
                    self.at(&date.text),
                    message,
                    format!(
                        "correct `{}`, or rename the file if nothing links to it",
                        date.origin
                    ),
                );
            } else {
                self.diags
                    .note("date-disagrees", self.at(&other.text), message);
            }
        }
    }

    /// Whether a date is not one of publication, but says when the post was updated or becomes
    /// available; it only counts as one where there is no other.
    fn has_other_meaning(&self, date: &DateText, metadata: &Metadata) -> bool {
        let available = metadata.available.as_ref();
        self.config.content.names.updated.contains(&date.origin)
            || available.is_some_and(|from| from.text == date.text)
    }

    /// A moment that decides whether the post is shown.
    pub(super) fn moment(&mut self, date: Option<&DateText>) -> Option<Timestamp> {
        let date = date?;
        match self.timestamp(date) {
            Ok((moment, _)) => Some(moment),
            Err(refusal) => {
                self.diags.warning(
                    refusal.code,
                    self.at(&date.text),
                    format!("{}: {}; it is left out", date.origin, refusal.message),
                    refusal.help,
                );
                None
            }
        }
    }

    /// When the author last changed the post in a way worth knowing; `None` where that is not
    /// said or cannot be true.
    pub(super) fn updated(
        &mut self,
        date: Option<&DateText>,
        published: Timestamp,
    ) -> Option<Timestamp> {
        let date = date?;
        let place = self.at(&date.text);
        match self.timestamp(date) {
            Ok((updated, _)) if !self.config.present.has_come(updated) => {
                self.diags.warning(
                    "updated-future",
                    place,
                    format!(
                        "{}: {updated} lies in the future and is left out",
                        date.origin
                    ),
                    "correct it",
                );
                None
            }
            Ok((updated, _)) if updated < published => {
                let message = format!(
                    "{}: {updated} is before the post was published",
                    date.origin
                );
                self.diags.note("updated-early", place, message);
                None
            }
            Ok((updated, _)) => Some(updated),
            Err(refusal) => {
                self.diags.warning(
                    refusal.code,
                    place,
                    format!("{}: {}; it is left out", date.origin, refusal.message),
                    refusal.help,
                );
                None
            }
        }
    }
}
