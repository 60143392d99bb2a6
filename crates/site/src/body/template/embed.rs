//! Things of other sites that a post shows in a frame: readers get a link to them.

use super::arguments::Arguments;

/// The address of what a tag such as `youtube` shows, by the tag's name and arguments.
pub(super) fn address(name: &str, arguments: &Arguments) -> Option<String> {
    let id = |key: &str| arguments.named_or_first(key).filter(|id| is_id(id));
    match name {
        "youtube" | "youtube_video" | "youtubeplayer" | "yt" => page(
            arguments.named_or_first("id"),
            "https://www.youtube.com/watch?v=",
        ),
        "vimeo" | "vimeo_simple" => page(arguments.named_or_first("id"), "https://vimeo.com/"),
        "streamable" => page(arguments.named_or_first("id"), "https://streamable.com/"),
        "gist" => gist(arguments),
        "instagram" | "instagram_simple" => {
            Some(format!("https://www.instagram.com/p/{}/", id("id")?))
        }
        "x" | "x_simple" | "twitter" | "twitter_simple" | "tweet" => {
            if let Some(url) = arguments.at(0).filter(|url| is_url(url)) {
                return Some(url.to_owned());
            }
            let user = arguments.named("user").filter(|user| is_id(user));
            let id = id("id").filter(|id| id.bytes().all(|b| b.is_ascii_digit()))?;
            Some(format!("https://x.com/{}/status/{id}", user.unwrap_or("i")))
        }
        "iframe" | "embed" => {
            let url = arguments.named("src").or(arguments.named("url"));
            let url = url.or(arguments.at(0)).filter(|url| is_url(url));
            url.map(str::to_owned)
        }
        "jsfiddle" => Some(format!("https://jsfiddle.net/{}/", path(arguments.at(0)?)?)),
        "codepen" => Some(format!(
            "https://codepen.io/{}/pen/{}",
            id("user")?,
            arguments
                .named("id")
                .or(arguments.at(1))
                .filter(|id| is_id(id))?
        )),
        _ => None,
    }
}

/// A page by its id, or by an address that says it all.
fn page(id: Option<&str>, prefix: &str) -> Option<String> {
    let id = id?;
    if is_url(id) {
        return Some(id.to_owned());
    }
    is_id(id).then(|| format!("{prefix}{id}"))
}

fn gist(arguments: &Arguments) -> Option<String> {
    if let Some(url) = arguments.named_or_first("url").filter(|url| is_url(url)) {
        return Some(url.to_owned());
    }
    let first = path(arguments.at(0)?)?;
    let second = arguments.at(1).filter(|id| is_id(id));
    Some(match second {
        // `user id`; behind an id stands the name of one of its files.
        Some(id) if !first.contains('/') && id.len() >= 5 && !id.contains('.') => {
            format!("https://gist.github.com/{first}/{id}")
        }
        _ => format!("https://gist.github.com/{first}"),
    })
}

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

fn path(text: &str) -> Option<&str> {
    let text = text.trim_matches('/');
    text.split('/').all(is_id).then_some(text)
}

fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && text.len() < 2_000
}

#[cfg(test)]
mod tests {
    use super::super::arguments::Separator;
    use super::*;

    fn check(name: &str, arguments: &str, expected: Option<&str>) {
        let arguments = Arguments::parse(arguments, Separator::Blank);
        assert_eq!(
            address(name, &arguments).as_deref(),
            expected,
            "{name} {arguments:?}"
        );
    }

    #[test]
    fn addresses() {
        check(
            "youtube",
            "w7Ft2ymGmfc",
            Some("https://www.youtube.com/watch?v=w7Ft2ymGmfc"),
        );
        check(
            "youtube",
            "id=\"a_-b\" t=1",
            Some("https://www.youtube.com/watch?v=a_-b"),
        );
        check("youtube", "\"><script>", None);
        check("vimeo", "146022717", Some("https://vimeo.com/146022717"));
        check(
            "gist",
            "spf13 7896402",
            Some("https://gist.github.com/spf13/7896402"),
        );
        check(
            "gist",
            "spf13/7896402 a.go",
            Some("https://gist.github.com/spf13/7896402"),
        );
        check(
            "gist",
            "7896402 a.go",
            Some("https://gist.github.com/7896402"),
        );
        check(
            "x",
            "user=\"SanDiegoZoo\" id=\"1453\"",
            Some("https://x.com/SanDiegoZoo/status/1453"),
        );
        check(
            "tweet",
            "877500564405444608",
            Some("https://x.com/i/status/877500564405444608"),
        );
        check("iframe", "javascript:x()", None);
        check("jsfiddle", "ccWP7/ js", Some("https://jsfiddle.net/ccWP7/"));
    }
}
