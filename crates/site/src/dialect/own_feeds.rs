//! The feeds that generators make by themselves, and how they are turned off.

use feedwright_feed::Format;

use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::OwnFeed;
use crate::source;

/// That of the plugin jekyll-feed, or of templates in the site's folder.
pub(super) fn jekyll(root: &Folder, plugin: bool, config: &Value, file: &str) -> Vec<OwnFeed> {
    if plugin {
        let path = config.text(&["feed", "path"]);
        let path = path.unwrap_or_else(|| "feed.xml".to_owned());
        return vec![OwnFeed {
            // It leaves out a feed of which a file lies in the source.
            yields: true,
            ..feed(
                &path,
                Format::Atom,
                "jekyll-feed",
                format!(
                    "leave jekyll-feed in {file} as it is: it makes no feed where a file of that name lies \
                     in the site's folder"
                ),
            )
        }];
    }
    let by_template = |name| {
        let text = source::read_setting(root, name).ok().flatten();
        let text = text.filter(|text| text.starts_with("---"))?;
        let format = match text.contains("<rss") {
            true => Format::Rss,
            false => format_of(name),
        };
        let off = format!("delete the template {name}");
        Some(feed(name, format, "a template", off))
    };
    let names = ["feed.xml", "atom.xml", "rss.xml", "index.xml", "feed.json"];
    names.into_iter().filter_map(by_template).collect()
}

/// That of the home page, which Hugo makes unless it is told not to. In a site of several languages it is
/// that of the default one, whose code is given; each language has settings of its own.
pub(super) fn hugo(config: &Value, language: Option<&str>, file: &str) -> Vec<OwnFeed> {
    let names = |path: &[&str]| -> Option<Vec<String>> {
        let items = config.at(path)?.items().iter();
        Some(
            items
                .filter_map(|item| Some(item.as_text()?.to_lowercase()))
                .collect(),
        )
    };
    let is_rss = |name: &String| name == "rss";
    let is_off = names(&["disablekinds"]).is_some_and(|kinds| kinds.iter().any(is_rss));
    let of_language = language.and_then(|code| names(&["languages", code, "outputs", "home"]));
    let home = of_language.or_else(|| names(&["outputs", "home"]));
    if is_off || home.as_ref().is_some_and(|home| !home.iter().any(is_rss)) {
        return Vec::new();
    }
    let base = config.text(&["outputformats", "rss", "basename"]);
    let path = format!("{}.xml", base.as_deref().unwrap_or("index"));
    let is_below = config
        .get("defaultcontentlanguageinsubdir")
        .and_then(Value::as_bool);
    let path = match language.filter(|_| is_below == Some(true)) {
        Some(code) => format!("{code}/{path}"),
        None => path,
    };
    let key = language.map_or_else(
        || "outputs.home".to_owned(),
        |code| format!("languages.{code}.outputs.home"),
    );
    let others = home.unwrap_or_else(|| vec!["html".to_owned()]).into_iter();
    let others: Vec<String> = others.filter(|name| !is_rss(name)).collect();
    let off = format!("let `{key}` in {file} be [{}]", others.join(", "));
    vec![feed(&path, Format::Rss, "Hugo", off)]
}

/// Those of `generate_feeds`. Without it, sections with feeds of their own are all that the main feed
/// takes.
pub(super) fn zola(config: &Value, has_section_feeds: bool, file: &str) -> Vec<OwnFeed> {
    let on = ["generate_feeds", "generate_feed", "generate_rss"];
    let is_on = |key: &&str| config.get(key).and_then(Value::as_bool) == Some(true);
    let Some(key) = on.into_iter().find(is_on) else {
        return Vec::new();
    };
    let several = config.get("feed_filenames").map(Value::items);
    let mut names: Vec<String> = several
        .into_iter()
        .flatten()
        .filter_map(Value::as_text)
        .collect();
    names.extend(config.text(&["feed_filename"]));
    if names.is_empty() {
        names.push(
            if key == "generate_rss" {
                "rss.xml"
            } else {
                "atom.xml"
            }
            .to_owned(),
        );
    }
    let off = format!("set `{key} = false` in {file}");
    let feed = |name: &String| OwnFeed {
        include: has_section_feeds.then_some("content/**"),
        ..feed(name, format_of(name), "Zola", off.clone())
    };
    names.iter().map(feed).collect()
}

/// That of hexo-generator-feed.
pub(super) fn hexo(is_installed: bool, config: &Value) -> Vec<OwnFeed> {
    if !is_installed {
        return Vec::new();
    }
    let all = |key: &str| -> Vec<String> {
        let items = config.at(&["feed", key]).map(Value::items);
        items
            .into_iter()
            .flatten()
            .filter_map(Value::as_text)
            .collect()
    };
    let mut paths = all("path");
    if paths.is_empty() {
        let kinds = all("type");
        paths.extend(kinds.iter().map(|kind| match kind.as_str() {
            "rss2" => "rss2.xml".to_owned(),
            _ => "atom.xml".to_owned(),
        }));
    }
    if paths.is_empty() {
        paths.push("atom.xml".to_owned());
    }
    // It has no switch.
    let off = "remove the plugin by `npm uninstall hexo-generator-feed` and `hexo clean`";
    let maker = "hexo-generator-feed";
    let feed = |path: &String| feed(path, format_of(path), maker, off.to_owned());
    paths.iter().map(feed).collect()
}

/// That of `feedPlugin` of the plugin for RSS, where its path is written out.
pub(super) fn eleventy(code: &str, file: &str) -> Vec<OwnFeed> {
    let Some((_, options)) = code.split_once("addPlugin(feedPlugin") else {
        return Vec::new();
    };
    let option = |key: &str| -> Option<&str> {
        let (_, value) = options.split_once(key)?;
        let value = value.trim_start().strip_prefix(':')?.trim_start();
        let quote = value
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`'))?;
        value.get(1..)?.split(quote).next()
    };
    let path = option("outputPath").unwrap_or("/feed.xml");
    let format = match option("type") {
        Some("rss") => Format::Rss,
        Some("json") => Format::Json,
        _ => Format::Atom,
    };
    let off = format!("remove `addPlugin(feedPlugin, …)` from {file}");
    vec![feed(path, format, "eleventy-plugin-rss", off)]
}

/// Those of the blog plugin; `blog` is where the blog is, `types` what its `feedOptions.type` says.
pub(super) fn docusaurus(blog: &str, types: Option<&Value>, file: &str) -> Vec<OwnFeed> {
    let types: Vec<String> = match types {
        None => vec!["rss".to_owned(), "atom".to_owned()],
        Some(types) => types.items().iter().filter_map(Value::as_text).collect(),
    };
    let is_of = |name: &str| types.iter().any(|kind| kind == name || kind == "all");
    let all = [
        ("rss", "rss.xml"),
        ("atom", "atom.xml"),
        ("json", "feed.json"),
    ];
    let off = format!("set `feedOptions: {{type: null}}` of the blog in {file}");
    let feed = |name: &str| {
        let path = format!("{}/{name}", blog.trim_matches('/'));
        feed(&path, format_of(name), "Docusaurus", off.clone())
    };
    let named = all.into_iter().filter(|(kind, _)| is_of(kind));
    named.map(|(_, name)| feed(name)).collect()
}

/// Those of all articles; Atom alone unless the settings say otherwise.
pub(super) fn pelican(config: &Value, file: &str) -> Vec<OwnFeed> {
    let all = [
        ("FEED_ALL_ATOM", Format::Atom, Some("feeds/all.atom.xml")),
        ("FEED_ALL_RSS", Format::Rss, None),
        ("FEED_ATOM", Format::Atom, None),
        ("FEED_RSS", Format::Rss, None),
    ];
    let feed = |(key, format, default): (&str, Format, Option<&str>)| {
        let path = match config.get(key) {
            Some(value) => value.as_filled_text()?,
            None => default?.to_owned(),
        };
        Some(feed(
            &path,
            format,
            "Pelican",
            format!("set `{key} = None` in {file}"),
        ))
    };
    all.into_iter().filter_map(feed).collect()
}

/// Those that pages of Astro make, by the names of their files.
pub(super) fn astro(root: &Folder, pages: &str) -> Vec<OwnFeed> {
    let names = ["rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json"].into_iter();
    let by_page = |name: &str| {
        let file = [".js", ".ts"].map(|ending| format!("{pages}/{name}{ending}"));
        let file = file.into_iter().find(|file| root.has_file(file))?;
        Some(feed(
            name,
            format_of(name),
            "a page",
            format!("delete {file}"),
        ))
    };
    names.filter_map(by_page).collect()
}

fn feed(path: &str, format: Format, maker: &'static str, off: String) -> OwnFeed {
    OwnFeed {
        path: format!("/{}", path.trim_start_matches('/')),
        format,
        maker,
        off,
        include: None,
        yields: false,
    }
}

/// The format that a file name stands for.
fn format_of(name: &str) -> Format {
    let name = name.rsplit('/').next().unwrap_or(name);
    if name.ends_with(".json") {
        Format::Json
    } else if name.contains("rss") || name.starts_with("index") {
        Format::Rss
    } else {
        Format::Atom
    }
}
