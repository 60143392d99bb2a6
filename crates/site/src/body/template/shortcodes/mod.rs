//! Shortcodes of the site itself, whose templates are filled in where that needs no more than the
//! arguments of the shortcode and what it encloses.

mod go;
mod hugo;
mod node;
mod place;
mod run;
mod tera;
mod token;
mod value;
mod zola;

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use super::super::fills::Fills;
use super::Context;
use super::arguments::Arguments;
use crate::dialect::Templates;

use self::node::Node;
use self::run::Run;

/// How much work the shortcodes of a post may make, in bytes that are read or written. Those of the
/// largest real posts need some hundred kilobytes.
const MOST_WORK: usize = 8 << 20;

/// How many different shortcodes a post may use, each of which is looked for in files.
const MOST_NAMES: usize = 200;

/// How deep shortcodes that are filled in may enclose one another.
pub(super) const DEEPEST: usize = 32;

/// The template of a shortcode.
pub(super) struct Template {
    nodes: Vec<Node>,
    /// Whether it makes Markdown, as Zola's `.md` do, in which nothing is escaped.
    pub(super) is_markdown: bool,
    length: usize,
}

/// A shortcode as a post uses it.
pub(super) struct Use<'a> {
    pub(super) name: &'a str,
    pub(super) arguments: &'a Arguments,
    /// What it encloses, with marks for HTML in it.
    pub(super) inner: &'a str,
    /// Which use of this shortcode in its post it is, from 1.
    pub(super) nth: usize,
}

/// What a site's own template makes of a shortcode.
#[derive(Clone)]
pub(super) enum Own {
    /// There is no template.
    Absent,
    /// Only the site's generator can run it.
    Computes,
    FillsIn(Rc<Template>),
}

/// The shortcodes of a site, as one post uses them.
pub(super) struct Shortcodes<'a> {
    context: &'a Context<'a>,
    /// What was read, by the names of shortcodes.
    read: HashMap<String, Own>,
    uses: HashMap<String, usize>,
    work: Cell<usize>,
}

impl<'a> Shortcodes<'a> {
    pub(super) fn of(context: &'a Context<'a>) -> Self {
        Shortcodes {
            context,
            read: HashMap::new(),
            uses: HashMap::new(),
            work: Cell::new(MOST_WORK),
        }
    }

    /// What the site's own template makes of a shortcode with these arguments.
    pub(super) fn own(&mut self, name: &str, arguments: &Arguments) -> Own {
        if self.context.style.shortcodes.is_empty() {
            return Own::Absent;
        }
        let own = match self.read.get(name) {
            Some(own) => own.clone(),
            None if self.read.len() >= MOST_NAMES => Own::Absent,
            None => {
                let own = self.template(name).unwrap_or(Own::Absent);
                self.read.insert(name.to_owned(), own.clone());
                own
            }
        };
        let Own::FillsIn(template) = own else {
            return own;
        };
        // Whether it computes may depend on its arguments.
        let trial = Use {
            name,
            arguments,
            inner: "x",
            nth: 1,
        };
        match self.run(&template, &trial, &Fills::default()) {
            Some(_) => Own::FillsIn(template),
            None => Own::Computes,
        }
    }

    /// The text of a shortcode; `None` where only the site's generator knows it.
    pub(super) fn fill(
        &mut self,
        template: &Template,
        name: &str,
        arguments: &Arguments,
        inner: &str,
        fills: &Fills,
    ) -> Option<String> {
        let nth = self.uses.entry(name.to_owned()).or_default();
        *nth += 1;
        let used = Use {
            name,
            arguments,
            inner,
            nth: *nth,
        };
        self.run(template, &used, fills)
    }

    fn run(&self, template: &Template, used: &Use<'_>, fills: &Fills) -> Option<String> {
        self.works(template.length)?;
        let text = Run::of(self, template, used, fills).all(&template.nodes)?;
        // HTML in place of marks is work, too.
        self.works(fills.length(&text))?;
        Some(text)
    }

    /// Takes from the work that is left; `None` where that is not enough.
    fn works(&self, count: usize) -> Option<()> {
        let left = self.work.get().checked_sub(count)?;
        self.work.set(left);
        Some(())
    }

    /// Reads the template of a shortcode from the first folder that has it.
    fn template(&self, name: &str) -> Option<Own> {
        let style = self.context.style;
        let is_zola = style.templates == Templates::Zola;
        let endings: &[&str] = if is_zola { &["html", "md"] } else { &["html"] };
        let language = self.context.language.filter(|_| !is_zola);
        let language = language.unwrap_or_default().to_lowercase();
        // `name.fr.html` is that of one language.
        let of_language = |language: &str| format!("{language}.html");
        let short = language.split('-').next().unwrap_or_default();
        let own = [of_language(&language), of_language(short)];
        let own = own.iter().filter(|_| !language.is_empty());
        let endings = own.map(String::as_str).chain(endings.iter().copied());
        let mut paths = style.shortcodes.iter().flat_map(|folder| {
            let path = |ending: &str| (format!("{folder}/{name}.{ending}"), ending == "md");
            endings.clone().map(path).collect::<Vec<_>>()
        });
        let (text, is_markdown) = paths
            .find_map(|(path, is_markdown)| Some(((self.context.include)(&path)?, is_markdown)))?;
        let text = super::super::without_marks(&text);
        let read = self.works(text.len());
        let nodes = read.and_then(|()| {
            if is_zola {
                tera::parse(&text)
            } else {
                go::parse(&text)
            }
        });
        Some(nodes.map_or(Own::Computes, |nodes| {
            Own::FillsIn(Rc::new(Template {
                nodes,
                is_markdown,
                length: text.len(),
            }))
        }))
    }
}
