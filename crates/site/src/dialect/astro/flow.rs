//! Which entries a page takes: the collections that its code asks for, and what it filters them by.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use feedwright_base::slice::Slice;

use super::code::{enclosed, extent, is_word, literal, parts, places};
use super::condition::{Condition, Maybe, all};
use super::predicate::predicate;

/// How many functions are followed from one to the next.
const MOST_STEPS: usize = 64;

/// Methods and functions that leave the entries as many as they are.
const KEEPING: [&str; 4] = ["map", "sort", "toSorted", "paginate"];

/// Methods and statements by which a page may take only some of the entries.
const CHOOSING: [&str; 13] = [
    "slice",
    "splice",
    "toSpliced",
    "take",
    "drop",
    "at",
    "find",
    "findLast",
    "flatMap",
    "reduce",
    "if",
    "continue",
    "switch",
];

/// The functions that a page may call, by name, with all that stands in them: first its own, then those
/// of files that ask for collections, then all others.
pub(super) struct Functions<'a> {
    pub own: &'a HashMap<String, String>,
    pub asking: &'a HashMap<String, String>,
    pub others: &'a HashMap<String, String>,
}

impl<'a> Functions<'a> {
    fn get(&self, name: &str) -> Option<(&'a str, &'a str)> {
        let maps = [self.own, self.asking, self.others].into_iter();
        let mut found = maps.filter_map(|map| map.get_key_value(name));
        found
            .next()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }
}

/// Which entries of a collection a page takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filter {
    pub condition: Condition,
    /// What else chooses them, as it is written, where it is code.
    pub code: Option<String>,
}

impl Filter {
    const NONE: Filter = Filter {
        condition: Condition::Always,
        code: None,
    };

    fn add(&mut self, condition: Maybe, code: &str) {
        match all(Some(self.condition.clone()), condition) {
            Some(condition) => self.condition = condition,
            None => {
                self.code.get_or_insert_with(|| shortened(code));
            }
        }
    }
}

/// Code as messages show it.
fn shortened(code: &str) -> String {
    const LONGEST: usize = 80;
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    match code.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", code.slice(..end)),
        None => code,
    }
}

/// The collections that the function of a page asks for, each with its filter.
pub(super) fn taken(page: &str, functions: &Functions<'_>) -> BTreeMap<String, Filter> {
    let mut flow = Flow {
        functions,
        taken: BTreeMap::new(),
        common: Vec::new(),
    };
    flow.follow(page);
    let is_one = flow.taken.len() == 1;
    for filter in flow.taken.values_mut() {
        for (condition, code) in &flow.common {
            // Of several collections nobody knows which one it is of.
            let is_clear = is_one || *condition == Some(Condition::Always);
            filter.add(condition.clone().filter(|_| is_clear), code);
        }
    }
    flow.taken
}

struct Flow<'a> {
    functions: &'a Functions<'a>,
    taken: BTreeMap<String, Filter>,
    /// The filters behind the calls that ask for collections.
    common: Vec<(Maybe, String)>,
}

impl<'a> Flow<'a> {
    fn follow(&mut self, page: &'a str) {
        let mut texts = vec![(page, Vec::new())];
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        while let Some((text, unset)) = texts.pop() {
            let bare = without_keeping(text);
            let given = given(&bare);
            let reaches = |text: &str| text.contains("getCollection") || self.asks(text);
            // Where the way from the entries to the pages is not seen, all code is in it.
            let is_seen =
                !given.is_empty() && (!reaches(&bare) || given.iter().any(|text| reaches(text)));
            let given = if is_seen { given } else { vec![bare.as_str()] };
            for text in given {
                self.filters(text, &unset);
                for (name, body) in called(text, self.functions) {
                    if seen.len() < MOST_STEPS && seen.insert(name) {
                        texts.push((body, unset_by(text, name, body)));
                    }
                }
            }
        }
    }

    /// Whether a text calls a function that asks for a collection, itself or by another one.
    fn asks(&self, text: &str) -> bool {
        let mut bodies: Vec<&str> = vec![text];
        let mut seen = BTreeSet::new();
        while let Some(text) = bodies.pop() {
            if text.contains("getCollection") {
                return true;
            }
            for (name, body) in called(text, self.functions) {
                if seen.len() < MOST_STEPS && seen.insert(name) {
                    bodies.push(body);
                }
            }
        }
        false
    }

    /// Notes what a text asks for and filters; `unset` are its parameters that nothing is given for.
    fn filters(&mut self, text: &str, unset: &[&str]) {
        for (name, at) in words(text) {
            let rest = text.slice(at..).trim_start();
            let is_method = text.slice(..at - name.len()).trim_end().ends_with('.');
            match name {
                "getCollection" => self.asked(rest),
                "filter" if is_method => {
                    let argument = enclosed(rest).unwrap_or_default();
                    let condition = self.condition(argument);
                    self.common
                        .push((condition, format!(".filter({argument})")));
                }
                "slice" if is_method && is_all(enclosed(rest), unset) => {}
                _ if CHOOSING.contains(&name) => {
                    let is_statement = matches!(name, "if" | "continue" | "switch");
                    let inside = enclosed(rest).unwrap_or_default();
                    if is_statement && !is_method {
                        self.common.push((None, format!("{name} ({inside})")));
                    } else if is_method && rest.starts_with('(') {
                        self.common.push((None, format!(".{name}({inside})")));
                    }
                }
                _ => {}
            }
        }
    }

    /// Notes a call of `getCollection`; the text begins behind that.
    fn asked(&mut self, rest: &str) {
        let call = rest.find('(').and_then(|at| enclosed(rest.slice(at..)));
        let arguments = parts(call.unwrap_or_default());
        let mut arguments = arguments.iter();
        let Some(name) = arguments.next().and_then(|name| literal(name)) else {
            return;
        };
        let condition = arguments.next().map(|text| (self.condition(text), *text));
        let filter = self.taken.entry(name.to_owned()).or_insert(Filter::NONE);
        if let Some((condition, code)) = condition {
            filter.add(condition, code);
        }
    }

    /// The condition of a function, or of one that is named.
    fn condition(&self, text: &str) -> Maybe {
        let text = text.trim();
        let is_name = text.chars().all(is_word);
        match self.functions.get(text).filter(|_| is_name) {
            // `const name = (…) => …;` and `export function name(…) { … }`
            Some((_, body)) => match body.find("function") {
                Some(at) => predicate(body.slice(at..)),
                None => predicate(assigned(body)?),
            },
            None => predicate(text),
        }
    }
}

/// What a declaration gives a constant.
fn assigned(text: &str) -> Option<&str> {
    let (at, _, _) = places(text).find(|(_, c, depth)| *c == '=' && *depth == 0)?;
    let value = text.slice(at + 1..).trim_start();
    Some(value.slice(..extent(value)))
}

/// The words of a code outside of strings, each with the place where it ends.
fn words(text: &str) -> Vec<(&str, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    let mut last = 0;
    for (at, c, _) in places(text) {
        let goes_on = is_word(c) && (start.is_none() || at == last);
        if let Some(begin) = start.filter(|_| !goes_on) {
            found.push((text.slice(begin..last), last));
            start = None;
        }
        if is_word(c) {
            start.get_or_insert(at);
            last = at + c.len_utf8();
        }
    }
    found.extend(start.map(|begin| (text.slice(begin..last), last)));
    found
}

/// Whether these arguments of `slice` leave nothing away.
fn is_all(arguments: Option<&str>, unset: &[&str]) -> bool {
    match parts(arguments.unwrap_or("1")).as_slice() {
        [] | ["" | "0"] => true,
        ["0", end] => *end == "undefined" || unset.contains(end),
        _ => false,
    }
}

/// The parameters of a function that may be left out, where a text calls it without any arguments.
fn unset_by<'f>(text: &str, name: &str, body: &'f str) -> Vec<&'f str> {
    let calls = text.match_indices(name);
    let calls = calls.map(|(at, _)| text.slice(at + name.len()..));
    let mut calls = calls.filter(|rest| rest.starts_with('('));
    if !calls.all(|rest| enclosed(rest).is_some_and(|given| given.trim().is_empty())) {
        return Vec::new();
    }
    let open = body.find('(').map(|at| body.slice(at..));
    let parameters = parts(open.and_then(enclosed).unwrap_or_default());
    let optional = parameters.into_iter().filter_map(|one| {
        let (name, _) = one.split_once('?')?;
        Some(name.trim()).filter(|name| !name.is_empty() && name.chars().all(is_word))
    });
    optional.collect()
}

/// The functions of the site that a text calls.
fn called<'f>(text: &str, functions: &Functions<'f>) -> Vec<(&'f str, &'f str)> {
    let calls = words(text).into_iter().filter(|(name, at)| {
        let is_method = text.slice(..at - name.len()).ends_with('.');
        let is_known = functions.asking.contains_key(*name) || !is_method;
        is_known && text.slice(*at..).starts_with('(')
    });
    calls.filter_map(|(name, _)| functions.get(name)).collect()
}

/// A code without what is given to methods that keep all entries.
fn without_keeping(text: &str) -> String {
    let mut bare = String::new();
    let mut from = 0;
    for (name, at) in words(text) {
        let rest = text.slice(at..);
        if at < from || !KEEPING.contains(&name) || !rest.starts_with('(') {
            continue;
        }
        // `getStaticPaths({ paginate })` only names it.
        if let Some(inside) = enclosed(rest) {
            bare.push_str(text.slice(from..=at));
            from = at + 1 + inside.len();
        }
    }
    bare.push_str(text.slice(from..));
    bare
}

/// The expressions of which the result of a function is made; none where it has no `return`.
fn given(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = words(text)
        .into_iter()
        .filter(|(name, _)| *name == "return")
        .map(|(_, at)| expression(text, at))
        .collect();
    let assignments = assignments(text);
    let mut next = 0;
    let mut names: BTreeSet<&str> = BTreeSet::new();
    while let Some(expression) = found.get(next).copied() {
        next += 1;
        names.extend(words(expression).into_iter().map(|(name, _)| name));
        for (left, right) in &assignments {
            let is_used = words(left).iter().any(|(name, _)| names.contains(name));
            if is_used && !found.contains(right) {
                found.push(right);
            }
        }
    }
    found
}

fn expression(text: &str, at: usize) -> &str {
    let rest = text.slice(at..);
    rest.slice(..extent(rest))
}

/// The statements that give a value to names: what is left and right of the sign.
fn assignments(text: &str) -> Vec<(&str, &str)> {
    const MOST: usize = 500;
    let signs = places(text).filter(|(at, c, _)| {
        let before = text.slice(..*at);
        *c == '='
            && !before.ends_with(['=', '!', '<', '>'])
            && !text.slice(at + 1..).starts_with(['=', '>'])
    });
    signs
        .take(MOST)
        .map(|(at, _, _)| {
            let before = text.slice(..at);
            let start = before.rfind([';', '\n']).map_or(0, |end| end + 1);
            (before.slice(start..), expression(text, at + 1))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_taken(page: &str, site: &str) -> BTreeMap<String, Filter> {
        let mut asking = HashMap::new();
        super::super::code::declared(site, &mut asking);
        let none = HashMap::new();
        let functions = Functions {
            own: &none,
            asking: &asking,
            others: &none,
        };
        taken(page, &functions)
    }

    fn said(page: &str, site: &str) -> Vec<(String, Option<String>)> {
        let texts = all_taken(page, site).into_iter();
        texts.map(|(name, filter)| (name, filter.code)).collect()
    }

    #[test]
    fn code_that_chooses_is_found() {
        let check = |page: &str, code: Option<&str>| {
            let expected = vec![("blog".to_owned(), code.map(str::to_owned))];
            assert_eq!(said(page, ""), expected, "{page}");
        };
        let all = "const posts = await getCollection('blog');\n";
        check(
            &format!("{all}return posts.map((p) => ({{ params: {{}} }}));"),
            None,
        );
        check(
            &format!("{all}return posts.sort((a, b) => b - a).slice(0, 2).map(f);"),
            Some(".slice(0, 2)"),
        );
        // What is only shown beside a post chooses none.
        check(
            &format!("{all}return posts.map((p) => ({{ props: {{ near: posts.slice(0, 2) }} }}));"),
            None,
        );
        check(
            &format!("{all}const top = posts.slice(0, 3);\nreturn posts.map((p) => p);"),
            None,
        );
        check(
            "let posts = await getCollection('blog');\nposts = posts.filter(isGood);\nreturn posts.map(f);",
            Some(".filter(isGood)"),
        );
        check(
            "const paths = [];\nfor (const p of await getCollection('blog')) {\n  if (p.x) paths.push(p);\n}\n\
             return paths;",
            Some("if (p.x)"),
        );
        check(
            "return (await getCollection('blog', isGood)).map(f);",
            Some("isGood"),
        );
    }

    /// A number that nobody gives leaves nothing away.
    #[test]
    fn parameters_that_are_not_given() {
        let site = "export async function newest(count?: number) {\n\
                    \x20 const all = await getCollection('blog');\n  return all.slice(0, count);\n}\n";
        let chosen = |page: &str| said(page, site).pop().and_then(|(_, code)| code);
        assert_eq!(chosen("return (await newest()).map(f);"), None);
        let sliced = Some(".slice(0, count)".to_owned());
        assert_eq!(chosen("return (await newest(3)).map(f);"), sliced);
        let site = site.replace("count?", "count");
        let found = said("return (await newest()).map(f);", &site).pop();
        assert_eq!(found.and_then(|(_, code)| code), sliced);
    }

    #[test]
    fn functions_are_followed() {
        let site = "import x from 'y';\n\
                    export async function all() {\n  return raw();\n}\n\
                    const raw = async () => (await getCollection(\"blog\")).filter(good);\n\
                    const good = ({ data }) => !data.hidden && !isOld(data);\n";
        let found = said("const x = await all();\nreturn x.map(f);", site);
        assert_eq!(
            found,
            [("blog".to_owned(), Some(".filter(good)".to_owned()))]
        );
        let site = site.replace(" && !isOld(data)", "");
        let found = all_taken("return (await all()).map(f);", &site);
        let condition = found.get("blog").map(|filter| filter.condition.clone());
        assert_eq!(condition, predicate("({ data }) => !data.hidden"));
    }
}
