//! Tables of what becomes of Zola's shortcodes.

use crate::dialect::Templates;

use super::check_as;

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
    check(
        "{% quote(author=\"X *Y*\") %}\n*a*\n{% end %}",
        "\n*a*\n\nX *Y*\n\n",
        &["{% quote() %}"],
    );
    check(
        "{% quote(author=\"X\") %}{% b() %}a{% end %}{% end %}",
        "a X",
        &["{% b() %}", "{% quote() %}"],
    );
    check(
        "{{ image(src=\"a.png\", alt=\"b\", caption=\"Cap\") }}",
        "![b](a.png) Cap",
        &["{{ image() }}"],
    );
    check(
        "{{ note(text=\"T\", alt=\"A\") }}",
        "\nT A\n\n",
        &["{{ note() }}"],
    );
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
