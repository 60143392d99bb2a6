//! Pictures written as `:wink:`, where the site's generator draws them.

use std::borrow::Cow;

use feedwright_base::slice::Slice;

use super::code::Code;

/// The longest name that is looked for.
const LONGEST: usize = 50;

/// Puts characters for names; names that are none, and code, stay as they are.
pub(super) fn resolve(text: &str, code: impl Fn() -> Code) -> Cow<'_, str> {
    let ranges = std::cell::OnceCell::new();
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(colon) = text.slice(at..).find(':').map(|found| at + found) {
        at = colon + 1;
        let rest = text.slice(at..text.floor_char_boundary(at + LONGEST));
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')))
            .unwrap_or(rest.len());
        let is_name = end > 0 && rest.slice(end..).starts_with(':');
        let Some(emoji) = emojis::get_by_shortcode(rest.slice(..end)).filter(|_| is_name) else {
            continue;
        };
        // `https://a:b:c` and the like are no pictures.
        let follows_word = text
            .slice(..colon)
            .ends_with(|c: char| c.is_alphanumeric() || c == '/');
        if follows_word || ranges.get_or_init(&code).contains(colon) {
            continue;
        }
        out.push_str(text.slice(done..colon));
        out.push_str(emoji.as_str());
        at += end + 1;
        done = at;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_pictures() {
        let check = |text: &str, expected: &str| {
            assert_eq!(resolve(text, || Code::of(text)), expected, "{text}");
        };
        check("a :wink: b :tada::+1:", "a 😉 b 🎉👍");
        check("at 10:30:45, x:wink:", "at 10:30:45, x:wink:");
        check("`:wink:` :nonsense:", "`:wink:` :nonsense:");
        check(":", ":");
    }
}
