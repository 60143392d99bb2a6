//! Reads authors: names, Markdown links, maps, and keys of data files.

use std::collections::HashSet;

use feedwright_base::email::is_address;
use feedwright_base::text::plain;
use feedwright_feed::Person;

use crate::front_matter::Value;

/// The people that a value names. A string is one name even with commas or "and" in it, as these
/// mostly belong to a job title.
pub fn people(value: &Value) -> Vec<Person> {
    match value {
        Value::List(items) => {
            let mut seen: HashSet<Person> = HashSet::new();
            let all = items.iter().flat_map(people);
            all.filter(|person| seen.insert(person.clone())).collect()
        }
        Value::Map(_) => {
            let any = |keys: &[&str]| keys.iter().find_map(|key| value.text(&[key]));
            any(&["name", "display_name", "title"])
                .map(|name| plain(&name))
                .filter(|name| !name.is_empty())
                .map(|name| Person {
                    name,
                    email: any(&["email", "mail"]),
                    url: any(&["url", "uri", "link", "homepage", "website", "web"]),
                    avatar: any(&[
                        "avatar",
                        "image_url",
                        "imageURL",
                        "picture",
                        "photo",
                        "image",
                    ]),
                })
                .into_iter()
                .collect()
        }
        scalar => scalar
            .as_filled_text()
            .and_then(|text| person(&text))
            .into_iter()
            .collect(),
    }
}

/// Replaces the keys of people by their entries in a data file.
pub(in crate::dialect) fn looked_up(people: &Value, value: &Value) -> Value {
    match value {
        Value::List(items) => {
            Value::List(items.iter().map(|item| looked_up(people, item)).collect())
        }
        Value::String(key) => match people.get(key) {
            Some(Value::Map(entries)) if people.text(&[key, "name"]).is_none() => {
                // A person without a name is known by the key.
                let mut entries = entries.clone();
                entries.push(("name".to_owned(), value.clone()));
                Value::Map(entries)
            }
            Some(person) => person.clone(),
            None => value.clone(),
        },
        other => other.clone(),
    }
}

/// A person written as one string: a name, a Markdown link around it, or a name with an e-mail
/// address as in mails, `Jane <jane@example.org>`, or as in RSS, `jane@example.org (Jane)`.
pub fn person(text: &str) -> Option<Person> {
    let text = text.trim();
    let in_mail = text
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'));
    let in_rss = text.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let pairs = [in_mail, in_rss.map(|(email, name)| (name, email))];
    for (name, email) in pairs.into_iter().flatten() {
        let name = plain(name.trim().trim_matches('"'));
        if is_address(email.trim()) && !name.is_empty() {
            return Some(Person {
                email: Some(email.trim().to_owned()),
                ..Person::named(name)
            });
        }
    }
    if let Some(rest) = text.strip_prefix('[')
        && let Some((name, rest)) = rest.split_once("](")
        && let Some(url) = rest.strip_suffix(')')
        && !plain(name).is_empty()
    {
        return Some(Person {
            url: Some(url.trim().to_owned()),
            ..Person::named(plain(name))
        });
    }
    let name = plain(text);
    (!name.is_empty()).then_some(Person::named(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_beside_names() {
        for (text, name, email) in [
            (
                "Office <office@agency.gov>",
                "Office",
                Some("office@agency.gov"),
            ),
            (
                "\"Office, Press\" <o@agency.gov>",
                "Office, Press",
                Some("o@agency.gov"),
            ),
            (
                "office@agency.gov (Office)",
                "Office",
                Some("office@agency.gov"),
            ),
            ("Jane (Press)", "Jane (Press)", None),
            ("Jane <b>Doe</b>", "Jane Doe", None),
        ] {
            let person = person(text).expect(text);
            assert_eq!(
                (person.name.as_str(), person.email.as_deref()),
                (name, email)
            );
        }
    }
}
