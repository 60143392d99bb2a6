//! Defines how a site's generator treats the bodies of posts.

use std::path::Path;

/// What the text of a post is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Markup {
    #[default]
    Markdown,
    Html,
    /// Another language of markup, which is not rendered here.
    Other,
    /// Plain text, whose paragraphs are set apart by blank lines.
    Text,
}

impl Markup {
    /// What the name of a file says.
    pub fn of(path: &Path) -> Self {
        let extension = path.extension().and_then(|name| name.to_str());
        match extension {
            Some("html" | "htm") => Markup::Html,
            Some("rst" | "adoc" | "asciidoc" | "asc" | "org" | "textile" | "njk" | "liquid") => {
                Markup::Other
            }
            _ => Markup::Markdown,
        }
    }
}

/// The program that turns a site's Markdown into HTML.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Engine {
    /// pulldown-cmark, Zola's own, which reads the Markdown of all sites here.
    #[default]
    CommonMark,
    /// Hugo's.
    Goldmark,
    /// Jekyll's.
    Kramdown,
    /// Hexo's.
    Marked,
    /// That of Eleventy and VitePress.
    MarkdownIt,
    /// That of Pelican and MkDocs.
    Python,
    /// That of Astro and Docusaurus.
    Remark,
}

/// The template language that a site's posts may contain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Templates {
    /// None: braces are text, unless they look like tags, which no reader should see.
    #[default]
    None,
    /// Liquid with Jekyll's own tags, in code as well.
    Liquid,
    /// Hugo's shortcodes.
    Hugo,
    /// Zola's shortcodes.
    Zola,
    /// Hexo's tags, and Nunjucks.
    Hexo,
    /// Liquid as Eleventy has it: without Jekyll's tags, with the filter `url`.
    Eleventy,
    /// Nunjucks as Eleventy has it: the same, with comments.
    Nunjucks,
    /// None for certain: braces are text, whatever they look like.
    Off,
    /// MDX, as Docusaurus and Astro have it, in files with any extension.
    Jsx,
    /// Vue in Markdown: components, and interpolation in two braces.
    Vue,
}

/// The address of the page that is made of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pages {
    /// `name.html`.
    #[default]
    Files,
    /// `name`.
    Clean,
    /// `name/`.
    Folders,
}

/// Which addresses that stand bare in a text become links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BareLinks {
    #[default]
    Off,
    /// As Goldmark's `linkify` has it: those in ASCII, behind a blank.
    Goldmark,
    /// As GitHub's Markdown has it: up to the next blank.
    Gfm,
    /// As markdown-it's `linkify` has it: up to the next sign that is no letter of any script. Names of
    /// hosts alone are none.
    LinkifyIt,
}

impl BareLinks {
    /// The rule where the site has it on, else none.
    pub(super) fn when(self, is_on: bool) -> Self {
        if is_on { self } else { BareLinks::Off }
    }
}

/// What becomes of HTML in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RawHtml {
    #[default]
    Shown,
    /// Tags go, and blocks with what stands in them.
    Omitted,
    /// Tags are text.
    Text,
}

/// Which elements of HTML hold Markdown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InnerMarkdown {
    #[default]
    Off,
    /// Those with `markdown="1"`, wherever they stand in HTML, as kramdown has it.
    Kramdown,
    /// All, as kramdown has it with `parse_block_html`.
    KramdownInAll,
    /// Those with `markdown`, as Python's Markdown has it with `md_in_html`.
    Python,
}

/// How the lists of Python's Markdown are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PythonLists {
    /// As those of CommonMark.
    #[default]
    Off,
    /// Items that are indented alike are one list, which counts from one.
    Lazy,
    /// Numbers are apart from other marks and count from the first, as `sane_lists` has it.
    Sane,
}

/// Which part of a text is its summary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SummaryRule {
    /// What stands before the mark that ends a summary, else the first paragraph, shortened where it is
    /// long.
    #[default]
    Paragraph,
    /// Jekyll's excerpt: what stands before the separator, which is a blank line unless the site has
    /// another; the whole text without one.
    Separated,
    /// Hugo's summary: what stands before the mark, else as many whole paragraphs as it takes to reach
    /// this number of words. Where `by_sign`, each sign of Chinese, Japanese and Korean is a word.
    Paragraphs { words: usize, by_sign: bool },
    /// Pelican's summary: this many words, of this many paragraphs at most.
    Words(Option<usize>, Option<usize>),
}

/// How the site's generator treats bodies.
#[derive(Debug, Clone, Default)]
pub struct BodyStyle {
    pub engine: Engine,
    /// Whether straight quotes and hyphens become typographic.
    pub smart: bool,
    /// Which addresses become links.
    pub bare_links: BareLinks,
    /// Whether the end of a line is a break.
    pub hard_breaks: bool,
    /// Whether a picture that stands alone is in no paragraph.
    pub bare_pictures: bool,
    /// What becomes of HTML.
    pub raw_html: RawHtml,
    /// Which elements of HTML hold Markdown.
    pub inner_markdown: InnerMarkdown,
    pub python_lists: PythonLists,
    /// Whether `: text` below a line says what the line means.
    pub definitions: bool,
    /// The text that ends the excerpt, besides the usual `<!--more-->`.
    pub excerpt_separator: Option<String>,
    /// Which part of a text is its summary.
    pub summary: SummaryRule,
    /// What Pelican's summary ends with where it was cut off.
    pub summary_end: Option<String>,
    /// The template language of bodies.
    pub templates: Templates,
    /// Whether `:::note` begins an admonition.
    pub admonitions: bool,
    /// Whether `{.class}` on a line of its own is a list of attributes.
    pub attributes: bool,
    /// Whether `{.class}` at the end of a line is a list of attributes.
    pub attributes_at_ends: bool,
    /// Whether `:wink:` is an emoji.
    pub emoji: bool,
    /// Whether a heading that opens the body is the title, which the page shows separately.
    pub heading_is_title: bool,
    /// Whether `!!! note` and `=== "Tab"` begin blocks of indented lines.
    pub indented_blocks: bool,
    /// Whether `title="…"` behind the language of code is shown above it.
    pub code_titles: bool,
    /// Whether lines that are indented are no code.
    pub no_indented_code: bool,
    /// Whether `[[Note]]` is a link to a post by its file.
    pub wikilinks: bool,
    /// The folder that links from the root of the content are relative to.
    pub content: String,
    /// Where folders of the source lie on the site, the deepest first, for generators whose links count
    /// from the file of a post and not from its address.
    pub files: Vec<(String, String)>,
    /// What the addresses of pages are that such links lead to.
    pub pages: Pages,
    /// Whether links to pages that are no posts name their files, as in a repository.
    pub links_to_files: bool,
    /// Whether links that begin with a slash count from the base of the site.
    pub rooted: bool,
    /// The folders that may have templates of shortcodes, the one that wins first.
    pub shortcodes: Vec<String>,
    /// Variables that templates may name, such as `site.title`.
    pub variables: Vec<(String, String)>,
}
