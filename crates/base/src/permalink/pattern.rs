//! Fills in the patterns of permalinks, such as `/:year/:month/:title/`.

use chrono::{Datelike, NaiveDateTime};
use percent_encoding::utf8_percent_encode;

use crate::slug;

use super::encoding::PATH;
use crate::slice::Slice;

/// What the placeholders of a permalink pattern stand for.
pub struct Parts<'a> {
    /// The post's time on the site's calendar: `:year`, `:month`, `:day` and so on.
    pub published: NaiveDateTime,
    /// The slug from front matter or file name: `:title` keeps its case, `:slug` does not.
    pub slug: &'a str,
    /// The file's name without folder and extension: `:name`.
    pub name: &'a str,
    /// The file's path within its content folder, without extension: `:path`. Computed on demand, as few patterns
    /// use it.
    pub path: &'a dyn Fn() -> String,
    pub collection: &'a str,
    pub categories: &'a [String],
}

/// Refuses a pattern that is longer than any address: each of its placeholders can be long.
pub fn bounded(pattern: &str) -> Result<(), String> {
    const LONGEST: usize = 1_000;
    if pattern.len() > LONGEST {
        return Err(format!(
            "{}…",
            pattern.slice(..pattern.floor_char_boundary(40))
        ));
    }
    Ok(())
}

/// Fills in a pattern. `Err` names a placeholder that does not exist.
pub fn expand(pattern: &str, parts: &Parts<'_>) -> Result<String, String> {
    bounded(pattern)?;
    let mut path = String::with_capacity(pattern.len() + parts.slug.len());
    let mut rest = pattern;
    while let Some(colon) = rest.find(':') {
        path.push_str(rest.slice(..colon));
        rest = rest.slice(colon + 1..);
        let end = rest
            .find(|c: char| !(c.is_ascii_lowercase() || c == '_'))
            .unwrap_or(rest.len());
        // The longest known name wins, so that `:year_archive` is a year and a word.
        let known = (1..=end)
            .rev()
            .find_map(|length| Some((length, placeholder(rest.slice(..length), parts)?)));
        match known {
            Some((length, value)) => {
                path.extend(utf8_percent_encode(&value, PATH));
                rest = rest.slice(length..);
                // A post without categories leaves no empty segment.
                if value.is_empty() && path.ends_with('/') {
                    rest = rest.strip_prefix('/').unwrap_or(rest);
                }
            }
            None if end == 0 => path.push(':'),
            None => return Err(rest.slice(..end).to_owned()),
        }
    }
    path.push_str(rest);
    Ok(path)
}

fn placeholder(name: &str, parts: &Parts<'_>) -> Option<String> {
    let day = parts.published;
    let format = match name {
        // Most patterns have these, and reading a format takes its time.
        "year" if (1000..10_000).contains(&day.year()) => return Some(day.year().to_string()),
        "month" => return Some(format!("{:02}", day.month())),
        "day" => return Some(format!("{:02}", day.day())),
        "year" => "%Y",
        "short_year" => "%y",
        "i_month" => "%-m",
        "short_month" => "%b",
        "long_month" => "%B",
        "i_day" => "%-d",
        "y_day" => "%j",
        "week" => "%V",
        "w_year" => "%G",
        "w_day" => "%u",
        "short_day" => "%a",
        "long_day" => "%A",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "title" => return Some(slug::jekyll(parts.slug, true, true)),
        "slug" => return Some(slug::jekyll(parts.slug, false, false)),
        "name" => return Some(slug::jekyll(parts.name, false, false)),
        "path" => return Some((parts.path)()),
        "collection" => return Some(parts.collection.to_owned()),
        "categories" => return Some(unique(parts.categories, |name| name.to_lowercase())),
        "slugified_categories" => {
            return Some(unique(parts.categories, |name| {
                slug::jekyll(name, false, false)
            }));
        }
        "output_ext" => return Some(".html".to_owned()),
        _ => return None,
    };
    Some(day.format(format).to_string())
}

fn unique(names: &[String], map: impl Fn(&str) -> String) -> String {
    let mut path: Vec<String> = Vec::new();
    for name in names {
        let name = map(name);
        if !path.contains(&name) {
            path.push(name);
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let categories = ["News".to_owned(), "A b".to_owned()];
        let parts = Parts {
            published: chrono::NaiveDate::from_ymd_opt(2021, 3, 5)
                .and_then(|day| day.and_hms_opt(9, 7, 1))
                .expect("a time"),
            slug: "Hello-World",
            name: "2021-03-05-Hello-World",
            path: &|| "x/Hello".to_owned(),
            collection: "posts",
            categories: &categories,
        };
        let check = |pattern: &str, expected: &str| {
            let found = expand(pattern, &parts).unwrap_or_else(|name| format!("no :{name}"));
            assert_eq!(found, expected, "{pattern}");
        };
        check(
            "/:categories/:year/:month/:day/:title:output_ext",
            "/news/a%20b/2021/03/05/Hello-World.html",
        );
        check("/:slugified_categories/:slug/", "/news/a-b/hello-world/");
        check("/:short_year/:i_month/:i_day/:y_day", "/21/3/5/064");
        check(
            "/:w_year/W:week/:short_day/:long_day/:w_day",
            "/2021/W09/Fri/Friday/5",
        );
        check(
            "/:hour:minute:second/:short_month-:long_month",
            "/090701/Mar-March",
        );
        check(
            "/:collection/:path/:name",
            "/posts/x/Hello/2021-03-05-hello-world",
        );
        check("/a:/b", "/a:/b");
        check("/:nonsense/", "no :nonsense");
    }
}
