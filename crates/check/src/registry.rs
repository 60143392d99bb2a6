//! Lists all rules, for the documentation and for explanations of codes.

use super::rule::Rule;
use super::{
    atom, examples, extension, html, input, item, json, profile, rdf, rss, schema, syntax, value,
};

/// All rules, grouped by topic.
fn groups() -> Vec<(&'static str, Vec<&'static [&'static Rule]>)> {
    vec![
        (
            "Files, encodings and XML",
            vec![super::RULES, input::RULES, syntax::RULES],
        ),
        ("Elements and attributes", vec![schema::RULES]),
        ("Values", value::rules()),
        ("HTML", vec![html::RULES]),
        ("RSS", vec![rss::RULES, item::RULES]),
        ("RSS on RDF", vec![rdf::RULES]),
        ("Atom", atom::rules()),
        ("JSON Feed", json::rules()),
        ("Extensions", extension::rules()),
        ("Profiles", profile::rules()),
    ]
}

/// All rules, in order.
fn all() -> impl Iterator<Item = &'static Rule> {
    let lists = groups().into_iter().flat_map(|(_, lists)| lists);
    lists.flatten().copied()
}

/// The rule of a code.
pub fn explanation(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

/// All codes, in order.
pub fn codes() -> Vec<&'static str> {
    all().map(|rule| rule.code).collect()
}

/// All rules as Markdown.
pub fn markdown() -> String {
    let mut text = String::new();
    for (title, lists) in groups() {
        text.push_str(&format!(
            "## {title}\n\n| code | | what is wrong | what to do | source |\n| --- | --- | --- | --- | --- |\n"
        ));
        let rules: Vec<&Rule> = lists.into_iter().flatten().copied().collect();
        for rule in &rules {
            let section = if rule.section.is_empty() {
                "the section of what it is about"
            } else {
                rule.section
            };
            text.push_str(&format!(
                "| `{}` | {} | {} | {} | {} |\n",
                rule.code,
                rule.severity.as_str(),
                prose(rule.meaning),
                prose(rule.help),
                prose(section)
            ));
        }
        text.push_str("\n| code | wrong | right |\n| --- | --- | --- |\n");
        for rule in &rules {
            let Some((wrong, right)) = example(rule.code) else {
                continue;
            };
            let (wrong, right) = (cell(&wrong), cell(&right));
            let code = rule.code;
            text.push_str(&format!("| `{code}` | `{wrong}` | `{right}` |\n"));
        }
        text.push('\n');
    }
    text
}

/// A wrong and a right example of a code.
pub fn example(code: &str) -> Option<(String, String)> {
    examples::of(code)
}

/// A text in a cell, in which names of elements are no HTML. What stands in code is shown as it is.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| match at % 2 {
        0 => part.replace('<', "\\<"),
        _ => part.to_owned(),
    });
    cell(&parts.collect::<Vec<_>>().join("`"))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_elements_are_no_html() {
        assert_eq!(
            prose("a <item> in `<channel>`"),
            "a \\<item> in `<channel>`"
        );
        let rows = markdown();
        let html = rows.lines().filter(|row| {
            let text = row.split('`').step_by(2).collect::<String>();
            text.replace("\\<", "").contains('<')
        });
        assert_eq!(html.collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn codes_are_told_apart() {
        let mut codes = codes();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count, "a code stands twice");
        let is_kebab = |code: &&str| {
            code.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        assert!(codes.iter().all(is_kebab));
    }
}
