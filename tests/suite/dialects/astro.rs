//! Astro.

use super::{Row, astro, check, listed};
use crate::site::Site;

#[test]
fn ids() {
    let text = "title: T\npubDate: 2020-01-02";
    let day = "2020-01-02T00:00:00+00:00";
    let row = |path: &'static str, url: &str| (path, format!("{url} {day}"));
    let rows = [
        row("src/content/blog/First Post.md", "/blog/first-post/"),
        row("src/content/blog/UP.md", "/blog/up/"),
        row("src/content/blog/dir/index.md", "/blog/dir/"),
        row("src/content/blog/index.md", "/blog/index/"),
        row(
            "src/content/blog/dir/Sub Dir/My.Post.v1.md",
            "/blog/dir/sub-dir/mypostv1/",
        ),
        row(
            "src/content/blog/ünï cöde.mdx",
            "/blog/%C3%BCn%C3%AF-c%C3%B6de/",
        ),
        row(
            "src/content/blog/2020-01-02-dated.md",
            "/blog/2020-01-02-dated/",
        ),
        row("src/content/blog/2020/01/x_y.md", "/blog/2020/01/x_y/"),
        row("src/content/blog/a--b  c.md", "/blog/a--b--c/"),
        row("src/content/blog/e,mo'ji😀.md", "/blog/emoji/"),
        row("src/content/blog/x.y/z.md", "/blog/xy/z/"),
        row("src/content/blog/(paren).md", "/blog/paren/"),
        row("src/pages/posts/Page One.md", "/posts/Page%20One/"),
        row("src/pages/UP.mdx", "/UP/"),
        row("src/pages/sub/index.md", "/sub/"),
    ];
    let rows: Vec<Row<'_>> = rows
        .iter()
        .map(|(path, expected)| (*path, text, expected.as_str()))
        .chain([
            ("src/content/blog/_x.md", text, ""),
            ("src/content/blog/.hid.md", text, ""),
            ("src/pages/posts/_skip.md", text, ""),
            ("src/content/blog/x.txt", text, ""),
            ("content/x.md", text, ""),
        ])
        .collect();
    check(astro("integrations: [mdx()]"), &rows);
}

#[test]
fn front_matter() {
    check(
        astro(""),
        &[
            (
                "src/content/blog/a.md",
                "title: T\nslug: own/path\npubDate: Jul 08 2022\ntags: [a, b]",
                "/blog/own/path/ 2022-07-08T00:00:00+00:00 a|b",
            ),
            (
                "src/content/blog/b.md",
                "title: T\npubDatetime: 2020-01-02T10:20:30+02:00\ntags: 'x, y'",
                "/blog/b/ 2020-01-02T10:20:30+02:00 x|y",
            ),
            (
                "src/content/blog/c.md",
                "=+++\ntitle = 'T'\ndate = 2020-01-02\n+++\nText.\n",
                "/blog/c/ 2020-01-02T00:00:00+00:00",
            ),
            (
                "src/content/blog/d.md",
                "title: T\npublishDate: 2020/01/02\ndraft: true",
                "/blog/d/ 2020-01-02T00:00:00+00:00 draft",
            ),
            (
                "src/content/blog/e.md",
                "title: T\npublished: 2020-01-02",
                "/blog/e/ 2020-01-02T00:00:00+00:00",
            ),
            ("src/content/blog/f.md", "title: T", ""),
        ],
    );
}

#[test]
fn addresses_as_configured() {
    let text = "title: T\npubDate: 2020-01-02";
    for (config, url) in [
        ("", "/blog/a/"),
        ("trailingSlash: 'always'", "/blog/a/"),
        ("trailingSlash: 'never'", "/blog/a"),
        ("base: '/docs'", "/docs/blog/a/"),
    ] {
        let expected = format!("{url} 2020-01-02T00:00:00+00:00");
        check(astro(config), &[("src/content/blog/a.md", text, &expected)]);
    }
}

#[test]
fn routes() {
    let text = "title: T\npubDate: 2020-01-02\npath: by/key";
    let route = |file: &str, page: &str| {
        Site::empty()
            .file(
                "astro.config.mjs",
                "export default { site: 'https://example.gov' };\n",
            )
            .file("feedwright.yaml", "site: {title: Site}\n")
            .file(file, page)
    };
    let expect = |site: Site, url: &str| {
        let expected = format!("{url} 2020-01-02T00:00:00+00:00");
        check(site, &[("src/content/blog/A b.md", text, &expected)]);
    };
    let page = "const all = await getCollection('blog');\n\
                return all.map((e) => ({ params: { NAME: VALUE }, props: e }));\n";
    let page = |name: &str, value: &str| page.replace("NAME", name).replace("VALUE", value);
    expect(
        route("src/pages/[...slug].astro", &page("slug", "e.id")),
        "/a-b/",
    );
    expect(
        route("src/pages/w/posts/[id].astro", &page("id", "e.slug")),
        "/w/posts/a-b/",
    );
    expect(
        route(
            "src/pages/posts/[...slug]/index.astro",
            &page("slug", "e.id"),
        ),
        "/posts/a-b/",
    );
    expect(
        route("src/pages/post/[path].astro", &page("path", "e.data.path")),
        "/post/by/key/",
    );
}

const DATED: &str = "title: T\npubDate: 2024-01-02";

fn at(path: &str) -> String {
    format!("{path} 2024-01-02T00:00:00+00:00")
}

/// A site whose collections are these, and each of which is shown below its name.
fn with_collections(definitions: &str, names: &[&str]) -> Site {
    let config = format!(
        "import {{ glob }} from 'astro/loaders';\n{definitions}\n\
         export const collections = {{ {} }};\n",
        names.join(", ")
    );
    let site = astro("").file("src/content.config.ts", &config);
    names.iter().fold(site, |site, name| {
        site.file(
            &format!("src/pages/{name}/[...slug].astro"),
            &format!(
                "---\nexport async function getStaticPaths() {{\n  \
                 const posts = await getCollection('{name}');\n  \
                 return posts.map((post) => ({{ params: {{ slug: post.id }} }}));\n}}\n---\n"
            ),
        )
    })
}

#[test]
fn patterns_of_collections() {
    let here = |pattern: &str| {
        let definition = format!(
            "const blog = defineCollection({{ loader: glob({{ pattern: {pattern}, base: './src/content/blog' }}) }});"
        );
        with_collections(&definition, &["blog"])
    };
    let expect = |pattern: &str, taken: &[&str], left: &[&str]| {
        let url = |path: &str| at(&format!("/blog/{}/", path.trim_end_matches(".md")));
        let taken: Vec<(String, String)> = taken
            .iter()
            .map(|path| (format!("src/content/blog/{path}"), url(path)))
            .collect();
        let left: Vec<String> = left
            .iter()
            .map(|path| format!("src/content/blog/{path}"))
            .collect();
        let rows: Vec<Row<'_>> = taken
            .iter()
            .map(|(path, url)| (path.as_str(), DATED, url.as_str()))
            .chain(left.iter().map(|path| (path.as_str(), DATED, "")))
            .collect();
        check(here(pattern), &rows);
    };
    expect(
        "['**/*.md', '!drafts/**', '!**/skip*.md']",
        &["a.md"],
        &["drafts/b.md", "c/skip-it.md", "d.markdown"],
    );
    expect("'*.md'", &["a.md"], &["sub/b.md", "c.mdx"]);
    expect("'post-*.md'", &["post-a.md"], &["note-b.md"]);
    expect("'**/*.{md,mdx}'", &["a.md", "b/c.md"], &["d.mdoc"]);
    expect("'**/[^_]*.md'", &["a.md", "b/c.md"], &["_d.md", "b/_e.md"]);
    // Astro leaves out what begins with `_` where a collection names no loader, and only there.
    expect("'**/*.md'", &["_x.md"], &["z.markdown"]);
    check(
        astro("").file(
            "src/content/config.ts",
            "const blog = defineCollection({ type: 'content' });\nexport const collections = { blog };\n",
        ),
        &[
            ("src/content/blog/a.md", DATED, &at("/blog/a/")),
            ("src/content/blog/_x.md", DATED, ""),
            ("src/content/blog/_d/y.md", DATED, ""),
            ("src/content/blog/z.markdown", DATED, ""),
        ],
    );
}

#[test]
fn two_collections_of_one_folder() {
    let one = |name: &str| {
        format!(
            "const {name} = defineCollection({{ loader: glob({{ pattern: '{name}-*.md', base: 'content' }}) }});"
        )
    };
    check(
        with_collections(
            &format!("{}\n{}", one("blog"), one("notes")),
            &["blog", "notes"],
        ),
        &[
            ("content/blog-a.md", DATED, &at("/blog/blog-a/")),
            ("content/notes-n.md", DATED, &at("/notes/notes-n/")),
            ("content/other.md", DATED, ""),
        ],
    );
}

#[test]
fn bases_of_collections() {
    let base = |base: &str| {
        let definition = format!(
            "const DIR = './data/posts';\n\
             const blog = defineCollection({{ loader: glob({{ pattern: '**/*.md', base: {base} }}) }});"
        );
        with_collections(&definition, &["blog"])
    };
    let expected = at("/blog/a/");
    let row = [("data/posts/a.md", DATED, expected.as_str())];
    check(base("DIR"), &row);
    check(base("'data/posts/'"), &row);
    check(base("`./${DIR}`"), &row);
    check(base("new URL('../data/posts', import.meta.url)"), &row);
    let pattern = "const blog = defineCollection({ loader: glob({ pattern: 'data/**/*.md' }) });";
    check(
        with_collections(pattern, &["blog"]),
        &[("data/q/P One.md", DATED, &at("/blog/data/q/p-one/"))],
    );
    let site = base("process.env.DIR").post("data/posts/a.md", DATED);
    let run = site.build();
    assert_eq!(run.code, 1);
    let said = "`base` of the collection `blog` is computed by code, which feedwright does not run, so no \
                feed has its posts\n  --> src/content.config.ts";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("(read as an Astro site; 1 setting is computed by code)"),
        "{}",
        run.stderr
    );
}

#[test]
fn computed_ids() {
    let site = with_collections(
        "const blog = defineCollection({ loader: glob({ pattern: '**/*.md', base: './src/content/blog', \
         generateId: ({ entry }) => entry.toUpperCase() }) });",
        &["blog"],
    );
    let said = check(site, &[("src/content/blog/a.md", DATED, "")]);
    assert!(
        said.contains("the permalink is computed by `generateId` in src/content.config.ts"),
        "{said}"
    );
}

/// A site whose page gets its posts so, and what stands in `src/utils/posts.ts`.
fn with_route(posts: &str, site: &str) -> Site {
    astro("").file("src/utils/posts.ts", site).file(
        "src/pages/blog/[...slug].astro",
        &format!(
            "---\nexport async function getStaticPaths() {{\n  const posts = {posts};\n  \
             return posts.map((post) => ({{ params: {{ slug: post.id }}, props: {{ near: posts.slice(0, 3) }} }}));\n\
             }}\nconst {{ post }} = Astro.props;\nconst latest = [post].slice(0, 2);\n---\n<p />\n"
        ),
    )
}

#[test]
fn filters_of_routes() {
    let day = at("/blog/a/");
    let hidden = format!("{day} draft");
    let expect = |posts: &str, helper: &str, key: &str, is_shown: bool| {
        let text = format!("{DATED}\n{key}");
        let expected = if is_shown { &day } else { &hidden };
        let said = check(
            with_route(posts, helper),
            &[("src/content/blog/a.md", text.as_str(), expected.as_str())],
        );
        assert_eq!(said, "", "{posts}");
    };
    let live = "await getCollection('blog', ({ data }) => data.status === 'live')";
    expect(live, "", "status: live", true);
    expect(live, "", "status: idea", false);
    expect(live, "", "", false);
    let ready = "(await getCollection('blog')).filter((p) => p.data.ready !== false)";
    expect(ready, "", "", true);
    expect(ready, "", "ready: false", false);
    let helper = "export async function getPublished() { const all = await getCollection('blog'); \
                  return all.filter((p) => p.data.visible); }\n";
    expect("await getPublished()", helper, "visible: true", true);
    expect("await getPublished()", helper, "visible: false", false);
    for all in [
        "await getCollection('blog', ({ data }) => import.meta.env.PROD ? data.draft !== true : true)",
        "await getCollection('blog', ({ data }) => { return import.meta.env.PROD ? !data.draft : true; })",
        "(await getCollection('blog')).filter((p) => !p.data.draft && p.data.pubDate < new Date())",
        "(await getCollection('blog')).sort((a, b) => b.data.pubDate - a.data.pubDate)",
    ] {
        expect(all, "", "", true);
        expect(all, "", "draft: true", false);
    }
    let about = "await getCollection('blog', (p) => p.id !== 'about' && p.slug !== 'b.md')";
    let hidden = |path: &str| format!("{} draft", at(path));
    check(
        with_route(about, ""),
        &[
            ("src/content/blog/a.md", DATED, &at("/blog/a/")),
            ("src/content/blog/About.md", DATED, &hidden("/blog/about/")),
            ("src/content/blog/b.md", DATED, &hidden("/blog/b/")),
        ],
    );
    let private = with_route(
        "await getCollection('blog', ({ id }) => !id.startsWith('private/'))",
        "",
    );
    check(
        private,
        &[
            ("src/content/blog/a.md", DATED, &at("/blog/a/")),
            (
                "src/content/blog/private/b.md",
                DATED,
                &format!("{} draft", at("/blog/private/b/")),
            ),
        ],
    );
}

#[test]
fn schemas_give_keys_their_values() {
    let site = |rule: &str| {
        with_route("await getCollection('blog', (post) => post.data.visible)", "").file(
            "src/content.config.ts",
            &format!(
                "const blog = defineCollection({{ loader: glob({{ pattern: '*.md', base: './src/content/blog' }}),\n  \
                 schema: z.object({{ title: z.string(), visible: {rule}, pubDate: z.date() }}) }});\n\
                 export const collections = {{ blog }};\n"
            ),
        )
    };
    let shown = at("/blog/a/");
    let path = "src/content/blog/a.md";
    check(site("z.boolean().default(true)"), &[(path, DATED, &shown)]);
    check(
        site("z.boolean().optional()"),
        &[(path, DATED, &format!("{shown} draft"))],
    );
    let said = check(
        site("z.string().transform((x) => x !== 'no')"),
        &[(path, DATED, "")],
    );
    assert!(
        said.contains("chooses its posts by `data.visible`"),
        "{said}"
    );
}

#[test]
fn filters_that_are_code_are_named() {
    let path = "src/content/blog/a.md";
    for (posts, code) in [
        (
            "(await getCollection('blog')).sort(f).slice(0, 2)",
            ".slice(0, 2)",
        ),
        (
            "await getCollection('blog', ({ data }) => data.pubDate <= new Date('2024-06-01'))",
            "({ data }) => data.pubDate <= new Date('2024-06-01')",
        ),
        (
            "keep(await getCollection('blog'))",
            ".filter((p) => allowed.has(p.id))",
        ),
    ] {
        let helper =
            "export function keep(posts) {\n  return posts.filter((p) => allowed.has(p.id));\n}\n";
        let (site, help) = (with_route(posts, helper), "content.rendered");
        let said = check(site, &[(path, DATED, "")]);
        let expected = format!(
            "warning[post-chosen]: src/pages/blog/[...slug].astro chooses its posts by `{code}`, which \
             feedwright does not run, so no feed has the post\n  --> {path}\n"
        );
        assert!(said.starts_with(&expected) && said.contains(help), "{said}");
        let site = with_route(posts, helper).file(
            "feedwright.yaml",
            "site: {title: T}\ncontent: {permalink: /b/:slug/}\n",
        );
        let said = check(site, &[(path, DATED, &at("/b/a/"))]);
        assert!(said.contains("gives all of them an address"), "{said}");
    }
}

#[test]
fn two_pages_of_a_collection() {
    let page = |folder: &str| format!("src/pages/{folder}/[...slug].astro");
    let text = "const all = await getCollection('blog');\n\
                return all.map((e) => ({ params: { slug: e.id } }));\n";
    let site = astro("")
        .file(&page("archive"), text)
        .post("src/content/blog/a.md", DATED);
    let (posts, _) = listed(&site);
    assert_eq!(
        posts["src/content/blog/a.md"]["url"],
        "https://example.gov/blog/a/"
    );
    let said = site.run(&["build", "-v", "--dry-run"]).stderr;
    assert!(said.contains("note[permalink-several]"), "{said}");
    // Each takes its own.
    let of = |language: &str| {
        text.replace(
            "'blog'",
            &format!("'blog', ({{ id }}) => id.startsWith('{language}/')"),
        )
    };
    check(
        astro("")
            .file(&page("en/blog"), &of("en"))
            .file(&page("fr/blog"), &of("fr"))
            .file(&page("blog"), "const x = 1;\n"),
        &[
            ("src/content/blog/en/a.md", DATED, &at("/en/blog/en/a/")),
            ("src/content/blog/fr/a.md", DATED, &at("/fr/blog/fr/a/")),
        ],
    );
}

#[test]
fn the_path_of_a_site_is_its_base() {
    for (config, url) in [
        (
            "site: 'https://example.gov/x/', base: '/sub'",
            "/sub/blog/a/",
        ),
        ("site: 'https://example.gov/x/'", "/blog/a/"),
        (
            "site: 'https://example.gov/sub/', base: '/sub'",
            "/sub/blog/a/",
        ),
    ] {
        let site = astro("").file(
            "astro.config.mjs",
            &format!("export default {{ {config} }};\n"),
        );
        check(site, &[("src/content/blog/a.md", DATED, &at(url))]);
    }
}

#[test]
fn mdx_takes_an_integration() {
    let said = check(
        astro(""),
        &[
            ("src/content/blog/a.md", DATED, &at("/blog/a/")),
            ("src/content/blog/m.mdx", DATED, ""),
        ],
    );
    assert!(
        said.starts_with("warning[post-hidden]: the file is MDX"),
        "{said}"
    );
    for (config, package) in [
        ("integrations: [mdx()]", "{}"),
        ("", "{\"dependencies\": {\"@astrojs/mdx\": \"^4.0.0\"}}"),
        ("integrations: [starlight()]", "{}"),
    ] {
        let row = ("src/content/blog/m.mdx", DATED, &*at("/blog/m/"));
        assert_eq!(
            check(astro(config).file("package.json", package), &[row]),
            ""
        );
    }
}

#[test]
fn folders_as_configured() {
    let page = "const posts = await getCollection('blog');\n\
                return posts.map((post) => ({ params: { slug: post.id } }));\n";
    check(
        Site::empty()
            .file(
                "astro.config.mjs",
                "export default { site: 'https://example.gov', srcDir: './source' };\n",
            )
            .file("feedwright.yaml", "site: {title: Site}\n")
            .file("source/pages/w/[...slug].astro", page),
        &[
            ("source/content/blog/a.md", DATED, &at("/w/a/")),
            ("source/pages/p.md", DATED, &at("/p/")),
            ("src/content/blog/b.md", DATED, ""),
        ],
    );
}

#[test]
fn images_that_astro_moves_are_named() {
    let warned = |body: &str, config: &str| {
        let site = astro("")
            .file(
                "feedwright.yaml",
                &format!("site: {{title: Site}}\n{config}"),
            )
            .file(
                "src/content/blog/a.md",
                &format!("---\n{DATED}\n---\n\nText.\n\n{body}\n"),
            );
        let run = site.build();
        run.assert_ok();
        run.stderr
    };
    let images = "Of [![a [b]](./pic.png)](/x/) and ![](../c.png)";
    assert_eq!(
        warned(images, ""),
        "warning[image-missing]: the image `./pic.png` (and 1 more) is published by Astro under a name that \
         only its build knows, so that feeds lead to no file\n  --> src/content/blog/a.md:8:14\n  help: put \
         it into `public`, which is copied as it is, and write its path from the site's root; or name the built site in `content.rendered`, from which texts are taken\n"
    );
    assert_eq!(warned(images, "lints: {image-missing: allow}\n"), "");
    for known in [
        "![](/pic.png) ![](https://example.gov/p.png) ![](//example.gov/p.png)",
        "[![a](/a.png)](./b.md) [c](./d.png)",
        "![a](/a.png) [b](/b) [c](./c)",
        "`![](./pic.png)`",
    ] {
        assert_eq!(warned(known, ""), "", "{known}");
    }
}
