//! Takes out the comments of Nunjucks, `{# … #}`.

use std::borrow::Cow;

use feedwright_base::slice::Slice;
use feedwright_base::text::{Finder, has};

use super::super::code::Code;
use super::tags::{Kind, tags};
use super::word;

/// A text without its comments. Those that `{% raw %}` encloses stay, and those in code where the site's
/// generator keeps code from its templates, which `code` gives.
pub(super) fn resolve(text: &str, code: impl Fn() -> Option<Code>) -> Cow<'_, str> {
    if !has(text, "{#") {
        return Cow::Borrowed(text);
    }
    let (tags, code) = (tags(text), code());
    // Nothing between these two is a tag.
    let is_raw = |at: usize| {
        let before = tags.partition_point(|tag| tag.start <= at);
        let last = tags.slice(..before).last();
        last.is_some_and(|tag| tag.kind == Kind::Block && word(tag.inner).0 == "raw")
    };
    let (mut starts, mut ends) = (Finder::new(text, "{#"), Finder::new(text, "#}"));
    let mut out = String::with_capacity(text.len());
    let (mut done, mut at) = (0, 0);
    while let Some(start) = starts.find(at) {
        let Some(end) = ends.find(start + 2) else {
            break;
        };
        if is_raw(start) || code.as_ref().is_some_and(|code| code.contains(start)) {
            at = start + 2;
            continue;
        }
        out.push_str(text.slice(done..start));
        done = end + 2;
        at = done;
    }
    out.push_str(text.slice(done..));
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go() {
        let check =
            |text: &str, expected: &str| assert_eq!(resolve(text, || None), expected, "{text}");
        check("a {# b\nc #}d", "a d");
        check("`{# a #}` {# b", "`` {# b");
        check(
            "{% raw %}{# a #}{% endraw %}{# b #}",
            "{% raw %}{# a #}{% endraw %}",
        );
        check("{{ x }}{# {{ y }} #}", "{{ x }}");
        let text = "`{# a #}` {# b #}";
        assert_eq!(resolve(text, || Some(Code::of(text))), "`{# a #}` ");
    }
}
