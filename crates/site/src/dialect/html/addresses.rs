//! At which addresses a server shows the pages of a folder.

use std::collections::{HashMap, HashSet};

use feedwright_base::permalink;

/// The addresses of a site's pages, relative to its own, as `blog/a-post/`.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// Those that the sitemap has, or the site's links.
    known: HashSet<String>,
    /// Whether addresses of pages have no ending, although files do.
    drop_ending: bool,
    /// Whether addresses of folders have no slash at their end.
    drop_slash: bool,
    /// The pages, by all addresses that they may have.
    pages: HashMap<String, String>,
}

impl Addresses {
    /// Of pages that lie in these files, and the addresses that are known.
    pub(super) fn new(files: &[String], known: impl Iterator<Item = String>) -> Self {
        let known: HashSet<String> = known.collect();
        let mut pages = HashMap::new();
        for file in files {
            for address in forms(file) {
                pages.entry(address).or_insert_with(|| file.clone());
            }
        }
        let named = |ends: fn(&str) -> bool, form: usize| {
            let of_form = files.iter().filter(|file| ends(file)).filter(|file| {
                forms(file)
                    .get(form)
                    .is_some_and(|address| known.contains(address))
            });
            of_form.count()
        };
        let is_index = |file: &str| file.ends_with("/index.html");
        let is_file = |file: &str| file != "index.html" && !file.ends_with("/index.html");
        Addresses {
            drop_ending: named(is_file, 1) > named(is_file, 0),
            drop_slash: named(is_index, 1) > named(is_index, 0),
            known,
            pages,
        }
    }

    /// The address of the page in a file.
    pub(super) fn of(&self, file: &str) -> String {
        let mut forms = forms(file);
        let is_dropped = match file {
            "index.html" => false,
            _ if file.ends_with("/index.html") => self.drop_slash,
            _ => self.drop_ending,
        };
        if is_dropped {
            forms.swap(0, 1);
        }
        let known = forms.iter().find(|form| self.known.contains(*form));
        let address = known.or(forms.first());
        permalink::encode(address.map_or(file, String::as_str))
    }

    /// The file of the page at an address.
    pub(super) fn page_of(&self, address: &str) -> Option<&str> {
        let plain = permalink::decode(address)?;
        self.pages.get(plain.as_str()).map(String::as_str)
    }

    /// The last part of the address of a page.
    pub(super) fn slug(&self, file: &str) -> String {
        let file = file.trim_end_matches("/index.html");
        let name = file.rsplit('/').next().unwrap_or(file);
        name.trim_end_matches(".html")
            .trim_end_matches(".htm")
            .to_owned()
    }
}

/// The addresses that the page in a file may have, the usual one first.
pub(super) fn forms(file: &str) -> Vec<String> {
    if file == "index.html" {
        return vec![String::new(), file.to_owned()];
    }
    if let Some(folder) = file.strip_suffix("/index.html") {
        return vec![format!("{folder}/"), folder.to_owned(), file.to_owned()];
    }
    let stem = file
        .strip_suffix(".html")
        .or_else(|| file.strip_suffix(".htm"));
    let stem = stem.unwrap_or(file);
    vec![file.to_owned(), stem.to_owned(), format!("{stem}/")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_the_site_has() {
        let check = |known: &[&str], expected: [&str; 3]| {
            let files = ["index.html", "blog/a/index.html", "blog/b c.html"].map(str::to_owned);
            let known = known.iter().map(|known| (*known).to_owned());
            let addresses = Addresses::new(&files, known);
            assert_eq!(files.each_ref().map(|file| addresses.of(file)), expected);
        };
        check(&[], ["", "blog/a/", "blog/b%20c.html"]);
        check(&["blog/a", "blog/b c"], ["", "blog/a", "blog/b%20c"]);
        check(&["blog/b c/"], ["", "blog/a/", "blog/b%20c/"]);
        check(
            &["blog/a/", "blog/b c.html"],
            ["", "blog/a/", "blog/b%20c.html"],
        );
    }

    #[test]
    fn pages_are_found_by_each_of_their_addresses() {
        let files = ["a/index.html", "b.html"].map(str::to_owned);
        let addresses = Addresses::new(&files, std::iter::empty());
        for (address, file) in [
            ("a/", Some("a/index.html")),
            ("a", Some("a/index.html")),
            ("b", Some("b.html")),
            ("b.html", Some("b.html")),
            ("c", None),
        ] {
            assert_eq!(addresses.page_of(address), file, "{address}");
        }
    }
}
