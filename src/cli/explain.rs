//! `feedwright explain`: what a code means that any command prints.

use feedwright_base::codes;
use feedwright_base::error::Error;
use feedwright_base::text::nearest;
use feedwright_site::settings::lints::LINTS;

use super::output::print;

pub(super) fn run(code: Option<&str>) -> Result<u8, Error> {
    print(&match code {
        Some(code) => of_code(code)?,
        None => all(),
    })
}

/// What a code means, and what to do.
pub(super) fn meaning(wanted: &str) -> Option<(&'static str, String)> {
    if let Some(rule) = feedwright_check::explanation(wanted) {
        return Some((rule.meaning, rule.help.to_owned()));
    }
    if let Some(lint) = LINTS.iter().find(|lint| lint.code == wanted) {
        let level = lint.level.as_str();
        let help = format!("`lints: {{{wanted}: allow}}` silences it; by default it is `{level}`");
        return Some((lint.what, help));
    }
    let code = codes::find(wanted)?;
    Some((code.meaning, code.remedy.to_owned()))
}

/// The same in words.
pub(super) fn of_code(wanted: &str) -> Result<String, Error> {
    if let Some((meaning, help)) = meaning(wanted) {
        let rule = feedwright_check::explanation(wanted);
        let name = rule.map_or_else(
            || wanted.to_owned(),
            |rule| format!("{}[{wanted}]", rule.severity.as_str()),
        );
        let section = rule
            .map(|rule| rule.section)
            .filter(|section| !section.is_empty());
        let section = section.map_or_else(String::new, |section| format!("see: {section}\n"));
        let examples = feedwright_check::example(wanted)
            .map_or_else(String::new, |(wrong, right)| {
                format!("wrong: {wrong}\nright: {right}\n")
            });
        return Ok(format!(
            "{name}\n{meaning}\nhelp: {help}\n{section}{examples}"
        ));
    }
    let lints = LINTS.iter().map(|lint| lint.code);
    let others = codes::GROUPS.iter().flat_map(|group| group.codes);
    let known = feedwright_check::codes().into_iter().chain(lints);
    let known = known.chain(others.map(|code| code.code));
    let near = nearest(wanted, known, |distance, _| distance <= 3)
        .map_or_else(String::new, |known| format!("; did you mean `{known}`?"));
    Err(Error::new(format!("there is no code `{wanted}`{near}")))
}

/// The codes that are neither checks of feeds nor lints, as a page.
fn all() -> String {
    let mut text = String::new();
    for group in codes::GROUPS {
        text.push_str(&format!(
            "## {}\n\n| code | what happened | what to do |\n| --- | --- | --- |\n",
            group.title
        ));
        for code in group.codes {
            text.push_str(&format!(
                "| `{}` | {} | {} |\n",
                code.code, code.meaning, code.remedy
            ));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
