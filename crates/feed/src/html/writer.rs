//! Markdown events to HTML that is fit for a feed as it is written.
//!
//! It differs from the parser's own writer in what a feed needs: absolute URLs, ids that differ
//! between entries, footnotes that link back, check boxes as characters, no XHTML slashes. Its
//! bytes are those that the sanitizer would write, so that a post without raw HTML need not be
//! sanitized.

use std::collections::HashMap;

use feedwright_base::slice::Slice;
use feedwright_base::text::Escapes;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd,
};

use super::footnotes::Notes;
use super::links::Base;

/// How deep elements may nest. Real posts stay below 20.
const DEEPEST: usize = 200;

/// HTML as written from Markdown, not yet sanitized.
#[derive(Debug, PartialEq)]
pub(super) struct Written {
    pub(super) html: String,
    /// Whether it holds HTML that the author wrote, which has to be sanitized.
    pub(super) raw: bool,
}

/// The body nests too deeply to be shown.
#[derive(Debug, PartialEq)]
pub(super) struct TooDeep;

/// Writes all events of a text, given its length.
pub(super) fn write<'a>(
    events: impl Iterator<Item = Event<'a>>,
    length: usize,
    base: &Base<'_>,
) -> Result<Written, TooDeep> {
    let mut writer = Writer {
        base,
        out: String::with_capacity(length + length / 2),
        raw: false,
        depth: 0,
        links: Vec::new(),
        image: None,
        heading: None,
        heading_ids: HashMap::new(),
        table: Vec::new(),
        in_head: false,
        has_head: false,
        column: 0,
        content: 0,
        cell: 0,
        notes: Notes::default(),
    };
    for event in events {
        writer.event(event)?;
        if writer.out.len() > MOST_WRITTEN {
            return Err(TooDeep);
        }
    }
    writer.footnotes();
    if writer.out.len() > MOST_WRITTEN {
        return Err(TooDeep);
    }
    Ok(Written {
        html: writer.out,
        raw: writer.raw,
    })
}

/// How many bytes of HTML a post may become: every link has a whole address, which may be hundreds
/// of times as long as what it was written as. The longest real post has 1.2 MB.
const MOST_WRITTEN: usize = 32 << 20;

pub(super) struct Writer<'b> {
    pub(super) base: &'b Base<'b>,
    pub(super) out: String,
    raw: bool,
    depth: usize,
    /// For every open link, whether its tag was written.
    pub(super) links: Vec<bool>,
    /// The text of the image that is open.
    image: Option<Image>,
    /// Where the open heading's content begins, and its own id.
    heading: Option<(usize, Option<String>)>,
    heading_ids: HashMap<String, usize>,
    table: Vec<Alignment>,
    in_head: bool,
    /// Whether any cell of the head holds something.
    has_head: bool,
    column: usize,
    /// Where the open paragraph or head of a table begins.
    content: usize,
    /// Where the content of the open cell begins.
    cell: usize,
    pub(super) notes: Notes,
}

struct Image {
    url: String,
    title: String,
    alt: String,
    /// Images within an image's text.
    nested: usize,
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>) -> Result<(), TooDeep> {
        if let Some(image) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                Event::Start(Tag::Image { .. }) => image.nested += 1,
                Event::End(TagEnd::Image) if image.nested > 0 => image.nested -= 1,
                Event::End(TagEnd::Image) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.end_image();
                }
                _ => {}
            }
            return Ok(());
        }
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(TooDeep);
                }
                self.start(tag);
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end(tag);
            }
            Event::Text(text) => TEXT.write(&mut self.out, &text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                TEXT.write(&mut self.out, &text);
                self.out.push_str("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.raw = true;
                self.out.push_str(&html);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                TEXT.write(&mut self.out, &text);
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => {
                self.new_line();
                self.out.push_str("<hr>\n");
            }
            Event::TaskListMarker(done) => self.out.push_str(if done { "☑ " } else { "☐ " }),
            Event::FootnoteReference(name) => self.reference(&name),
        }
        Ok(())
    }

    fn new_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Opens a block on a line of its own.
    pub(super) fn block(&mut self, tag: &str) {
        self.new_line();
        self.out.push_str(tag);
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.block("<blockquote>\n");
        let title = kind.map(|kind| match kind {
            BlockQuoteKind::Note => "Note",
            BlockQuoteKind::Tip => "Tip",
            BlockQuoteKind::Important => "Important",
            BlockQuoteKind::Warning => "Warning",
            BlockQuoteKind::Caution => "Caution",
        });
        if let Some(title) = title {
            self.out
                .push_str(&format!("<p><strong>{title}</strong></p>\n"));
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.block("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = language(info)
        {
            self.out.push_str(" class=\"language-");
            ATTRIBUTE.write(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// Writes what a tag begins with. It is long because it is a table: a line or two for each tag.
    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.new_line();
                self.content = self.out.len();
                self.out.push_str("<p>");
            }
            Tag::Heading { id, .. } => {
                self.new_line();
                self.heading = Some((self.out.len(), id.map(|id| id.to_string())));
            }
            Tag::BlockQuote(kind) => self.quote(kind),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::HtmlBlock => self.new_line(),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(start)) => self.block(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => self.block("<li>"),
            Tag::FootnoteDefinition(name) => {
                let before = std::mem::take(&mut self.out);
                self.notes.open.push((name.to_string(), before));
            }
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => {
                self.table = alignments;
                self.block("<table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.content = self.out.len();
                self.has_head = false;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, &dest_url, &title),
            Tag::Image {
                dest_url, title, ..
            } => {
                self.image = Some(Image {
                    url: dest_url.to_string(),
                    title: title.to_string(),
                    alt: String::new(),
                    nested: 0,
                });
            }
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                let start = self.content.min(self.out.len());
                let content = self.out.slice(start..).strip_prefix("<p>");
                if content.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_whitespace())) {
                    self.out.truncate(start);
                } else {
                    self.out.push_str("</p>\n");
                }
            }
            TagEnd::Heading(level) => self.end_heading(&level.to_string()),
            TagEnd::BlockQuote(_) => self.block("</blockquote>\n"),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::List(false) => self.block("</ul>\n"),
            TagEnd::List(true) => self.block("</ol>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((name, before)) = self.notes.open.pop() {
                    let text = std::mem::replace(&mut self.out, before);
                    self.notes.texts.entry(name).or_insert(text);
                }
            }
            TagEnd::DefinitionList => self.block("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => self.out.push_str("</tbody>\n</table>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                if self.has_head {
                    self.out.push_str("</tr>\n</thead>\n");
                } else {
                    // Nobody misses a head that shows nothing.
                    self.out.truncate(self.content);
                }
                self.out.push_str("<tbody>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.has_head |= self.out.len() > self.cell;
                self.out
                    .push_str(if self.in_head { "</th>" } else { "</td>" });
            }
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    self.out.push_str("</a>");
                }
            }
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn cell(&mut self) {
        self.out.push_str(if self.in_head { "<th" } else { "<td" });
        let alignment = self
            .table
            .get(self.column)
            .copied()
            .unwrap_or(Alignment::None);
        self.column += 1;
        self.out.push_str(match alignment {
            Alignment::None => ">",
            Alignment::Left => " style=\"text-align:left\">",
            Alignment::Center => " style=\"text-align:center\">",
            Alignment::Right => " style=\"text-align:right\">",
        });
        self.cell = self.out.len();
    }

    fn link(&mut self, kind: LinkType, url: &CowStr<'_>, title: &CowStr<'_>) {
        let url = match kind {
            LinkType::Email => self.base.resolve(&format!("mailto:{url}")),
            _ => self.base.resolve(url),
        };
        // A link that leads nowhere a reader may go leaves its text.
        self.links.push(url.is_some());
        if let Some(url) = url {
            self.out.push_str("<a href=\"");
            ATTRIBUTE.write(&mut self.out, &url);
            self.title(title);
            self.out.push_str("\">");
        }
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            ATTRIBUTE.write(&mut self.out, title);
        }
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else {
            return;
        };
        match self.base.resolve(&image.url) {
            Some(url) => {
                self.out.push_str("<img src=\"");
                ATTRIBUTE.write(&mut self.out, &url);
                self.out.push_str("\" alt=\"");
                ATTRIBUTE.write(&mut self.out, &image.alt);
                self.title(&image.title);
                self.out.push_str("\">");
            }
            None => TEXT.write(&mut self.out, &image.alt),
        }
    }

    fn end_heading(&mut self, name: &str) {
        let Some((start, id)) = self.heading.take() else {
            return;
        };
        let content = self.out.split_off(start);
        let id = id.unwrap_or_else(|| heading_id(&content));
        let count = self.heading_ids.entry(id.clone()).or_default();
        let id = if *count == 0 {
            id
        } else {
            format!("{id}-{count}")
        };
        *count += 1;
        self.out.push_str(&format!("<{name} id=\""));
        ATTRIBUTE.write(&mut self.out, &self.base.id(&id));
        self.out.push_str(&format!("\">{content}</{name}>\n"));
    }
}

/// The language of a code block, as its info string names it first.
fn language(info: &str) -> Option<&str> {
    let end = info
        .find(|c: char| c.is_whitespace() || c == ',' || c == '{')
        .unwrap_or(info.len());
    let name = info.slice(..end);
    let usual = |c: char| c.is_ascii_alphanumeric() || "+-_#.".contains(c);
    (!name.is_empty() && name.chars().all(usual)).then_some(name)
}

/// A heading's id as kramdown makes it: its text from the first letter on, in lower case,
/// blanks as hyphens, other signs left out.
fn heading_id(content: &str) -> String {
    let text =
        html_escape::decode_html_entities(&feedwright_base::text::strip_tags(content)).into_owned();
    let id: String = text
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() => Some(c),
            ' ' | '-' => Some('-'),
            '_' => Some('_'),
            _ => None,
        })
        .collect::<String>()
        .to_lowercase();
    if id.is_empty() {
        "section".to_owned()
    } else {
        id
    }
}

/// Text as the HTML standard's serializer writes it (section 13.3). A parser reads a carriage
/// return as the end of a line.
static TEXT: Escapes<4> = Escapes::new([
    (b'&', "&amp;"),
    (b'<', "&lt;"),
    (b'>', "&gt;"),
    (b'\r', "\n"),
]);

static ATTRIBUTE: Escapes<5> = Escapes::new([
    (b'&', "&amp;"),
    (b'"', "&quot;"),
    (b'<', "&lt;"),
    (b'>', "&gt;"),
    (b'\r', "\n"),
]);
