//! An Eleventy site's configuration and data files, as far as they are literals.

use std::path::{Path, PathBuf};

use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use globset::{GlobSet, GlobSetBuilder};

use crate::dialect::generator::{self, variables_of};
use crate::dialect::{BodyStyle, Detected, Options, Templates, fields, literals, stem};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::SiteDefaults;
use crate::source::{self, Kind, Walk, inner_path};

use super::filters::filters;
use super::{Data, Eleventy, Layer, POSTS};

const CONFIGS: [&str; 5] = [
    "eleventy.config.js",
    "eleventy.config.mjs",
    "eleventy.config.cjs",
    ".eleventy.js",
    ".eleventy.cjs",
];

/// Data files of the whole site that many sites have, with its name and address in them.
const SITE_DATA: [&str; 4] = ["site", "metadata", "meta", "config"];

pub(in crate::dialect) fn recognizes(root: &Folder) -> bool {
    CONFIGS.iter().any(|name| root.has_file(name))
}

pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, text) = code_of_config(root)?;
    let config = literals::javascript(&text, &["dir", "pathPrefix", "templateFormats"]);
    let dir = |key: &str| {
        let nested = config.text(&["dir", key]);
        nested
            .or_else(|| literals::javascript(&text, &["input", "output", "includes"]).text(&[key]))
    };
    let clean = |path: &str| inner_path(Path::new(path));
    let call = |name: &str| {
        let rest = text.split(&format!("{name}(")).nth(1)?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        Some(rest[1..].split(quote).next()?.to_owned())
    };
    let input = dir("input").or_else(|| call("setInputDirectory"));
    let input = clean(&input.unwrap_or_default());
    let output = clean(
        &dir("output")
            .or_else(|| call("setOutputDirectory"))
            .unwrap_or_else(|| "_site".to_owned()),
    );
    let mut reserved = vec![output.clone()];
    for (key, default) in [
        ("includes", "_includes"),
        ("data", "_data"),
        ("layouts", "_layouts"),
    ] {
        reserved.push(input.join(clean(&dir(key).unwrap_or_else(|| default.to_owned()))));
    }
    let data_folder = input.join(clean(&dir("data").unwrap_or_else(|| "_data".to_owned())));
    let ignored = ignored(root, &input)?;
    let (data, has_folder) = data(root, &input, &reserved, diags)?;
    let marks = data.folders.values().any(|layer| {
        let mut values = layer.values.iter();
        values.any(|(key, value)| {
            let mut tags = value.items().iter().filter_map(Value::as_filled_text);
            key == "tags" && tags.any(|tag| POSTS.contains(&tag.as_str()))
        })
    });
    let (site_name, site) = site_data(root, &data_folder)?;
    let defaults = SiteDefaults {
        file: Some(file),
        title: site.text(&["title"]).or_else(|| site.text(&["name"])),
        url: site
            .text(&["url"])
            .or_else(|| site.text(&["baseUrl"]))
            .filter(|url| url.contains("://")),
        base_path: config.text(&["pathPrefix"]),
        description: site.text(&["description"]),
        language: site.text(&["language"]).or_else(|| site.text(&["lang"])),
        timezone: Some("UTC".to_owned()),
        authors: site.get("author").map(fields::people).unwrap_or_default(),
        output: Some(output),
        ..SiteDefaults::default()
    };
    Ok(Detected {
        dialect: Box::new(Eleventy {
            ignored,
            data,
            filters: filters(root, &text)?,
            has_posts: has_folder || marks,
            body: BodyStyle {
                smart: options.smart_punctuation.unwrap_or(false),
                templates: Templates::Eleventy,
                admonitions: true,
                attributes: true,
                attributes_at_ends: true,
                variables: variables_of(site_name, &site),
                ..BodyStyle::default()
            },
            input,
            reserved,
            options,
        }),
        defaults,
    })
}

fn code_of_config(root: &Folder) -> Result<(&'static str, String), Error> {
    for name in CONFIGS {
        if let Some(text) = source::read_setting(root, name)? {
            return Ok((name, text));
        }
    }
    Ok((CONFIGS[0], String::new()))
}

/// `.eleventyignore` and `.gitignore`: lines are globs from where the file lies.
fn ignored(root: &Folder, input: &Path) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    let in_input = slashed(&input.join(".eleventyignore"));
    for (name, folder) in [
        (".gitignore", ""),
        (".eleventyignore", ""),
        (in_input.as_str(), &*slashed(input)),
    ] {
        let Some(text) = source::read_setting(root, name)? else {
            continue;
        };
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with(['#', '!']) {
                continue;
            }
            let line = line.trim_start_matches("./").trim_matches('/');
            let pattern = format!("{folder}/{line}");
            // A line that is no glob ignores nothing.
            let _ = source::add_pattern(&mut set, pattern.trim_start_matches('/'));
        }
    }
    Ok(set.build().unwrap_or_default())
}

/// The data files beside pages and folders, and whether a folder is named like one of posts.
fn data(
    root: &Folder,
    input: &Path,
    reserved: &[PathBuf],
    diags: &mut Diagnostics,
) -> Result<(Data, bool), Error> {
    const SUFFIXES: [&str; 5] = [
        ".json",
        ".11tydata.json",
        ".11tydata.js",
        ".11tydata.mjs",
        ".11tydata.cjs",
    ];
    let mut data = Data::default();
    let mut has_folder = false;
    let folders = [input.to_path_buf()];
    if !root.has_folder(input) {
        return Ok((data, false));
    }
    let walk = Walk {
        root,
        folders: if input.as_os_str().is_empty() {
            &[]
        } else {
            &folders
        },
        takes: &|path, kind| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match kind {
                Kind::Folder => {
                    name != "node_modules"
                        && !name.starts_with('.')
                        && !reserved.iter().any(|folder| folder == path)
                }
                Kind::File => {
                    name.ends_with(".md") || SUFFIXES.iter().any(|suffix| name.ends_with(suffix))
                }
            }
        },
    };
    for path in source::discover(&walk, &mut Diagnostics::new())? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let folder = path.parent().unwrap_or(Path::new(""));
        let folder_name = folder.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".md") {
            let folder_name = folder_name.trim_start_matches('_').to_lowercase();
            has_folder |= POSTS.contains(&folder_name.as_str());
            continue;
        }
        let Some(bare) = SUFFIXES
            .iter()
            .rev()
            .find_map(|suffix| name.strip_suffix(suffix))
        else {
            continue;
        };
        let of_root = folder == input && bare == stem_or(input, "");
        let is_of_folder = bare == folder_name || of_root;
        // Other files of the kind belong to a page, or are nobody's.
        let has_page = ["md", "html", "njk", "liquid"]
            .iter()
            .any(|extension| root.has_file(folder.join(format!("{bare}.{extension}"))));
        if !is_of_folder && !has_page {
            continue;
        }
        let Some(text) = source::read_setting(root, &slashed(&path))? else {
            continue;
        };
        let layer = layer(&slashed(&path), &text, diags);
        let entry = if is_of_folder {
            data.folders.entry(folder.to_path_buf()).or_default()
        } else {
            data.files.entry(folder.join(bare)).or_default()
        };
        entry.lay(layer);
    }
    Ok((data, has_folder))
}

fn stem_or<'a>(path: &'a Path, default: &'a str) -> &'a str {
    if path.as_os_str().is_empty() {
        default
    } else {
        stem(path)
    }
}

fn layer(name: &str, text: &str, diags: &mut Diagnostics) -> Layer {
    if name.ends_with(".json") {
        let value = generator::parse(name, text, diags);
        return Layer {
            values: flattened(&value),
            computed: None,
        };
    }
    let keys = [
        "permalink",
        "tags",
        "layout",
        "date",
        "title",
        "eleventyComputed",
        "lang",
    ];
    let value = literals::javascript(text, &keys);
    let mut values = flattened(&value);
    values.retain(|(_, value)| *value != Value::Null);
    let is_known = values.iter().any(|(key, _)| key == "permalink");
    let mut computed = None;
    if !is_known && text.contains("permalink") {
        match template_of_function(text) {
            Some(template) => values.push(("permalink".to_owned(), Value::String(template))),
            None => computed = Some(name.to_owned()),
        }
    }
    Layer { values, computed }
}

/// The entries of data, with what `eleventyComputed` says of the permalink.
fn flattened(value: &Value) -> Vec<(String, Value)> {
    let mut values = value.entries().to_vec();
    if let Some(permalink) = value.at(&["eleventyComputed", "permalink"])
        && value.get("permalink").is_none()
        && *permalink != Value::Null
    {
        values.push(("permalink".to_owned(), permalink.clone()));
    }
    values
}

/// The template that a function returns, when all it does is to name variables in a text.
fn template_of_function(text: &str) -> Option<String> {
    let rest = &text[text.find("permalink")?..];
    let open = rest.find('`')?;
    let before = &rest[..open];
    let is_plain = before.trim_end().ends_with("return") || before.trim_end().ends_with("=>");
    let body = rest[open + 1..].split('`').next()?;
    let has_one_result = before.matches("return").count() <= 1 && !before.contains("if");
    let mut template = String::new();
    let mut tail = body;
    while let Some(at) = tail.find("${") {
        template.push_str(&tail[..at]);
        let (name, after) = tail[at + 2..].split_once('}')?;
        let name = name.trim();
        if !name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'))
        {
            return None;
        }
        template.push_str(&format!("{{{{ {name} }}}}"));
        tail = after;
    }
    template.push_str(tail);
    (is_plain && has_one_result).then_some(template)
}

impl Layer {
    /// Lays a stronger layer over this one; tags add up.
    fn lay(&mut self, over: Layer) {
        for (key, value) in over.values {
            match self.values.iter_mut().find(|(known, _)| *known == key) {
                Some((_, own)) if key == "tags" => {
                    let all = own.items().iter().chain(value.items()).cloned().collect();
                    *own = Value::List(all);
                }
                Some((_, own)) => *own = value,
                None => self.values.push((key, value)),
            }
        }
        if over.computed.is_some() {
            self.computed = over.computed;
        }
    }
}

/// What the site says of itself in its global data, and the name that templates know it by.
fn site_data(root: &Folder, folder: &Path) -> Result<(&'static str, Value), Error> {
    const KEYS: [&str; 4] = ["title", "url", "description", "name"];
    for name in SITE_DATA {
        for extension in ["json", "yaml", "yml", "js", "mjs", "cjs"] {
            let path = slashed(&folder.join(format!("{name}.{extension}")));
            let Some(text) = source::read_setting(root, &path)? else {
                continue;
            };
            let value = match extension {
                "js" | "mjs" | "cjs" => literals::javascript(&text, &KEYS),
                // What a plugin would read otherwise is not worth a message.
                _ => generator::parse(&path, &text, &mut Diagnostics::new()),
            };
            return Ok((name, value));
        }
    }
    Ok((SITE_DATA[0], Value::Null))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_only_fill_in() {
        let check = |code: &str, expected: Option<&str>| {
            assert_eq!(template_of_function(code).as_deref(), expected, "{code}");
        };
        check(
            "permalink: function({page}) {\n return `/web/${ page.fileSlug }/`\n}",
            Some("/web/{{ page.fileSlug }}/"),
        );
        check(
            "permalink: (data) => `/x/${data.slug}/`",
            Some("/x/{{ data.slug }}/"),
        );
        check(
            "permalink: (d) => { if (d.draft) return false; return `/x/` }",
            None,
        );
        check("permalink: (d) => `/x/${make(d)}/`", None);
    }
}
