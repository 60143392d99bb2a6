//! Makes the rules of a site of its settings.

use std::borrow::Cow;
use std::path::Path;

use feedwright_base::diagnostic::{Diagnostics, Location};
use feedwright_base::error::Error;
use feedwright_base::permalink::slashed;
use feedwright_feed::Person;
use globset::{GlobSet, GlobSetBuilder};

use crate::dialect::{
    BareLinks, BodyStyle, Detected, Engine, InnerMarkdown, Options, Pages, PythonLists, generator,
};
use crate::folder::Folder;
use crate::front_matter::Value;
use crate::settings::SiteDefaults;
use crate::source::{self, inner_path};

use super::pattern::{Slugs, normalized};
use super::settings::{self, CONFIGS, is_computed, text};
use super::{Blog, MkDocs};

/// The settings of a site, and the file that has them: the usual one, or the only other one that has a
/// blog where that has none.
fn read(
    root: &Folder,
    diags: &mut Diagnostics,
) -> Result<Option<(Cow<'static, str>, Value)>, Error> {
    let usual = settings::read(root, diags)?;
    // What cannot be read may have a blog.
    let is_taken = |config: &Value| matches!(config, Value::Null) || !plugins(config).is_empty();
    if !usual.as_ref().is_some_and(|(_, config)| is_taken(config)) {
        let mut blogs = others_with_blog(root);
        if let (Some((file, config)), true) = (blogs.pop(), blogs.is_empty()) {
            return Ok(Some((file.into(), config)));
        }
    }
    Ok(usual.map(|(file, config)| (file.into(), config)))
}

/// The files beside the usual one whose settings have a blog.
fn others_with_blog(root: &Folder) -> Vec<(String, Value)> {
    let mut others = settings::others(root);
    others.retain(|(_, config)| !plugins(config).is_empty());
    others
}

/// The only file with the settings of a blog that is not called as usual.
pub(in crate::dialect) fn settings_elsewhere(root: &Folder) -> Option<String> {
    let mut blogs = others_with_blog(root).into_iter();
    let (file, _) = blogs.next()?;
    blogs.next().is_none().then_some(file)
}

/// Whether a site has a blog: the settings of most are those of a manual.
pub(in crate::dialect) fn has_blog(root: &Folder) -> bool {
    // What cannot be read is said when the site is.
    let config = read(root, &mut Diagnostics::new());
    matches!(config, Ok(Some((_, config))) if !plugins(&config).is_empty())
}

/// Says why it is not known whether a site has a blog; `false` where it has none.
pub(in crate::dialect) fn says_why(root: &Folder, diags: &mut Diagnostics) -> bool {
    let mut found = Diagnostics::new();
    if read(root, &mut found).is_ok() && found.has_errors() {
        diags.append(found);
        return true;
    }
    let blogs = others_with_blog(root);
    let names: Vec<String> = blogs.iter().map(|(file, _)| format!("`{file}`")).collect();
    let Some((first, _)) = blogs.first() else {
        return false;
    };
    diags.error(
        "generator-unknown",
        Location::file(first),
        format!(
            "MkDocs makes this site, and several of its settings have the plugin `blog`: {}",
            names.join(", ")
        ),
        "build the site by one of them first, and feedwright reads its pages; where they are in no usual \
         folder, say in feedwright.yaml `content.dialect: html` and `content.folders`",
    );
    true
}

/// Reads the settings and the blogs of a site.
pub(in crate::dialect) fn load(
    root: &Folder,
    options: Options,
    diags: &mut Diagnostics,
) -> Result<Detected, Error> {
    let (file, config) = read(root, diags)?.unwrap_or((CONFIGS[1].into(), Value::Null));
    let docs = inner_path(Path::new(&setting(&config, "docs_dir", "docs")));
    let mut blogs = Vec::new();
    for plugin in plugins(&config) {
        blogs.push(blog(root, plugin, &docs, diags)?);
    }
    if let (Some(first), false) = (blogs.first_mut(), options.folders.is_empty()) {
        options
            .folders
            .iter()
            .take(1)
            .for_each(|folder| first.folder = folder.clone());
    }
    if is_computed(&config, &["docs_dir"]) {
        blogs
            .iter_mut()
            .for_each(|blog| blog.computed = Some("docs_dir"));
    }
    if blogs.is_empty() {
        diags.warning(
            "config-blog",
            Location::file(&*file),
            "no plugin `blog` stands in the settings, so no page is a post",
            "say `content.dialect: html` in feedwright.yaml, which reads the pages that were built",
        );
    }
    Ok(Detected {
        defaults: defaults(&config, file, &docs),
        dialect: Box::new(MkDocs {
            excluded: excluded(&config, &docs),
            folders: flag(&config, "use_directory_urls").unwrap_or(true),
            english: language(&config).starts_with("en"),
            body: body(&config, &options, &docs, &blogs),
            blogs,
            options,
        }),
    })
}

/// A text of the settings, or what is said without it.
fn setting(config: &Value, key: &str, default: &str) -> String {
    text(config, &[key]).unwrap_or_else(|| default.to_owned())
}

fn flag(config: &Value, key: &str) -> Option<bool> {
    config.get(key).and_then(Value::as_bool)
}

/// The language of the theme, which is English where it is not said.
fn language(config: &Value) -> String {
    text(config, &["theme", "language"]).unwrap_or_else(|| "en".to_owned())
}

/// The defaults of the site, from its settings.
fn defaults(config: &Value, file: Cow<'static, str>, docs: &Path) -> SiteDefaults {
    let author = text(config, &["site_author"]);
    let person = author.map(Person::named);
    SiteDefaults {
        file: Some(file),
        title: text(config, &["site_name"]),
        url: text(config, &["site_url"]),
        description: text(config, &["site_description"]),
        language: Some(language(config)),
        timezone: Some("UTC".to_owned()),
        authors: person.into_iter().collect(),
        icon: text(config, &["theme", "favicon"]),
        rights: text(config, &["copyright"]),
        output: Some(docs.to_owned()),
        copied: vec![docs.to_owned()],
        ..SiteDefaults::default()
    }
}

/// How bodies are treated.
fn body(config: &Value, options: &Options, docs: &Path, blogs: &[Blog]) -> BodyStyle {
    let mut separators = plugins(config)
        .into_iter()
        .map(|plugin| text(plugin, &["post_excerpt_separator"]).unwrap_or_default());
    // Files beside posts lie beside the blog.
    let posts = blogs
        .iter()
        .map(|blog| (slashed(&blog.folder), blog.route.clone()));
    BodyStyle {
        smart: options
            .smart_punctuation
            .unwrap_or_else(|| has_extension(config, "smarty")),
        excerpt_separator: separators.find(|text| !text.is_empty()),
        engine: Engine::Python,
        definitions: has_extension(config, "def_list") || has_extension(config, "extra"),
        inner_markdown: match has_extension(config, "md_in_html") || has_extension(config, "extra")
        {
            true => InnerMarkdown::Python,
            false => InnerMarkdown::Off,
        },
        python_lists: match () {
            () if has_extension(config, "mdx_truly_sane_lists") => PythonLists::Off,
            () if has_extension(config, "sane_lists") => PythonLists::Sane,
            () => PythonLists::Lazy,
        },
        indented_blocks: true,
        code_titles: has_extension(config, "pymdownx.highlight")
            || has_extension(config, "pymdownx.superfences"),
        hard_breaks: has_extension(config, "nl2br"),
        bare_links: BareLinks::Gfm.when(has_extension(config, "pymdownx.magiclink")),
        attributes: true,
        attributes_at_ends: true,
        emoji: has_extension(config, "pymdownx.emoji"),
        heading_is_title: true,
        content: slashed(docs),
        files: posts.chain([(slashed(docs), String::new())]).collect(),
        pages: match flag(config, "use_directory_urls") {
            Some(false) => Pages::Files,
            _ => Pages::Folders,
        },
        ..BodyStyle::default()
    }
}

/// Whether an extension of Markdown is used; Zensical uses most of them by itself.
fn has_extension(config: &Value, name: &str) -> bool {
    let Some(all) = config.get("markdown_extensions") else {
        return name == "pymdownx.emoji";
    };
    let is_listed =
        |item: &Value| item.as_text().is_some_and(|text| text == name) || item.get(name).is_some();
    all.get(name).is_some() || all.items().iter().any(is_listed)
}

/// The settings of the plugins `blog` that are used.
fn plugins(config: &Value) -> Vec<&Value> {
    let is_blog = |name: &str| matches!(name, "blog" | "material/blog");
    let is_used = |plugin: &&Value| flag(plugin, "enabled") != Some(false);
    let Some(all) = config.get("plugins") else {
        return Vec::new();
    };
    let lists = match all {
        Value::Map(_) => std::slice::from_ref(all),
        _ => all.items(),
    };
    let mut found = Vec::new();
    for item in lists {
        if item.as_text().is_some_and(|name| is_blog(&name)) {
            found.push(&Value::Null);
        }
        let entries = item.entries().iter();
        found.extend(
            entries
                .filter(|(name, _)| is_blog(name))
                .map(|(_, plugin)| plugin),
        );
    }
    found.retain(is_used);
    found
}

/// A blog by the settings of its plugin.
fn blog(
    root: &Folder,
    plugin: &Value,
    docs: &Path,
    diags: &mut Diagnostics,
) -> Result<Blog, Error> {
    let text = |key: &str, default: &str| setting(plugin, key, default);
    let route = normalized(&text("blog_dir", "blog"));
    let below = |pattern: String| docs.join(normalized(&pattern.replace("{blog}", &route)));
    let folder = below(text("post_dir", "{blog}/posts"));
    let authors = if flag(plugin, "authors") == Some(false) {
        Value::Null
    } else {
        people(
            root,
            &below(text("authors_file", "{blog}/.authors.yml")),
            diags,
        )?
    };
    let slugs = |key: &str| Slugs::of(plugin.get(key), text(&format!("{key}_separator"), "-"));
    let categories = text("post_url_max_categories", "1").parse();
    let computed = [
        "blog_dir",
        "post_dir",
        "post_url_format",
        "post_url_date_format",
        "post_url_max_categories",
    ];
    Ok(Blog {
        folder,
        route,
        pattern: text("post_url_format", "{date}/{slug}"),
        date_pattern: text("post_url_date_format", "yyyy/MM/dd"),
        most_categories: categories.unwrap_or(1),
        slugs: slugs("post_slugify"),
        category_slugs: slugs("categories_slugify"),
        authors,
        drafts: flag(plugin, "draft") == Some(true),
        computed: computed.into_iter().find(|key| is_computed(plugin, &[key])),
    })
}

/// The people behind the keys in `authors`.
fn people(root: &Folder, file: &Path, diags: &mut Diagnostics) -> Result<Value, Error> {
    let file = slashed(file);
    let Some(text) = source::read_setting(root, &file)? else {
        return Ok(Value::Null);
    };
    let all = generator::parse(&file, &text, diags);
    Ok(all.get("authors").cloned().unwrap_or(all))
}

/// `exclude_docs`: lines as `.gitignore` has them. A line that is no glob leaves out nothing.
fn excluded(config: &Value, docs: &Path) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    let lines = text(config, &["exclude_docs"]).unwrap_or_default();
    for line in lines.lines().map(str::trim) {
        let bare = line.trim_matches('/');
        if bare.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        let is_at_top = line.starts_with('/') || bare.contains('/');
        let anywhere = if is_at_top { "" } else { "**/" };
        let folder = slashed(docs);
        let pattern = format!("{folder}/{anywhere}{bare}");
        let _ = source::add_pattern(&mut set, pattern.trim_start_matches('/'));
    }
    set.build().unwrap_or_default()
}
