//! The folders of an Eleventy site, by its configuration and by the command that builds it.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::slice::Slice;

use crate::dialect::literals;
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::source::{self, inner_path};

const CONFIGS: [&str; 5] = [
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    ".eleventy.js",
    ".eleventy.cjs",
];

/// The options of the command that builds the site, in the scripts of `package.json`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Command {
    config: Option<String>,
    input: Option<String>,
    output: Option<String>,
    pub(super) path_prefix: Option<String>,
}

impl Command {
    pub(super) fn read(root: &Folder) -> Result<Self, Error> {
        let package = source::read_setting(root, "package.json")?;
        let package =
            package.and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok());
        let scripts = package
            .as_ref()
            .and_then(|package| package.get("scripts")?.as_object());
        Ok(scripts.map(Command::of_scripts).unwrap_or_default())
    }

    /// The options of the script that builds the site. Which files are read is the same for all
    /// scripts, so that another one may say it; where the site lies is not.
    fn of_scripts(scripts: &serde_json::Map<String, serde_json::Value>) -> Self {
        let mut scripts: Vec<_> = scripts.iter().collect();
        scripts.sort_by_key(|(name, _)| (*name != "build", !name.starts_with("build")));
        let commands = scripts.into_iter();
        let mut commands = commands.filter_map(|(_, script)| Command::of(script.as_str()?));
        let first = commands.next().unwrap_or_default();
        commands.fold(first, |command, other| Command {
            config: command.config.or(other.config),
            input: command.input.or(other.input),
            output: command.output.or(other.output),
            path_prefix: command.path_prefix,
        })
    }

    /// The options of a script; `None` where it runs something else.
    fn of(script: &str) -> Option<Self> {
        let (_, rest) = script.split_once("eleventy")?;
        let mut command = Command::default();
        let mut words = rest.split(|c: char| c.is_whitespace() || c == '&' || c == ';');
        while let Some(word) = words.next() {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (word, None),
            };
            let option = match name {
                "--config" => &mut command.config,
                "--input" => &mut command.input,
                "--output" => &mut command.output,
                "--pathprefix" => &mut command.path_prefix,
                _ => continue,
            };
            let value = value.or_else(|| words.next()).unwrap_or_default();
            let value = value.trim_matches(['"', '\'']);
            // What the shell fills in is not known.
            if !value.is_empty() && !value.contains('$') {
                *option = Some(value.to_owned());
            }
        }
        Some(command)
    }

    /// The name and the text of the configuration, with that of the files beside it that one of another
    /// name builds on.
    pub(super) fn config(&self, root: &Folder) -> Result<(Cow<'static, str>, String), Error> {
        if let Some(name) = &self.config {
            let name = name.trim_start_matches("./");
            if let Some(mut text) = source::read_include(root, name) {
                let below: String = imported(&text, name)
                    .filter_map(|path| source::read_include(root, &path))
                    .collect();
                text.push_str(&below);
                return Ok((Cow::Owned(name.to_owned()), text));
            }
        }
        for name in CONFIGS {
            if let Some(text) = source::read_setting(root, name)? {
                return Ok((name.into(), text));
            }
        }
        Ok((CONFIGS[0].into(), String::new()))
    }
}

/// The files beside a file that its code imports.
fn imported<'a>(code: &'a str, file: &'a str) -> impl Iterator<Item = String> + 'a {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let quoted = code
        .split(['"', '\''])
        .filter_map(|text| text.strip_prefix("./"));
    let code = quoted.filter(|path| {
        [".js", ".mjs", ".cjs"]
            .iter()
            .any(|end| path.ends_with(end))
    });
    code.map(move |path| {
        format!("{folder}/{path}")
            .trim_start_matches('/')
            .to_owned()
    })
}

/// The folders of a site.
pub(super) struct Folders {
    pub(super) input: PathBuf,
    pub(super) output: PathBuf,
    /// The folder of global data.
    pub(super) data: PathBuf,
    /// The folders of layouts, the one that is asked first before the other.
    pub(super) layouts: Vec<PathBuf>,
    /// The folders of templates and data, and the output folder.
    pub(super) reserved: Vec<PathBuf>,
}

impl Folders {
    /// The folders by the command, by the configuration's literals, or else by the arguments of its
    /// calls. An input folder that is code gets a warning, as all addresses count from it.
    pub(super) fn of(
        config: &Value,
        code: &str,
        command: &Command,
        file: &str,
        diags: &mut Diagnostics,
    ) -> Self {
        let clean = |path: String| inner_path(Path::new(&path));
        let dir = |key: &str| {
            let keys = ["input", "output", "includes"];
            let nested = config.text(&["dir", key]);
            nested.or_else(|| literals::javascript(code, &keys).text(&[key]))
        };
        let said = |key: &str, function: &str| {
            dir(key)
                .map(Ok)
                .or_else(|| Some(resolved(code, expression(code, key, function)?)))
        };
        let input = command
            .input
            .clone()
            .map(Ok)
            .or_else(|| said("input", "setInputDirectory"));
        if let Some(Err(code)) = &input {
            diags.warning(
                "setting-computed",
                Location::file(file),
                format!(
                    "the input folder is computed by code, `{code}`, which feedwright does not run, so \\
                     that all addresses are taken to count from the site's folder"
                ),
                "set `content.folders` and `content.permalink` in feedwright.yaml",
            );
        }
        let input = clean(input.and_then(Result::ok).unwrap_or_default());
        let output = command.output.clone().map(Ok);
        let output = output.or_else(|| said("output", "setOutputDirectory"));
        let output = clean(
            output
                .and_then(Result::ok)
                .unwrap_or_else(|| "_site".to_owned()),
        );
        let inner = |key: &str, default: &str| {
            let folder = dir(key).unwrap_or_else(|| default.to_owned());
            input.join(clean(folder))
        };
        let data = inner("data", "_data");
        let layouts = vec![inner("layouts", "_layouts"), inner("includes", "_includes")];
        let reserved = [output.clone(), data.clone()];
        let reserved = reserved.into_iter().chain(layouts.clone()).collect();
        Folders {
            layouts,
            input,
            output,
            data,
            reserved,
        }
    }
}

/// The string that code passes to a function.
pub(super) fn argument(code: &str, function: &str) -> Option<String> {
    literal(code.split(&format!("{function}(")).nth(1)?)
}

/// What code gives for a folder: as the argument of a function, or as a key of `dir`.
fn expression<'a>(code: &'a str, key: &str, function: &str) -> Option<&'a str> {
    let of_call = || {
        code.split_once(&format!("{function}("))
            .map(|(_, rest)| rest)
    };
    let of_key = || {
        let (_, dir) = code.split_once("dir:")?;
        let (dir, _) = dir.trim_start().strip_prefix('{')?.split_once('}')?;
        dir.split(',').find_map(|pair| {
            let (name, value) = pair.split_once(':').unwrap_or((pair, pair));
            (name.trim() == key).then_some(value)
        })
    };
    let rest = of_call().or_else(of_key)?;
    let end = rest.find(['\n', ')', ';', ',']).unwrap_or(rest.len());
    Some(rest.slice(..end).trim()).filter(|text| !text.is_empty())
}

/// The text that an expression stands for: a string, a name that is given one, or a string that
/// counts where a variable of the environment is not set. Else the expression itself.
fn resolved(code: &str, expression: &str) -> Result<String, String> {
    let value = last_choice(expression).trim();
    let of_name = || {
        let keywords = ["const", "let", "var"].into_iter();
        let mut assigned = keywords.filter_map(|keyword| {
            let (_, rest) = code.split_once(&format!("{keyword} {value} "))?;
            let value = rest.trim_start().strip_prefix('=')?;
            literal(last_choice(value.lines().next().unwrap_or(value)))
        });
        assigned.next()
    };
    let is_name = value
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    literal(value)
        .or_else(|| of_name().filter(|_| is_name))
        .ok_or_else(|| expression.to_owned())
}

/// What counts of `a || b` or `a ?? b` where nothing before it is set.
fn last_choice(expression: &str) -> &str {
    let last = expression.rsplit("||").next().unwrap_or(expression);
    last.rsplit("??").next().unwrap_or(last)
}

/// The string that code begins with.
fn literal(code: &str) -> Option<String> {
    let code = code.trim_start();
    let quote = code.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    Some(code.slice(1..).split(quote).next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_scripts() {
        let command =
            Command::of("rm -rf x && npx @11ty/eleventy --input=src --output dist; y").expect("it");
        assert_eq!(command.input.as_deref(), Some("src"));
        assert_eq!(command.output.as_deref(), Some("dist"));
        let command = Command::of("eleventy --config=./x.mjs --pathprefix=$BASE").expect("it");
        assert_eq!(command.config.as_deref(), Some("./x.mjs"));
        assert_eq!(command.path_prefix, None);
        assert_eq!(Command::of("vite build --input=src"), None);
    }

    #[test]
    fn one_script_builds() {
        let of = |text: &str| Command::of_scripts(&serde_json::from_str(text).expect("a map"));
        let command = of(
            r#"{"a-docs": "eleventy --pathprefix=/docs/ --input=src", "build": "eleventy",
                             "build-docs": "eleventy --pathprefix=/docs/"}"#,
        );
        assert_eq!(command.path_prefix, None);
        assert_eq!(command.input.as_deref(), Some("src"));
        let command = of(
            r#"{"build": "npm run build:11ty", "build:11ty": "eleventy --pathprefix=/docs/",
                             "start": "eleventy --serve"}"#,
        );
        assert_eq!(command.path_prefix.as_deref(), Some("/docs/"));
    }

    #[test]
    fn folders_that_code_names() {
        let input = |code: &str| {
            let mut diags = Diagnostics::new();
            let config = literals::javascript(code, &["dir"]);
            let folders = Folders::of(&config, code, &Command::default(), "x.js", &mut diags);
            let computed = if diags.iter().next().is_some() {
                " computed"
            } else {
                ""
            };
            format!("{}{computed}", folders.input.display())
        };
        for (code, folder) in [
            ("return { dir: { input: 'src' } };", "src"),
            (
                "const root = 'src';\nreturn { dir: { input: root, output: 'x' } };",
                "src",
            ),
            ("const IN = 'src';\nc.setInputDirectory(IN);", "src"),
            ("c.setInputDirectory('src');", "src"),
            ("return { dir: { input: process.env.IN || 'src' } };", "src"),
            (
                "const IN = process.env.IN ?? \"src\";\nreturn { dir: { input: IN } };",
                "src",
            ),
            ("return { dir: { input: path.join(a, b) } };", " computed"),
            ("c.setInputDirectory(f());", " computed"),
            ("return { dir: { output: 'src' } };", ""),
        ] {
            assert_eq!(input(code), folder, "{code}");
        }
    }
}
