//! Checks addresses in attributes of HTML: of what a reader follows, shows or sends to.

use feedwright_base::slice::Slice;

use super::super::rule::Rule;
use super::super::schema::shown;
use super::{HTML_SCRIPT_LINK, HTML_URL_CHARACTER};

/// Whether an attribute is one address.
fn is_link(tag: &str, key: &str) -> bool {
    matches!(
        (key.as_bytes(), tag.as_bytes()),
        (b"href", b"a" | b"area")
            | (
                b"src",
                b"img" | b"audio" | b"video" | b"source" | b"track" | b"input"
            )
            | (b"poster", b"video")
            | (b"cite", b"blockquote" | b"q" | b"del" | b"ins")
            | (b"action", b"form")
            | (b"formaction", b"button" | b"input")
    )
}

/// What is wrong with the addresses in an attribute: the rule, and what the HTML has. Relative ones
/// break the rule `relative`.
pub(super) fn problems(
    tag: &str,
    key: &str,
    value: &str,
    relative: Option<&'static Rule>,
) -> Vec<(&'static Rule, String)> {
    let look = |link: &str| {
        let problem = problem(link, relative)?;
        let (rule, what) = problem;
        Some((
            rule,
            format!("{what} in `{key}` of `{tag}`: “{}”", shown(link)),
        ))
    };
    match key {
        "srcset" if matches!(tag, "img" | "source") => candidates(value).filter_map(look).collect(),
        _ if is_link(tag, key) => look(value.trim()).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The addresses of the images in a `srcset`. Each stands before a blank, and ends at a comma where
/// nothing follows on it; others may have commas in them.
fn candidates(mut rest: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace());
        let (link, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
        let bare = link.trim_end_matches(',');
        rest = match after.find(',') {
            Some(comma) if bare == link => after.slice(comma..),
            None if bare == link => "",
            _ => after,
        };
        (!bare.is_empty()).then_some(bare)
    })
}

fn problem(link: &str, relative: Option<&'static Rule>) -> Option<(&'static Rule, String)> {
    if is_script(link) {
        return Some((&HTML_SCRIPT_LINK, "runs a script".to_owned()));
    }
    let stray = link
        .bytes()
        .find(|byte| byte.is_ascii() && !is_of_address(*byte));
    if let Some(c) = stray {
        return Some((&HTML_URL_CHARACTER, format!("has U+{c:04X}")));
    }
    let end = link.find(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '-' | '.')));
    let is_absolute = end.is_some_and(|at| at > 0 && link.slice(at..).starts_with(':'));
    let rule = relative.filter(|_| !is_absolute)?;
    Some((rule, "has a relative address".to_owned()))
}

/// Whether an address may have a character of ASCII in it (RFC 3986, section 2).
fn is_of_address(byte: u8) -> bool {
    let is_sign = matches!(
        byte,
        b'-' | b'.'
            | b'_'
            | b'~'
            | b'!'
            | b'$'
            | b'&'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b':'
            | b'@'
            | b'/'
            | b'?'
            | b'%'
            | b'#'
            | b'['
            | b']'
    );
    byte.is_ascii_alphanumeric() || is_sign
}

/// Whether a link runs a script. Browsers skip control characters and blanks in schemes.
pub(super) fn is_script(link: &str) -> bool {
    let Some((scheme, _)) = link.split_once(':') else {
        return false;
    };
    let scheme = scheme
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .map(|c| c.to_ascii_lowercase());
    ["javascript", "vbscript"]
        .iter()
        .any(|script| scheme.clone().eq(script.chars()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_to_choose_from() {
        let of = |text| candidates(text).collect::<Vec<_>>();
        assert_eq!(of("/a 1x, b,c.png 2x,/d, e"), ["/a", "b,c.png", "/d", "e"]);
        assert_eq!(of(" , "), [""; 0]);
    }
}
