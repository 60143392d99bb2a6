//! The tags and texts of HTML in the order in which they stand, without a tree.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token as Read, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

pub use html5ever::tokenizer::Tag;

use super::nesting;

/// A part of a page.
#[derive(Debug)]
pub enum Token<'t> {
    /// A tag that begins an element.
    Start(&'t Tag),
    /// A tag that ends the element of this name.
    End(&'t str),
    /// A text, whose references are characters.
    Text(&'t str),
}

/// Reads the tags and texts of a page one by one. A page that nests or repeats more than any does
/// is not read.
pub fn each(html: &str, visit: impl FnMut(Token<'_>)) {
    if nesting::is_excessive(html) {
        return;
    }
    let sink = Sink(RefCell::new(visit));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    // Scripts, at which the tokenizer stops, are texts here: it reads all in one go.
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
}

/// The value of a tag's attribute.
pub fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let mut attributes = tag.attrs.iter();
    let attribute = attributes.find(|attribute| &*attribute.name.local == name);
    attribute.map(|attribute| &*attribute.value)
}

struct Sink<F>(RefCell<F>);

impl<F: FnMut(Token<'_>)> TokenSink for Sink<F> {
    type Handle = ();

    fn process_token(&self, token: Read, _line: u64) -> TokenSinkResult<()> {
        let mut visit = self.0.borrow_mut();
        match token {
            Read::TagToken(tag) if tag.kind == TagKind::EndTag => visit(Token::End(&tag.name)),
            Read::TagToken(tag) => {
                visit(Token::Start(&tag));
                return match &*tag.name {
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                        TokenSinkResult::RawData(RawKind::Rawtext)
                    }
                    _ => TokenSinkResult::Continue,
                };
            }
            Read::CharacterTokens(text) => visit(Token::Text(&text)),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> String {
        let mut out = String::new();
        each(html, |token| match token {
            Token::Start(tag) => {
                let href = attribute(tag, "href").unwrap_or_default();
                out.push_str(&format!("<{} {href}>", tag.name));
            }
            Token::End(name) => out.push_str(&format!("</{name}>")),
            Token::Text(text) => out.push_str(text),
        });
        out
    }

    #[test]
    fn tags_and_texts_come_in_their_order() {
        assert_eq!(
            read("<p>a &amp; b<BR><!-- c --><A class=x HREF='/d?e&amp;f'>g</a>"),
            "<p >a & b<br ><a /d?e&f>g</a>"
        );
        assert_eq!(
            read("<title>a <b> c</title><script>'<p>'</script>d"),
            "<title >a <b> c</title><script >'<p>'</script>d"
        );
        assert_eq!(read("<p>open <b"), "<p >open ");
        assert_eq!(read(&"<div>".repeat(10_000)), "");
    }
}
