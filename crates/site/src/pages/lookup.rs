//! At which addresses a rendered site has posts whose permalinks only code knows.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;
use feedwright_base::date;
use feedwright_base::diagnostic::Diagnostics;
use feedwright_base::permalink;
use rayon::prelude::*;
use url::Url;

use crate::body::rendered::title_letters;
use crate::config::{Config, RenderedSite, TitledPage};
use crate::dialect::{self, Dialect, Options};
use crate::front_matter;
use crate::settings::DialectName;
use crate::source;

use super::all;

/// The address of the only page of a rendered site with this title that says no other day.
pub fn address(title: &str, day: NaiveDate, site: &RenderedSite, config: &Config) -> Option<Url> {
    let titles = site.titles.get_or_init(|| read(site, config));
    let pages = titles.get(&title_letters(title))?;
    // A page may be dated by the clock of another zone.
    let is_near = |page: &&TitledPage| {
        let apart = page.day.map(|own| (own - day).num_days().abs());
        apart.is_none_or(|days| days <= 1)
    };
    let dated = pages.iter().filter(|page| page.day.is_some());
    let mut dated = dated.filter(is_near).peekable();
    let mut undated = pages.iter().filter(|page| page.day.is_none());
    let of: &mut dyn Iterator<Item = &TitledPage> = match dated.peek() {
        Some(_) => &mut dated,
        None => &mut undated,
    };
    let first = of.next()?;
    of.next().is_none().then(|| first.url.clone())
}

/// All pages by their titles. What cannot be read has none.
fn read(site: &RenderedSite, config: &Config) -> HashMap<String, Vec<TitledPage>> {
    let options = Options {
        folders: vec![site.folder.clone()],
        ..Options::default()
    };
    let mut unsaid = Diagnostics::new();
    let rules = dialect::load(&config.root, DialectName::Html, options, &mut unsaid);
    let (Ok(rules), Ok(pages)) = (rules, all(site, config)) else {
        return HashMap::new();
    };
    let rules = rules.dialect.as_ref();
    let found: Vec<(String, TitledPage)> = pages
        .par_iter()
        .filter_map(|path| page(path, rules, config))
        .collect();
    let mut titles: HashMap<String, Vec<TitledPage>> = HashMap::new();
    for (title, page) in found {
        titles.entry(title).or_default().push(page);
    }
    titles
}

/// The title of a page, and where it is.
fn page(path: &Path, rules: &dyn Dialect, config: &Config) -> Option<(String, TitledPage)> {
    let mut unsaid = Diagnostics::new();
    let source = source::read(&config.root, path, &mut unsaid).ok()??;
    let page = front_matter::decode(&source, rules.syntax(), &mut unsaid)?;
    let metadata = rules.metadata(path, &page, &rules.names());
    let title = metadata.title.as_ref()?.text.clone();
    let dates = metadata.published.first();
    let day = dates
        .and_then(|date| date::parse(&date.text.text, None).ok())
        .map(|date| date.day);
    let address = rules
        .permalink(path, &metadata, NaiveDate::default().into())
        .ok()?;
    let url = permalink::on_site(&config.site.url, &address).ok()?;
    Some((title_letters(&title), TitledPage { url, day }))
}
