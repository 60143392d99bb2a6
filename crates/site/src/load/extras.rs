//! Reads what few posts say: who helped, what they are about, where, under which license, and what a
//! site has of its own.

use feedwright_base::diagnostic::Location;
use feedwright_base::license;
use feedwright_base::text::clean;
use feedwright_feed::extras::{Element, Extras, Point, Related, Relation};
use url::Url;

use crate::dialect::fields;
use crate::front_matter::{Field, Value};
use crate::post::Post;

use super::normalize::Normalize;

/// The keys that name the page that a post is about.
const RELATED: [&str; 8] = [
    "external_url",
    "externalUrl",
    "external-url",
    "external_link",
    "externalLink",
    "link_url",
    "linkUrl",
    "link",
];

/// The keys that name the page where people talk about a post.
const COMMENTS: [&str; 4] = ["comments_url", "commentsUrl", "discussion_url", "comments"];

impl Normalize<'_> {
    /// What few posts say; `None` where this one says nothing of it.
    pub(super) fn extras(&mut self, post: &Post) -> Option<Box<Extras>> {
        let contributors = self.first(&["contributors", "contributor"]);
        let contributors = contributors.map(|field| fields::people(&field.value));
        let base = self.base();
        let checked = contributors.into_iter().flatten();
        let extras = Extras {
            contributors: checked.map(|person| person.checked(base)).collect(),
            links: self.related(post),
            point: self.point(),
            elements: self.elements(),
        };
        (!extras.is_empty()).then(|| Box::new(extras))
    }

    /// The field of the first of some keys.
    fn first(&self, keys: &[&str]) -> Option<&Field> {
        keys.iter().find_map(|key| self.front_matter.get(key))
    }

    /// The pages that a post has to do with.
    fn related(&self, post: &Post) -> Vec<Related> {
        let web = |text: String| {
            let url = Url::parse(&text).ok()?;
            matches!(url.scheme(), "http" | "https").then_some(url)
        };
        let named = |field: &Field| {
            let text = field.value.as_filled_text();
            web(text.or_else(|| field.value.text(&["url"]))?)
        };
        // A link to the site itself says nothing new.
        let of_others = |url: &Url| url.origin() != post.url.origin();
        let about = RELATED.iter().filter_map(|key| self.front_matter.get(key));
        let about = about.filter_map(named).find(|url| of_others(url));
        let via = self.first(&["via", "via_url", "viaUrl"]).and_then(named);
        let license = self.first(&["license", "licence"]).and_then(|field| {
            let text = field.value.as_filled_text();
            named(field).or_else(|| web(license::url(&text?)?))
        });
        let comments = self.first(&COMMENTS);
        let comments = comments.and_then(|field| named(field).or_else(|| status(&field.value)));
        let all = [
            (Relation::Related, about),
            (Relation::Via, via),
            (Relation::License, license),
            (Relation::Comments, comments),
        ];
        all.into_iter()
            .filter_map(|(relation, url)| {
                Some(Related {
                    relation,
                    url: url?,
                })
            })
            .collect()
    }

    /// The place that a post is about.
    fn point(&mut self) -> Option<Point> {
        let field = self.first(&["geo", "location", "coordinates"]);
        let own = field.and_then(|field| coordinates(&field.value));
        let apart = || {
            let one = |keys: &[&str]| self.first(keys)?.value.as_filled_text();
            point(
                &one(&["latitude", "lat"])?,
                &one(&["longitude", "lon", "lng"])?,
            )
        };
        own.or_else(apart)
    }

    /// The site's own elements: `gov: {docket: 12}`, `"gov:docket": 12`, or the first of these below
    /// `extensions`.
    fn elements(&mut self) -> Vec<Element> {
        let front_matter = self.front_matter;
        let below = front_matter.get("extensions");
        let below = below.into_iter().flat_map(|field| {
            let entries = field.value.entries().iter();
            entries.map(move |(key, value)| (key.as_str(), value, field))
        });
        let fields = front_matter.fields.iter();
        let fields = fields.map(|field| (field.key.as_str(), &field.value, field));
        let said: Vec<(&str, &Value, &Field)> = fields.chain(below).collect();
        let mut all = Vec::new();
        for (prefix, uri) in &self.config.feeds.namespaces {
            for (key, value, field) in &said {
                let entries: Vec<(&str, &Value)> = match key.split_once(':') {
                    Some((own, name)) if own == prefix => vec![(name, value)],
                    _ if key == prefix || key == uri => {
                        let entries = value.entries().iter();
                        entries.map(|(name, value)| (&**name, value)).collect()
                    }
                    _ => continue,
                };
                for (name, value) in entries {
                    all.extend(self.element(prefix, name, value, field));
                }
            }
        }
        all
    }

    /// The elements of one name, as many as it has values.
    fn element(&mut self, prefix: &str, name: &str, value: &Value, field: &Field) -> Vec<Element> {
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(is_of_name);
        let is_flat = value.items().iter().all(|item| item.as_text().is_some());
        if !is_name || !is_flat {
            let what = match is_name {
                true => "is neither a text nor a list of texts",
                false => "is no name of an element",
            };
            self.diags.warning(
                "element-unusable",
                Location::at(&self.source.path, field.line, field.column),
                format!("`{prefix}:{name}` {what}, so no feed has it"),
                "write it as `name: text`, with a name of letters, digits and hyphens",
            );
            return Vec::new();
        }
        let texts = value.items().iter().filter_map(Value::as_filled_text);
        texts
            .map(|text| Element {
                prefix: prefix.to_owned(),
                name: name.to_owned(),
                text: clean(&text).into_owned(),
            })
            .collect()
    }
}

/// The post of a Mastodon server under which people answer, as themes name it.
fn status(value: &Value) -> Option<Url> {
    let (host, id) = (value.text(&["host"])?, value.text(&["id"])?);
    let user = value
        .text(&["username"])
        .or_else(|| value.text(&["user"]))?;
    let user = user.trim_start_matches('@');
    Url::parse(&format!("https://{host}/@{user}/{id}")).ok()
}

/// Coordinates as `45.2,-71.9`, or in a map.
fn coordinates(value: &Value) -> Option<Point> {
    if let Some(text) = value.as_filled_text() {
        let text = text.strip_prefix("geo:").unwrap_or(&text);
        let mut parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
        return point(parts.next()?, parts.next()?);
    }
    let any = |keys: [&str; 3]| keys.iter().find_map(|key| value.text(&[key]));
    if let Some(geo) = value.get("geo") {
        return coordinates(geo);
    }
    point(
        &any(["latitude", "lat", "Latitude"])?,
        &any(["longitude", "lon", "lng"])?,
    )
}

fn point(latitude: &str, longitude: &str) -> Option<Point> {
    let degrees = |text: &str, most: f64| {
        let is_number = text
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
        let degrees = text.parse::<f64>().ok().filter(|_| is_number)?;
        (degrees.abs() <= most).then_some(degrees)
    };
    Some(Point {
        latitude: degrees(latitude.trim(), 90.0)?,
        longitude: degrees(longitude.trim(), 180.0)?,
    })
}
