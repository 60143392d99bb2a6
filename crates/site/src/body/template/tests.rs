//! Tables of what becomes of template code, for each family of generators.

use url::Url;

use crate::dialect::{BodyStyle, Templates};

use super::super::code::Code;
use super::super::posts::PostLinks;
use super::{Context, resolve};

/// The include files of all tests.
fn include(name: &str) -> Option<String> {
    let text = match name {
        "a.html" => "<b>{{ include.x }}</b> {{ page.title }}\n",
        "block.html" => "<div>\n\n    <p>{{ include.x | upcase }}</p>\n</div>\n",
        "nested.html" => "[{% include a.html x=include.y %}]",
        "if.html" => "{% if include.x %}{{ include.x }}{% endif %}",
        "itself.html" => "{% include itself.html %}{% include itself.html %}",
        "huge.html" => return Some("x".repeat(200 << 10)),
        _ => return None,
    };
    Some(text.to_owned())
}

fn run(templates: Templates, text: &str) -> (String, Vec<String>) {
    let base = Url::parse("https://example.gov/blog/").expect("a URL");
    let style = BodyStyle {
        templates,
        admonitions: templates == Templates::Jsx,
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
        page: &page,
        posts: &posts,
        path: "content/news/post.md",
        include: &include,
    };
    let resolved = resolve(text, &context, || Code::of(text));
    (
        resolved.text.into_owned(),
        resolved.dropped.into_iter().collect(),
    )
}

fn check_as(templates: Templates, text: &str, expected: &str, dropped: &[&str]) {
    let (found, named) = run(templates, text);
    assert_eq!(found, expected, "{text}");
    assert_eq!(named, dropped, "{text}");
}

fn check(text: &str, expected: &str) {
    assert_eq!(
        run(Templates::Liquid, text),
        (expected.to_owned(), Vec::new()),
        "{text}"
    );
}

#[test]
fn substitution() {
    check(
        "{{site.baseurl}}/x {{ site.url }}",
        "/blog/x https://example.gov",
    );
    check("{{ \"/x.pdf\" | relative_url }}", "/blog/x.pdf");
    check(
        "{{ '/x.pdf' | absolute_url }}",
        "https://example.gov/blog/x.pdf",
    );
    check(
        "{{ '/x' | prepend: site.baseurl | append: '.png' }}",
        "/blog/x.png",
    );
    check("{{- site.title | upcase -}}", "SITE");
    check(
        "{{ page.title }} {{ page.nothing | default: 'none' }}",
        "Page none",
    );
    check("{% post_url 2021-01-01-a %}", "https://example.gov/a/");
    check(
        "{% link assets/x.pdf %}",
        "https://example.gov/blog/assets/x.pdf",
    );
    check("a{% comment %}b{% endcomment %}c", "ac");
    check("{% raw %}{{ x }}{% endraw %}", "{{ x }}");
    check(
        "{% highlight ruby %}\na = 1\n{% endhighlight %}\n",
        "```ruby\na = 1\n```\n\n",
    );
}

#[test]
fn highlighted_code() {
    check(
        "{% highlight liquid %}{% raw %}{{ x }}{% endraw %}{% endhighlight %}",
        "```liquid\n{{ x }}\n```\n",
    );
    check(
        "1. Step\n\n   {% highlight sh %}\n   ls\n   {% endhighlight %}\n2. Next",
        "1. Step\n\n   ```sh\n   ls\n   ```\n\n2. Next",
    );
}

#[test]
fn what_computes_is_dropped_and_named() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        let (text_found, dropped_found) = run(Templates::Liquid, text);
        assert_eq!(text_found, expected, "{text}");
        assert_eq!(dropped_found, dropped, "{text}");
    };
    check(
        "a {% if x %}b{% if y %}c{% endif %}{% endif %} d",
        "a  d",
        &["{% if %}"],
    );
    check(
        "a {% include b.html %}{{ x | nope }}",
        "a ",
        &["{% include b.html %}", "{{ x }}"],
    );
    check(
        "{{< figure src=\"a\" >}}{{% note %}}",
        "",
        &["{{% note %}}", "{{< figure >}}"],
    );
    check("{% for x in y %}never closed", "", &["{% for %}"]);
    check("a {{ never\nclosed", "a \nclosed", &["{{"]);
    check(
        "a {% include x\n\n  y=\"z\" %} b",
        "a  b",
        &["{% include x %}"],
    );
    check(
        "`{{ x }}` and\n\n```\n{% nope %}\n```\n",
        "`{{ x }}` and\n\n```\n{% nope %}\n```\n",
        &[],
    );
    check("{% link _posts/nothing.md %}", "", &["{% link %}"]);
}

#[test]
fn filters() {
    let check = |text: &str, expected: &str| check_as(Templates::Liquid, text, expected, &[]);
    check("{{ page.date | date: '%-d %B %Y' }}", "4 March 2021");
    check(
        "{{ page.date | date_to_xmlschema }}",
        "2021-03-04T05:06:07-05:00",
    );
    check("{{ 'one two three' | truncatewords: 2 }}", "one two...");
    check("{{ 'abcdefgh' | truncate: 5 }}", "ab...");
    check("{{ 'a b&c' | cgi_escape | capitalize }}", "A+b%26c");
    check(
        "{{ 'abab' | remove_first: 'a' | replace_first: 'b', 'c' }}",
        "cab",
    );
    check("{{ ' a ' | lstrip | size }}", "2");
    for refused in [
        "{{ 'now' | date: '%Y' }}",
        "{{ page.date | date: '%Z %Q' }}",
        "{{ page.date | date: '%' }}",
        "{{ page.date | date: '%-' }}",
        "{{ page.date | date: '%--d' }}",
        "{{ 'a,b' | split: ',' }}",
        "{{ 'a' | jsonify }}",
        "{{ 'a' | truncate: 'x' }}",
    ] {
        let (found, named) = run(Templates::Liquid, refused);
        assert_eq!((found.as_str(), named.len()), ("", 1), "{refused}");
    }
}

#[test]
fn includes() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Liquid, text, expected, dropped);
    };
    check("{% include a.html x=\"y z\" %}!", "<b>y z</b> Page!", &[]);
    check("{% include a.html x=page.title %}", "<b>Page</b> Page", &[]);
    check("{% include nested.html y='k' %}", "[<b>k</b> Page]", &[]);
    check(
        "{% include block.html x=\"k\" %}",
        "<div>\n<p>K</p>\n</div>",
        &[],
    );
    check("`{% include a.html %}`", "`{% include a.html %}`", &[]);
    for (text, named) in [
        ("{% include if.html x=\"y\" %}", "{% include if.html %}"),
        ("{% include itself.html %}", "{% include itself.html %}"),
        ("{% include a.html %}", "{% include a.html %}"),
        (
            "{% include a.html x=page.nothing %}",
            "{% include a.html %}",
        ),
        ("{% include a.html x=\"{{ y }}\" %}", "{% include a.html %}"),
        ("{% include ../a.html x=\"y\" %}", "{% include ../a.html %}"),
        ("{% include_relative a.md %}", "{% include_relative %}"),
    ] {
        check(text, "", &[named]);
    }
    let (text, named) = run(Templates::Liquid, &"{% include huge.html %}".repeat(2_000));
    assert!(text.len() <= super::LONGEST_TEXT && !named.is_empty());
}

#[test]
fn plugins_of_liquid() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Liquid, text, expected, dropped);
    };
    let video = "[https://www.youtube.com/watch?v=a1](https://www.youtube.com/watch?v=a1)";
    check("{% youtube a1 %}", video, &[]);
    check("{% callout %}text{% endcallout %}", "text", &[]);
    check("{% seo %}", "", &["{% seo %}"]);
    check("{% endraw %}", "", &[]);
    check("{% assign x = 'y' %}", "", &["{% assign %}"]);
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Eleventy, text, expected, dropped);
    };
    check("{{ '/x/' | url }}", "/blog/x/", &[]);
    check("{% image \"a.png\", \"alt\" %}", "", &["{% image %}"]);
    check("{% note %}*text*{% endnote %}", "*text*", &[]);
    check(
        "{% link a.md %}{{ site.x }}",
        "",
        &["{% link %}", "{{ site.x }}"],
    );
}

#[test]
fn hugo() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Hugo, text, expected, dropped);
    };
    check(
        "{{< figure src=\"/a.png\" alt=\"x\" caption=\"A & *b*\" >}}",
        "<figure><img src=\"/a.png\" alt=\"x\"><figcaption>\n\nA & *b*\n\n</figcaption></figure>\n\n",
        &[],
    );
    check(
        "{{< figure src=\"a.png\" title=\"<T>\" link=\"/l\" attr=\"By\" attrlink=\"/b\" >}}",
        "<figure><a href=\"/l\"><img src=\"a.png\" alt=\"\"></a><figcaption><h4>&lt;T&gt;</h4><a href=\"/b\">By</a></figcaption></figure>\n\n",
        &[],
    );
    check(
        "[x]({{< ref \"/posts/b.md#y\" >}})",
        "[x](https://example.gov/b/#y)",
        &[],
    );
    check("{{% relref \"posts/b\" %}}", "https://example.gov/b/", &[]);
    check(
        "{{< relref \"b.md\" >}}",
        "https://example.gov/news/b/",
        &[],
    );
    check(
        "{{< ref \"../posts/c\" >}} {{< ref path=\"c\" >}}",
        "https://example.gov/c/ https://example.gov/c/",
        &[],
    );
    check("{{< ref \"nothing\" >}}", "", &["{{< ref >}}"]);
    check(
        "{{< highlight go \"linenos=table\" >}}\na {{ .X }}\n{{< /highlight >}}",
        "```go\na {{ .X }}\n```\n",
        &[],
    );
    check(
        "{{< vimeo 12 >}}",
        "[https://vimeo.com/12](https://vimeo.com/12)",
        &[],
    );
    check(
        "{{< param motto >}} {{< param nope >}}",
        "To \\*serve\\* ",
        &["{{< param >}}"],
    );
    check(
        "{{< details summary=\"S\" >}}\ntext\n{{< /details >}}",
        "<details><summary>S</summary>\n\n\n\ntext\n\n</details>\n\n",
        &[],
    );
    check(
        "{{% note %}}*a* {{< b >}}c{{< /b >}}{{% /note %}}",
        "*a* c",
        &[],
    );
    check(
        "{{< img src=\"a b.jpg\" alt=\"x [y]\" >}}",
        "![x \\[y\\]](a%20b.jpg)",
        &[],
    );
    check("{{< legacy-img src=\"a.jpg\" />}}", "![](a.jpg)", &[]);
    check(
        "{{< toc >}}{{ .Title }}{{</* gone",
        "",
        &["{{ .Title }}", "{{< /* >}}", "{{< toc >}}"],
    );
    check(
        "`{{</* x */>}}` {{%/* y */%}} `{{< z >}}`",
        "`{{< x >}}` {{% y %}} `{{< z >}}`",
        &[],
    );
    check("{{</*x*/>}}", "{{&lt;x>}}", &[]);
    check(
        "$\\frac{{a}}{b}$ and {{ a",
        "$\\frac{{a}}{b}$ and {{ a",
        &[],
    );
    check(
        "<div>\n{{< youtube a >}}\n</div>",
        "<div>\n<a href=\"https://www.youtube.com/watch?v=a\">https://www.youtube.com/watch?v=a</a>\n</div>",
        &[],
    );
}

#[test]
fn zola() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Zola, text, expected, dropped);
    };
    check(
        "{{ vimeo(id=\"12\", autoplay=true) }}",
        "[https://vimeo.com/12](https://vimeo.com/12)",
        &[],
    );
    check(
        "{{ gist(url=\"https://gist.github.com/a/b\") }}",
        "[https://gist.github.com/a/b](https://gist.github.com/a/b)",
        &[],
    );
    check("{% quote(author=\"X\") %}\n*a*\n{% end %}", "\n*a*\n", &[]);
    check("{{ image(src=\"a.png\", alt=\"b\") }}", "![b](a.png)", &[]);
    check(
        "{{ nope() }} {{ page.title }}{% end %}",
        " ",
        &["{% end %}", "{{ nope() }}", "{{ page.title }}"],
    );
    check(
        "`{{/* x() */}}` {%/* y() */%} `{{ z() }}`",
        "`{{ x() }}` {% y() %} `{{ z() }}`",
        &[],
    );
    check("{% never(closed=1) %}a", "a", &["{% never(closed=1) %}"]);
}

#[test]
fn hexo() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Hexo, text, expected, dropped);
    };
    check(
        "{% asset_img a.png 100 200 \"T 't'\" %}",
        "![T t](a.png)",
        &[],
    );
    check(
        "{% img left /a/b.jpg 10 A title %}",
        "![A title](/a/b.jpg)",
        &[],
    );
    check("{% asset_link a.pdf The file %}", "[The file](a.pdf)", &[]);
    check(
        "{% link Text https://x.example/ true %}",
        "[Text](https://x.example/)",
        &[],
    );
    check(
        "{% post_link 2021-01-01-a %}",
        "[A \\[b\\]](https://example.gov/a/)",
        &[],
    );
    check(
        "{% post_link c \"Own text\" %} {% post_path c %}",
        "[Own text](https://example.gov/c/) https://example.gov/c/",
        &[],
    );
    check(
        "{% codeblock T lang:js %}\na\n{% endcodeblock %}",
        "```js\na\n```\n",
        &[],
    );
    check("{% raw %}{{ x }}{% endraw %} {{ 'y' }}", "{{ x }} y", &[]);
    check(
        "{% blockquote A, B http://x.example/ %}\n*a*\n{% endblockquote %}",
        "<blockquote>\n\n\n\n*a*\n\n<footer>A, B</footer>\n</blockquote>\n\n",
        &[],
    );
    check(
        "{% note info %}a{% endnote %}{% include_code x.js %}",
        "a",
        &["{% include_code %}"],
    );
    check(
        "a{% if x %}b{% endif %}{{ c }} {% for",
        "a ",
        &["{%", "{% if %}", "{{ c }}"],
    );
    check("`{% x %}`", "`{% x %}`", &[]);
}

#[test]
fn mdx() {
    // Blank lines come and go.
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        let (found, named) = run(Templates::Jsx, text);
        let lines: Vec<&str> = found.lines().filter(|l| !l.trim().is_empty()).collect();
        assert_eq!(lines.join("\n"), expected, "{text}");
        assert_eq!(named, dropped, "{text}");
    };
    check(
        "import A from './a.js';\nimport {\n  B,\n\n  C\n} from 'b'\n\nexport const x = {\n  a: 1,\n\n  b: '}'\n};\n\nText\n",
        "Text",
        &[],
    );
    check(
        "import duties are high\n\nexport controls too\n",
        "import duties are high\nexport controls too",
        &[],
    );
    check(
        "a {/* c */}b {'it'}{\" \"}{x.y} \\{z}",
        "a b it  \\{z}",
        &["{x.y}"],
    );
    check("a\n\n{/* truncate */}\n\nb", "a\n<!-- truncate -->\nb", &[]);
    check("## T {#id}", "## T {#id}", &[]);
    check(
        "<Foo.Bar a={b} />x <></><Nope c=\"d\"/>",
        "x ",
        &["<Foo.Bar />", "<Nope />"],
    );
    check(
        "<Note>*a* <b>c</b></Note>",
        "<blockquote>\n*a* <b>c</b>\n</blockquote>",
        &[],
    );
    check("<Any x={{a: '}'}}>text</Any>", "text", &[]);
    check(
        "<Tabs>\n  <TabItem value=\"a\" label=\"A b\">\n\n    ```js\n    x = {y}\n    ```\n\n  </TabItem>\n</Tabs>\n",
        "**A b**\n```js\nx = {y}\n```",
        &[],
    );
    check(
        "<div className=\"x\" style={{color: 'red'}}>\n  **b**\n</div>\n",
        "<div>\n**b**\n</div>",
        &[],
    );
    check(
        "<img src={require('./x.png').default} alt=\"A\" width={3} onClick={f} />",
        "<img src=\"./x.png\" alt=\"A\" width=\"3\">",
        &[],
    );
    check(
        "<a href={x}>y</a> <iframe src=\"/z\" />",
        "<a>y</a> <iframe src=\"/z\"></iframe>",
        &[],
    );
    check(
        "import pic from './p.webp'\n\n<Image src={pic} alt=\"A\" />",
        "![A](./p.webp)",
        &[],
    );
    for kept in [
        "`<A/> {x}` and $x^{2}$ a < b",
        "```\nimport a from 'b'\n<A/> {x}\n```",
        "<https://x.example/> {never",
        "<!-- <A/> -->",
    ] {
        check(kept, kept, &[]);
    }
    check(
        "- a\n\n  <Note>\n\n  b\n\n  </Note>\n",
        "- a\n  <blockquote>\n  b\n  </blockquote>",
        &[],
    );
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
        "<A>\n  ".repeat(20_000) + &"</A>\n".repeat(20_000),
    ];
    for text in hard {
        for templates in [
            Templates::None,
            Templates::Liquid,
            Templates::Hugo,
            Templates::Zola,
            Templates::Hexo,
            Templates::Eleventy,
            Templates::Jsx,
        ] {
            // What were quadratic would take minutes.
            let (_, named) = run(templates, &text);
            assert!(named.len() <= 30, "{templates:?}: {}…", &text[..12]);
        }
    }
}
