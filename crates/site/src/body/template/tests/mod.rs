//! Tables of what becomes of template code, for each family of generators.

mod hexo;
mod hugo;
mod liquid;
mod mdx;
mod shortcodes;
mod zola;

use url::Url;

use crate::dialect::{BodyStyle, Templates};

use super::super::code::Code;
use super::super::posts::PostLinks;
use super::{Context, resolve};

/// The include files of all tests.
fn include(name: &str) -> Option<String> {
    let text = match name {
        "_includes/a.html" => "<b>{{ include.x }}</b> {{ page.title }}\n",
        "_includes/block.html" => "<div>\n\n    <p>{{ include.x | upcase }}</p>\n</div>\n",
        "_includes/nested.html" => "[{% include a.html x=include.y %}]",
        "_includes/if.html" => "{% if include.x %}{{ include.x }}{% endif %}",
        "_includes/itself.html" => "{% include itself.html %}{% include itself.html %}",
        "_includes/huge.html" => return Some("x".repeat(200 << 10)),
        name => return shortcodes::template(name),
    };
    Some(text.to_owned())
}

fn run(templates: Templates, text: &str) -> (String, Vec<String>) {
    let base = Url::parse("https://example.gov/blog/").expect("a URL");
    let style = BodyStyle {
        templates,
        admonitions: templates == Templates::Jsx,
        shortcodes: match templates {
            Templates::Hugo => vec!["layouts/shortcodes".into()],
            Templates::Zola => vec!["templates/shortcodes".into()],
            _ => Vec::new(),
        },
        variables: vec![
            ("site.title".into(), "Site".into()),
            ("site.params.motto".into(), "To *serve*".into()),
        ],
        ..BodyStyle::default()
    };
    let page = |name: &str| match name {
        "title" => Some("Page".to_owned()),
        "date" => Some("2021-03-04 05:06:07 -0500".to_owned()),
        _ => None,
    };
    let mut posts = PostLinks::default();
    for (path, url, title) in [
        ("_posts/2021-01-01-a.md", "https://example.gov/a/", "A [b]"),
        ("content/posts/b.md", "https://example.gov/b/", "B"),
        ("content/posts/c/index.md", "https://example.gov/c/", "C"),
        ("content/news/b.md", "https://example.gov/news/b/", "B"),
    ] {
        posts.add(path.to_owned(), url, title);
    }
    let context = Context {
        base: &base,
        style: &style,
        templates,
        page: &page,
        posts: &posts,
        path: "content/news/post.md",
        language: Some("fr-FR"),
        include: &include,
    };
    let resolved = resolve(text, &context, Code::of);
    (
        resolved.fills.filled(&resolved.text).into_owned(),
        resolved.dropped.into_iter().collect(),
    )
}

fn check_as(templates: Templates, text: &str, expected: &str, dropped: &[&str]) {
    let (found, named) = run(templates, text);
    assert_eq!(found, expected, "{text}");
    assert_eq!(named, dropped, "{text}");
}

/// Nothing that a stranger writes takes longer than a moment.
#[test]
fn hostile_templates() {
    let hard = [
        "{{<".repeat(100_000),
        "{{< a".repeat(50_000) + " >}}",
        "{{< a >}}".repeat(50_000),
        "{{< a >}}".repeat(20_000) + &"{{< /a >}}".repeat(20_000),
        "{{< highlight >}}\n".repeat(50_000),
        "{{".repeat(100_000),
        "{%".repeat(100_000),
        "{% a %}".repeat(50_000) + &"{% enda %}".repeat(50_000),
        "{% codeblock %}".repeat(50_000),
        "{% raw %}".repeat(50_000),
        "{% if a %}".repeat(50_000),
        "{% for i in (1..1000000000) %}{% endfor %}".repeat(10_000),
        "{% include itself.html %}".repeat(10_000),
        "{% blockquote %}".repeat(20_000) + &"{% endblockquote %}".repeat(20_000),
        "{% a() %}".repeat(50_000) + &"{% end %}".repeat(50_000),
        "<A>".repeat(300_000),
        "<A b={".repeat(100_000),
        "<a b=\"".repeat(100_000),
        "{".repeat(200_000),
        "{'".repeat(100_000),
        "{/*".repeat(100_000),
        "export {\n\n".repeat(50_000),
        "import a\n".repeat(50_000),
        "$".repeat(200_001),
        ":::note\n".repeat(50_000),
        "{{< wrap >}}".repeat(20_000) + &"{{< /wrap >}}".repeat(20_000),
        "{{% twice %}}".repeat(40) + &"{{% /twice %}}".repeat(40),
        "{{< twice >}}".repeat(40) + "x" + &"{{< /twice >}}".repeat(40),
        "{{< wrap >}}".repeat(20_000) + &"{{< /wrap >}}{{< /other >}}".repeat(20_000),
        "{{< long >}}".repeat(20_000),
        "{{< deep >}}".repeat(20_000),
        "{% twice() %}".repeat(40) + "x" + &"{% end %}".repeat(40),
        "{{ long() }}".repeat(20_000),
        "<A>\n  ".repeat(20_000) + &"</A>\n".repeat(20_000),
    ];
    for text in hard {
        for templates in [
            Templates::None,
            Templates::Liquid,
            Templates::Hugo,
            Templates::Zola,
            Templates::Hexo,
            Templates::Nunjucks,
            Templates::Jsx,
        ] {
            // What were quadratic would take minutes.
            let (_, named) = run(templates, &text);
            assert!(named.len() <= 30, "{templates:?}: {}…", &text[..12]);
        }
    }
}
