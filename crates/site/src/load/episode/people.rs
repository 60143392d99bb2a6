//! Reads who is to be heard in an episode.

use std::path::PathBuf;

use feedwright_base::podcast::{GROUPS, ROLES, word};
use feedwright_base::text::plain;
use feedwright_feed::podcast::Participant;

use crate::front_matter::{self, Value};
use crate::source;

use super::super::normalize::Normalize;
use super::names::{Names, Said};

/// The folders in which sites keep pages of people.
const FOLDERS: [&str; 4] = ["content/", "_", "src/content/", "content/people/"];

impl Normalize<'_> {
    /// Who is to be heard.
    pub(super) fn people(&mut self, names: &Names<'_>) -> Vec<Participant> {
        let kinds: [(&[&str], &str, Option<&str>); 4] = [
            (&["hosts", "host"], "host", None),
            (&["cohosts", "cohost"], "host", Some("co-host")),
            (
                &["guests", "guest", "speakers", "speaker"],
                "guest",
                Some("guest"),
            ),
            (&["people", "persons", "person"], "people", None),
        ];
        let mut all: Vec<Participant> = Vec::new();
        for (keys, kind, role) in kinds {
            let Some(said) = names.any(keys) else {
                continue;
            };
            for item in said.value.items() {
                let page = item
                    .as_filled_text()
                    .and_then(|key| self.page_of(kind, &key));
                let person = self.person(said, page.as_ref().unwrap_or(item), role);
                let is_new = |person: &Participant| all.iter().all(|one| one.name != person.name);
                all.extend(person.filter(is_new));
            }
        }
        all
    }

    /// What the site's own page says of a person that front matter names by the file of that page.
    fn page_of(&self, kind: &str, key: &str) -> Option<Value> {
        let is_slug = |c: char| c.is_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        if !key.chars().all(is_slug) {
            return None;
        }
        let mut files = FOLDERS.iter().flat_map(|folder| {
            let (one, all) = (format!("{folder}{kind}"), format!("{folder}{kind}s"));
            [one, all].into_iter().flat_map(|folder| {
                [
                    format!("{folder}/{key}.md"),
                    format!("{folder}/{key}/index.md"),
                ]
            })
        });
        let file = files.find(|file| self.config.root.has_file(file))?;
        let text = source::read_setting(&self.config.root, &file).ok()??;
        let page = source::Source {
            path: PathBuf::from(&file),
            text,
        };
        let syntax = self.config.content.dialect.syntax();
        let mut ignored = feedwright_base::diagnostic::Diagnostics::new();
        let found = front_matter::decode(&page, syntax, &mut ignored)?;
        let fields = found
            .fields
            .into_iter()
            .map(|field| (field.key, field.value));
        // The address of the page is not that of the person.
        let fields = fields.filter(|(key, _)| !key.eq_ignore_ascii_case("url"));
        Some(Value::Map(fields.collect()))
            .filter(|page| page.named_text(&["name", "title"]).is_some())
    }

    fn person(&mut self, said: Said<'_>, item: &Value, role: Option<&str>) -> Option<Participant> {
        let name = item.as_filled_text();
        let name = plain(&name.or_else(|| item.named_text(&["name", "title"]))?);
        let mut term = |names: &[&str], list: &[&'static str]| {
            let written = item.named_text(names)?;
            let known = word(list, &written);
            if known.is_none() {
                let what = format!("names `{written}`, which the Podcast Taxonomy does not have");
                self.unread(said, &what, &format!("write one of {}", list.join(", ")));
            }
            known.map(str::to_owned)
        };
        let given = term(&["role"], ROLES);
        let group = term(&["group"], GROUPS);
        let url = |names: &[&str]| {
            let (url, _) = self.file_url(&item.named_text(names)?)?;
            self.is_secure(&url).then_some(url)
        };
        Some(Participant {
            role: given.or_else(|| role.map(str::to_owned)),
            group,
            picture: url(&["img", "image", "picture", "photo", "avatar", "thumbnail"]),
            url: url(&["href", "url", "link", "website", "uri"]),
            name,
        })
        .filter(|person| !person.name.is_empty())
    }
}
