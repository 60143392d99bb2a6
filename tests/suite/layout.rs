//! The direction of the code: what the compiler cannot see inside of a crate. No two modules at the
//! top of one need each other, by whatever way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::site::files;

/// Which modules each one names, with a file in which it does.
type Uses = BTreeMap<String, BTreeMap<String, String>>;

#[test]
fn no_modules_need_each_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = fs::read_dir(root.join("crates")).expect("crates");
    let crates = crates.map(|entry| entry.expect("a crate").path().join("src"));
    for folder in crates.chain([root.join("src")]) {
        let uses = uses(&folder);
        assert!(!uses.is_empty(), "{}", folder.display());
        if let Some(circle) = circle(&uses) {
            let steps = circle.windows(2).map(|pair| {
                let file = &uses[&pair[0]][&pair[1]];
                format!("{} needs {} in {file}\n", pair[0], pair[1])
            });
            let steps: String = steps.collect();
            panic!("a circle in {}:\n{steps}", folder.display());
        }
    }
}

#[test]
fn a_circle_is_found() {
    let text = "use crate::{a::X, b};\nuse super::super::c::{d, e};\n// use crate::f;\nfn g() { super::h() }";
    let found = named(text, &["m", "inner"]);
    assert_eq!(found, ["a", "b", "c", "m"].map(str::to_owned).into());
    let uses = |pairs: &[(&str, &str)]| {
        let mut uses = Uses::new();
        for (from, to) in pairs {
            let to = (to.to_string(), String::new());
            uses.entry(from.to_string()).or_default().extend([to]);
        }
        uses
    };
    assert_eq!(circle(&uses(&[("a", "b"), ("a", "c"), ("b", "c")])), None);
    let found = circle(&uses(&[("a", "b"), ("b", "c"), ("c", "b")]));
    assert_eq!(found, Some(["b", "c", "b"].map(str::to_owned).to_vec()));
}

/// What the modules at the top of a crate name of each other.
fn uses(folder: &Path) -> Uses {
    let mut uses = Uses::new();
    let files: Vec<String> = files(folder);
    let own = |file: &str| -> Vec<String> {
        let parts = file.trim_end_matches(".rs").split('/');
        let parts = parts.filter(|part| *part != "mod");
        parts.map(str::to_owned).collect()
    };
    let is_root = |path: &[String]| matches!(&*path[0], "lib" | "main");
    for file in files.iter().filter(|file| file.ends_with(".rs")) {
        let path = own(file);
        if is_root(&path) {
            continue;
        }
        let text = fs::read_to_string(folder.join(file)).expect("a file");
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        let module = uses.entry(path[0].clone()).or_default();
        for other in named(&text, &parts) {
            if other != path[0] {
                module.insert(other, file.clone());
            }
        }
    }
    // Other names are those of types and functions.
    let modules: BTreeSet<String> = uses.keys().cloned().collect();
    for others in uses.values_mut() {
        others.retain(|other, _| modules.contains(other));
    }
    uses
}

/// The names at the top of the crate that a module at a path uses.
fn named(text: &str, path: &[&str]) -> BTreeSet<String> {
    let lines = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or(line));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    let mut names = BTreeSet::new();
    let mut rest = &*code;
    while let Some(at) = ["crate::", "super::"]
        .iter()
        .filter_map(|word| rest.find(word))
        .min()
    {
        let before = rest[..at].chars().next_back();
        let is_word = before.is_none_or(|c| !c.is_alphanumeric() && !"_$:".contains(c));
        rest = &rest[at..];
        let mut up = 0;
        while let Some(inner) = rest.strip_prefix("super::") {
            (up, rest) = (up + 1, inner);
        }
        rest = rest.strip_prefix("crate::").unwrap_or(rest);
        if !is_word {
            continue;
        }
        // What is named below a module other than the crate's own is that module's.
        if up > 0 && up < path.len() {
            names.insert(path[0].to_owned());
        } else {
            names.extend(heads(rest));
        }
    }
    names
}

/// The first words of a path, or of several in braces.
fn heads(text: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        let text = text.trim_start();
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(inner) = text.strip_prefix('{') else {
        return vec![word(text)];
    };
    let (mut depth, mut start, mut heads) = (0, 0, Vec::new());
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(word(&inner[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(word(&inner[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}

/// A way from a module back to itself.
fn circle(uses: &Uses) -> Option<Vec<String>> {
    fn go(at: &str, uses: &Uses, way: &mut Vec<String>, done: &mut BTreeSet<String>) -> bool {
        let known = way.iter().position(|module| module == at);
        way.push(at.to_owned());
        if let Some(start) = known {
            way.drain(..start);
            return true;
        }
        let others = uses.get(at).into_iter().flat_map(BTreeMap::keys);
        for other in others {
            if !done.contains(other) && go(other, uses, way, done) {
                return true;
            }
        }
        way.pop();
        done.insert(at.to_owned());
        false
    }
    let mut done = BTreeSet::new();
    uses.keys().find_map(|module| {
        let mut way = Vec::new();
        (!done.contains(module) && go(module, uses, &mut way, &mut done)).then_some(way)
    })
}
