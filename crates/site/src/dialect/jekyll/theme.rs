//! What the configurations of common themes and of jekyll-archives mean: the site's title and author,
//! and the pages of its tags and categories.

use feedwright_feed::Person;

use crate::dialect::fields;
use crate::front_matter::Value;
use crate::settings::{SiteDefaults, Taxonomy, TermPage};

use super::site::{has_plugin, list};

/// Adds what themes say in their own ways, where the site does not say it in Jekyll's.
pub(super) fn add(config: &Value, defaults: &mut SiteDefaults) {
    let name = full_name(config);
    if let Some(name) = &name {
        // al-folio: `blank` stands for the owner's name, and the icon is a picture of its own folder,
        // or a sign that is none.
        let is_blank = |title: &String| title == "blank";
        defaults.title = defaults.title.take().filter(|title| !is_blank(title));
        defaults.title.get_or_insert_with(|| name.clone());
        let icon = defaults.icon.take().filter(|icon| icon.contains('.'));
        defaults.icon = icon.map(|icon| match icon.contains('/') {
            true => icon,
            false => format!("/assets/img/{icon}"),
        });
    }
    if defaults.authors.is_empty() {
        let email = config
            .text(&["social", "email"])
            .or(config.text(&["email"]));
        // Chirpy names the owner beside the addresses of social networks.
        let owner = config.text(&["social", "name"]).or(name);
        let owner = owner.map(|name| fields::people(&Value::String(name)));
        defaults.authors = owner.unwrap_or_default();
        if let [Person { email: own, .. }] = defaults.authors.as_mut_slice() {
            *own = email;
        }
    }
    defaults.term_pages = term_pages(config);
}

/// The name of al-folio's owner, in its parts.
fn full_name(config: &Value) -> Option<String> {
    config.text(&["first_name"])?;
    let parts = ["first_name", "middle_name", "last_name"];
    let parts: Vec<String> = parts.iter().filter_map(|key| config.text(&[key])).collect();
    Some(parts.join(" "))
}

/// Where the site has pages of tags and categories: those of jekyll-archives, and the lists of
/// minimal-mistakes, on one page for all.
fn term_pages(config: &Value) -> Vec<TermPage> {
    [
        (Taxonomy::Tags, "tag", "tags", "tag_archive"),
        (
            Taxonomy::Categories,
            "category",
            "categories",
            "category_archive",
        ),
    ]
    .into_iter()
    .filter_map(|(taxonomy, kind, kinds, of_theme)| {
        let archives = || {
            let pattern = config.text(&["jekyll-archives", "permalinks", kind]);
            // What the plugin does by itself.
            let pattern = pattern.unwrap_or_else(|| format!("/{kind}/:name/"));
            has_archives(config, kinds).then(|| pattern.replace(":type", kind))
        };
        let on_one_page = || {
            let path = config.text(&[of_theme, "path"])?;
            let is_one = config.text(&[of_theme, "type"])? == "liquid";
            is_one.then(|| format!("{path}#:name"))
        };
        let pattern = archives().or_else(on_one_page)?;
        Some(TermPage { taxonomy, pattern })
    })
    .collect()
}

/// Whether jekyll-archives makes pages of tags, or of categories.
fn has_archives(config: &Value, kinds: &str) -> bool {
    let key = ["jekyll-archives", "enabled"];
    let enabled = config.at(&key);
    let is_all = enabled.is_some_and(|value| {
        value.as_bool() == Some(true) || value.as_text().as_deref() == Some("all")
    });
    has_plugin(config, "jekyll-archives")
        && (is_all || list(config, &key).iter().any(|enabled| enabled == kinds))
}
