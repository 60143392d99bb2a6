//! Reads what settings and front matter say of podcasts in the words of directories: categories,
//! licenses, places, payments.

use feedwright_base::license as base_license;
use feedwright_base::podcast::{self, CATEGORIES, LICENSES};
use feedwright_base::slug::fold;
use feedwright_base::text::plain;
use feedwright_feed::podcast::{Category, License, Location, Recipient, Value};
use url::Url;

use crate::settings::{FullLocation, LocationSettings, ValueSettings};

/// Whom apps pay, as settings and front matter say it.
pub fn of_value(value: &ValueSettings) -> Value {
    let recipients = value.recipients.iter().map(|one| Recipient {
        name: text(one.name.as_deref()),
        kind: one.kind.trim().to_owned(),
        address: one.address.trim().to_owned(),
        split: one.split,
        custom: one.custom_key.clone().zip(one.custom_value.clone()),
        fee: one.fee,
    });
    Value {
        kind: value.kind.trim().to_owned(),
        method: value.method.trim().to_owned(),
        suggested: value.suggested.map(|amount| amount.to_string()),
        recipients: recipients.collect(),
    }
}

/// A license by the name that podcast apps know it by.
pub fn license(name: &str) -> Option<License> {
    if let Some(name) = podcast::word(LICENSES, name.trim()) {
        return Some(License {
            name: name.to_owned(),
            url: None,
        });
    }
    let url = base_license::url(name)?;
    Some(License {
        name: name.trim().to_owned(),
        url: Url::parse(&url).ok(),
    })
}

/// A place as settings and front matter say it, and by its key what of it no app understands.
pub fn location(settings: &LocationSettings) -> (Location, Vec<(&'static str, String)>) {
    let FullLocation {
        name,
        geo,
        osm,
        country,
    } = match settings {
        LocationSettings::Name(name) => FullLocation {
            name: name.clone(),
            geo: None,
            osm: None,
            country: None,
        },
        LocationSettings::Full(full) => full.clone(),
    };
    let geo = geo.map(|geo| match geo.trim().starts_with("geo:") {
        true => geo.trim().to_owned(),
        false => format!("geo:{}", geo.replace(' ', "")),
    });
    let osm = osm.map(|osm| osm.trim().to_uppercase());
    let country = country.map(|country| country.trim().to_uppercase());
    let is_country = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    let mut wrong = Vec::new();
    let mut right = |name, text: Option<String>, is_right: &dyn Fn(&str) -> bool| {
        let text = text.filter(|text| !text.is_empty())?;
        if is_right(&text) {
            return Some(text);
        }
        wrong.push((name, text));
        None
    };
    let place = Location {
        name: plain(&name),
        geo: right("geo", geo, &podcast::is_geo),
        osm: right("osm", osm, &podcast::is_osm),
        country: right("country", country, &is_country),
    };
    (place, wrong)
}

/// A text as plain text; a blank one counts as absent.
pub(super) fn text(text: Option<&str>) -> Option<String> {
    text.map(plain).filter(|text| !text.is_empty())
}

/// A category by what is written, such as `News > Politics`, `News/Politics` or `Politics`, whatever
/// its case.
pub(super) fn category(written: &str) -> Option<Category> {
    let same = |one: &str, other: &str| fold(&one.replace(" and ", " & ")) == fold(other);
    let whole = CATEGORIES.iter().find(|(name, _)| same(written, name));
    if let Some((name, _)) = whole {
        return Some(Category {
            name: (*name).to_owned(),
            subcategory: None,
        });
    }
    let pair = written.split_once(['>', '/', ':']);
    let (above, part) = pair.map_or((None, written), |(above, part)| {
        (Some(above.trim()), part.trim())
    });
    CATEGORIES
        .iter()
        .filter(|(name, _)| above.is_none_or(|above| same(above, name)))
        .find_map(|(name, parts)| {
            let part = parts.iter().find(|known| same(part, known))?;
            Some(Category {
                name: (*name).to_owned(),
                subcategory: Some((*part).to_owned()),
            })
        })
}

/// The names of all categories, in a sentence.
pub(super) fn all_categories() -> String {
    let names: Vec<&str> = CATEGORIES.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_as_people_write_them() {
        let found = |written: &str| {
            category(written).map(|found| (found.name, found.subcategory.unwrap_or_default()))
        };
        let expected = |name: &str, part: &str| Some((name.to_owned(), part.to_owned()));
        assert_eq!(found("government"), expected("Government", ""));
        assert_eq!(found("News > Politics"), expected("News", "Politics"));
        assert_eq!(found("News/politics"), expected("News", "Politics"));
        assert_eq!(found("Politics"), expected("News", "Politics"));
        assert_eq!(
            found("Society and Culture: Documentary"),
            expected("Society & Culture", "Documentary")
        );
        for wrong in ["", "Governments", "News > Cooking", "Arts > Politics"] {
            assert_eq!(found(wrong), None, "{wrong}");
        }
    }
}
