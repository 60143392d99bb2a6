//! Tables of what becomes of Liquid.

use crate::dialect::Templates;

use super::{check_as, run};

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
    assert!(text.len() <= super::super::LONGEST_TEXT && !named.is_empty());
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
    check("{% assign x = site.posts %}", "", &["{% assign %}"]);
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

/// As Liquid 4 has them.
#[test]
fn variables_of_the_text() {
    let check = |text: &str, expected: &str, dropped: &[&str]| {
        check_as(Templates::Liquid, text, expected, dropped);
    };
    check("{% assign x = 'y' | upcase %}a {{ x }}", "a Y", &[]);
    check(
        "{% capture n %}*b* {{ page.title }}{% endcapture %}a {{ n }} {{ n | markdownify }}",
        "a *b* Page *b* Page",
        &[],
    );
    check(
        "{% capture n %}\n*b*\n{% endcapture %}\n<div>{{ n | markdownify }}</div>",
        "\n<div><p><em>b</em></p>\n</div>",
        &[],
    );
    check(
        "<div>{{ '*b*' | markdownify | remove: '<p>' | remove: '</p>' | strip }}</div>\n\nx",
        "<div><em>b</em></div>\n\nx",
        &[],
    );
    check(
        "{% capture n %}b{{ y }}{% endcapture %}a {{ n }}",
        "a b",
        &["{{ y }}"],
    );
    check(
        "{% assign x = 'y' %}{% if z %}{% assign x = 'w' %}{% endif %}a{{ x }}",
        "a",
        &["{% if %}", "{{ x }}"],
    );
    check("a {% capture n %}b", "a ", &["{% capture %}"]);
}
