//! Tables of what becomes of Hexo's tags.

use crate::dialect::Templates;

use super::check_as;

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
