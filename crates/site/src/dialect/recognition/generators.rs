//! The generators that are told from each other, and what their sites have in their folders.

use crate::dialect::vitepress;
use crate::settings::DialectName;

/// How much a configuration file says that no other generator has.
pub(super) const OWN_FILE: u32 = 4;
/// How much a package says that the site installs, or a file whose name others have, too, and whose
/// text fits.
pub(super) const INSTALLED: u32 = 3;
/// How much a folder says.
pub(super) const FOLDER: u32 = 2;

/// How a generator is known by what lies in a site's folder.
pub(super) struct Signs {
    /// What people call it.
    pub(super) name: &'static str,
    /// The rules that there are for it.
    pub(super) dialect: Option<DialectName>,
    /// Configuration files that no other generator has.
    pub(super) files: &'static [&'static str],
    /// Configuration files that others have, too, with a word of which one stands in this
    /// generator's alone.
    pub(super) shared: &'static [(&'static str, &'static [&'static str])],
    /// Folders that few others have, and how much each says.
    pub(super) folders: &'static [(&'static str, u32)],
    /// The packages that install it, from any registry.
    pub(super) packages: &'static [&'static str],
}

/// A generator without rules here, which only has its own files and packages.
const fn unknown(
    name: &'static str,
    files: &'static [&'static str],
    packages: &'static [&'static str],
) -> Signs {
    Signs {
        name,
        dialect: None,
        files,
        shared: &[],
        folders: &[],
        packages,
    }
}

/// All generators that are told from each other. Where two weigh the same, the first is taken.
pub(super) static SIGNS: &[Signs] = &[
    Signs {
        name: "Docusaurus",
        dialect: Some(DialectName::Docusaurus),
        files: &[
            "docusaurus.config.js",
            "docusaurus.config.ts",
            "docusaurus.config.mjs",
            "docusaurus.config.cjs",
            "docusaurus.config.mts",
            "docusaurus.config.cts",
        ],
        shared: &[],
        folders: &[],
        packages: &["@docusaurus/core"],
    },
    Signs {
        name: "Astro",
        dialect: Some(DialectName::Astro),
        files: &[
            "astro.config.mjs",
            "astro.config.js",
            "astro.config.ts",
            "astro.config.mts",
            "astro.config.cjs",
            "astro.config.cts",
        ],
        shared: &[],
        folders: &[],
        packages: &["astro"],
    },
    Signs {
        name: "Eleventy",
        dialect: Some(DialectName::Eleventy),
        files: &[
            "eleventy.config.js",
            "eleventy.config.mjs",
            "eleventy.config.cjs",
            "eleventy.config.ts",
            ".eleventy.js",
            ".eleventy.cjs",
            ".eleventy.mjs",
        ],
        shared: &[],
        folders: &[],
        packages: &["@11ty/eleventy"],
    },
    Signs {
        name: "Pelican",
        dialect: Some(DialectName::Pelican),
        files: &[
            "pelicanconf.py",
            "pelican.conf.py",
            "publishconf.py",
            "settings/pelicanconf.py",
        ],
        shared: &[],
        folders: &[],
        packages: &["pelican"],
    },
    Signs {
        name: "Hexo",
        dialect: Some(DialectName::Hexo),
        files: &[],
        shared: &[(
            "_config.yml",
            &[
                "new_post_name:",
                "source_dir:",
                "skip_render:",
                "post_asset_folder:",
            ],
        )],
        folders: &[("source/_posts", INSTALLED), ("scaffolds", FOLDER)],
        packages: &["hexo"],
    },
    Signs {
        name: "Zola",
        dialect: Some(DialectName::Zola),
        files: &["zola.toml"],
        shared: &[("config.toml", &["base_url"])],
        folders: &[],
        packages: &[],
    },
    Signs {
        name: "Hugo",
        dialect: Some(DialectName::Hugo),
        files: &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"],
        shared: &[
            ("config.toml", HUGO),
            ("config.yaml", HUGO),
            ("config.yml", HUGO),
            ("config.json", HUGO),
        ],
        folders: &[("config/_default", OWN_FILE)],
        packages: &["hugo-bin", "hugo-extended"],
    },
    Signs {
        name: "Jekyll",
        dialect: Some(DialectName::Jekyll),
        files: &[],
        shared: &[
            ("_config.yml", &[]),
            ("_config.yaml", &[]),
            ("_config.toml", &[]),
        ],
        folders: &[("_posts", FOLDER)],
        packages: &["jekyll", "github-pages"],
    },
    Signs {
        name: "VitePress",
        dialect: Some(DialectName::VitePress),
        files: vitepress::CONFIGS,
        shared: &[],
        folders: &[],
        packages: &["vitepress"],
    },
    unknown(
        "VuePress",
        &[
            ".vuepress/config.js",
            ".vuepress/config.ts",
            "docs/.vuepress/config.js",
            "docs/.vuepress/config.ts",
            "src/.vuepress/config.ts",
        ],
        &["vuepress"],
    ),
    Signs {
        name: "Zensical",
        dialect: Some(DialectName::MkDocs),
        files: &["zensical.toml"],
        shared: &[],
        folders: &[],
        packages: &["zensical"],
    },
    Signs {
        name: "MkDocs",
        dialect: Some(DialectName::MkDocs),
        files: &["mkdocs.yml", "mkdocs.yaml"],
        shared: &[],
        folders: &[],
        packages: &["mkdocs", "mkdocs-material"],
    },
    unknown(
        "Gatsby",
        &["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"],
        &["gatsby"],
    ),
    unknown(
        "Nuxt",
        &["nuxt.config.ts", "nuxt.config.js", "nuxt.config.mjs"],
        &["nuxt"],
    ),
    unknown(
        "Next.js",
        &[
            "next.config.js",
            "next.config.mjs",
            "next.config.ts",
            "next.config.cjs",
        ],
        &["next"],
    ),
    unknown("SvelteKit", &[], &["@sveltejs/kit"]),
    unknown("Gridsome", &["gridsome.config.js"], &["gridsome"]),
    unknown("Metalsmith", &["metalsmith.json"], &["metalsmith"]),
    unknown("Quarto", &["_quarto.yml", "_quarto.yaml"], &[]),
    unknown("mdBook", &["book.toml"], &[]),
    unknown("Bridgetown", &["bridgetown.config.yml"], &["bridgetown"]),
    unknown("Middleman", &[], &["middleman"]),
    unknown("Nanoc", &["nanoc.yaml"], &["nanoc"]),
    unknown("Cobalt", &["_cobalt.yml"], &[]),
    unknown("Soupault", &["soupault.toml", "soupault.conf"], &[]),
    unknown("Publii", &["input/config/site.config.json"], &[]),
    unknown("Hakyll", &["site.hs"], &[]),
    Signs {
        name: "Lume",
        dialect: None,
        files: &[],
        shared: &[
            ("_config.ts", &["lume"]),
            ("_config.js", &["lume"]),
            ("deno.json", &["lume/"]),
            ("deno.jsonc", &["lume/"]),
        ],
        folders: &[],
        packages: &[],
    },
    Signs {
        name: "Nikola",
        dialect: None,
        files: &[],
        shared: &[("conf.py", &["nikola", "blog_title"])],
        folders: &[],
        packages: &["nikola"],
    },
    Signs {
        name: "Sphinx",
        dialect: None,
        files: &[],
        shared: &[
            ("conf.py", &["sphinx", "html_theme"]),
            ("docs/conf.py", &["sphinx", "html_theme"]),
            ("source/conf.py", &["sphinx", "html_theme"]),
        ],
        folders: &[],
        packages: &["sphinx", "ablog"],
    },
    Signs {
        name: "Lektor",
        dialect: None,
        files: &[],
        shared: &[],
        folders: &[("databags", FOLDER)],
        packages: &["lektor"],
    },
];

/// Hugo's key for the address of a site, which Zola writes otherwise.
const HUGO: &[&str] = &["baseurl"];
