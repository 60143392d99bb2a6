#!/usr/bin/env bash
# Takes the feeds of real generators over, as far as they are installed: the address answers with
# ours, and every entry keeps the id that subscribers know.
#
#     tests/tools/takeover.sh [PROGRAM]
#
# HUGO, ZOLA, JEKYLL, PELICAN and MKDOCS say where the generators are, if not on the PATH;
# NODE_MODULES is a folder with @11ty/eleventy and its plugin, hexo and its plugin, vitepress and feed,
# astro and @astrojs/rss, or @docusaurus/core, its preset-classic, react and react-dom; NODE runs them.
set -euo pipefail
program=$(realpath "${1:-target/debug/feedwright}")
folder=$(mktemp -d)
beside=
trap 'rm -rf "$folder" ${beside:+"$beside"}' EXIT
failed=0

# The ids of a feed's entries, sorted.
ids() {
    python3 - "$1" <<'PYTHON'
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
entries = re.findall(r"<(?:item|entry)\b.*?</(?:item|entry)>", text, re.S)
found = [re.search(r"<(?:guid|id)\b[^>]*>(.*?)</", entry, re.S).group(1) for entry in entries]
print("\n".join(sorted(found)))
PYTHON
}

# try NAME COMMAND SITE PATH OFF: SITE is where the generator writes, PATH its feed, OFF turns it off.
# `own_path` gives the path to feedwright where `init --takeover` cannot know it.
try() {
    local name=$1 command=$2 site=$3 path=$4 off=$5
    local binary=${command%% *}
    if ! command -v "$binary" >/dev/null 2>&1; then
        echo "$name: not installed, nothing was tried"
        return
    fi
    cd "$folder/$name"
    if ! $command >/dev/null 2>&1; then
        echo "$name: it makes no site here, nothing was tried"
        return
    fi
    cp "$site/$path" "$folder/before.xml"
    if [ -n "${own_path:-}" ]; then
        "$program" init --site-url https://www.example.gov >/dev/null
        sed -i "s|^feeds:|feeds:\n  paths: {$own_path}|" feedwright.yaml
    else
        "$program" init --takeover --site-url https://www.example.gov >/dev/null
    fi
    "$program" adopt "$folder/before.xml" >/dev/null 2>&1
    eval "$off"
    "$program" build --quiet 2>"$folder/said" || cat "$folder/said"
    rm -rf "$site"
    $command >/dev/null 2>&1
    # What is built into the site itself comes after the generator.
    "$program" build --quiet
    if grep -q feed-contested "$folder/said"; then
        echo "$name: still contested"
        failed=1
    elif ! grep -q feedwright "$site/$path"; then
        echo "$name: $path is not ours"
        failed=1
    elif [ "$(ids "$folder/before.xml")" != "$(ids "$site/$path")" ]; then
        echo "$name: entries have other ids"
        diff <(ids "$folder/before.xml") <(ids "$site/$path") || true
        failed=1
    elif [ "$("$program" plan)" != "Subscribers would see nothing new." ]; then
        echo "$name: subscribers would see something new"
        "$program" plan
        failed=1
    else
        echo "$name: $path is ours, with the ids of before"
    fi
}

post() {
    mkdir -p "$(dirname "$1")"
    printf -- '%s\n' "${@:2}" >"$1"
}

for number in 1 2 3; do
    yaml=("---" "title: Notice $number" "date: 2024-01-0$number 10:00:00 +0000" "---" "Text $number.")
    post "$folder/hugo/content/posts/n$number.md" "---" "title: Notice $number" "date: 2024-01-0${number}T10:00:00Z" "---" "Text $number."
    post "$folder/jekyll/_posts/2024-01-0$number-n$number.md" "${yaml[@]}"
    post "$folder/zola/content/n$number.md" "+++" "title = 'Notice $number'" "date = 2024-01-0${number}T10:00:00Z" "+++" "Text $number."
    post "$folder/pelican/content/n$number.md" "Title: Notice $number" "Date: 2024-01-0$number 10:00" "" "Text $number."
done
post "$folder/hugo/hugo.toml" "baseURL = 'https://www.example.gov/'" "title = 'News'"
post "$folder/jekyll/_config.yml" "title: News" "url: https://www.example.gov" "timezone: UTC" "plugins: [jekyll-feed]"
post "$folder/zola/zola.toml" "base_url = 'https://www.example.gov'" "title = 'News'" "generate_feeds = true"
cp "$folder/zola/zola.toml" "$folder/zola/config.toml" && rm "$folder/zola/zola.toml"
for template in index page section; do
    post "$folder/zola/templates/$template.html" "<p></p>"
done
post "$folder/zola/content/_index.md" "+++" "sort_by = 'date'" "+++"
post "$folder/pelican/pelicanconf.py" "SITENAME = 'News'" "SITEURL = 'https://www.example.gov'" "TIMEZONE = 'UTC'" "FEED_DOMAIN = SITEURL" "DELETE_OUTPUT_DIRECTORY = False"

try hugo "${HUGO:-hugo}" public index.xml "printf '[outputs]\nhome = [\"html\"]\n' >>hugo.toml"
try jekyll "${JEKYLL:-jekyll} build" _site feed.xml true
try zola "${ZOLA:-zola} build" public atom.xml "sed -i 's/^generate_feeds.*//' config.toml"
try pelican "${PELICAN:-pelican} content -o output -s pelicanconf.py" output feeds/all.atom.xml \
    "echo 'FEED_ALL_ATOM = None' >>pelicanconf.py"

for number in 1 2 3; do
    post "$folder/mkdocs/docs/blog/posts/n$number.md" "---" "date: 2024-01-0$number" "---" "# Notice $number" "" "Text $number."
done
post "$folder/mkdocs/docs/index.md" "# News"
post "$folder/mkdocs/docs/blog/index.md" "# Notices"
post "$folder/mkdocs/mkdocs.yml" "site_name: News" "site_url: https://www.example.gov/" "theme: {name: material}" \
    "plugins:" "  - blog" "  - rss: {match_path: blog/posts/.*, use_git: false, date_from_meta: {as_creation: date}}"
own_path="rss: /feed_rss_created.xml" try mkdocs "${MKDOCS:-mkdocs} build" site feed_rss_created.xml \
    "sed -i '/- rss:/d' mkdocs.yml"

# What npm installs lies beside each site.
modules=${NODE_MODULES:-/nowhere}
node=${NODE:-node}
has() {
    [ -d "$modules/$1" ] && [ -d "$modules/$2" ] && return
    echo "$3: not installed, nothing was tried"
    return 1
}
for number in 1 2 3; do
    yaml=("---" "title: Notice $number" "date: 2024-01-0${number}T10:00:00Z" "tags: [posts]" "---" "Text $number.")
    post "$folder/eleventy/posts/n$number.md" "${yaml[@]}"
    post "$folder/hexo/source/_posts/n$number.md" "${yaml[@]}"
    post "$folder/astro/src/content/blog/n$number.md" "${yaml[@]}"
    post "$folder/vitepress/posts/n$number.md" "${yaml[@]}"
done
if has @11ty/eleventy @11ty/eleventy-plugin-rss eleventy; then
    ln -s "$modules" "$folder/eleventy/node_modules"
    post "$folder/eleventy/package.json" '{"type": "module"}'
    post "$folder/eleventy/eleventy.config.js" \
        'import { feedPlugin } from "@11ty/eleventy-plugin-rss";' \
        'export default (config) => {' \
        '  config.addPlugin(feedPlugin, { outputPath: "/feed.xml", collection: { name: "posts", limit: 10 },' \
        '    metadata: { language: "en", title: "News", base: "https://www.example.gov/", author: { name: "A" } } });' \
        '};'
    try eleventy "$node node_modules/@11ty/eleventy/cmd.cjs" _site feed.xml \
        "echo 'export default () => {};' >eleventy.config.js"
fi
if has hexo hexo-generator-feed hexo; then
    ln -s "$modules" "$folder/hexo/node_modules"
    post "$folder/hexo/package.json" '{"hexo": {"version": ""}, "dependencies": {"hexo": "*", "hexo-generator-feed": "*", "hexo-renderer-marked": "*"}}'
    post "$folder/hexo/_config.yml" "title: News" "url: https://www.example.gov" "timezone: UTC" "theme: false"
    # Its release 3.0.0 does not look at `feed.enable`. Hexo writes package.json anew, a line a package.
    try hexo "$node node_modules/hexo/bin/hexo generate --force" public atom.xml \
        "sed -i '/hexo-generator-feed/d' package.json && rm -f db.json"
fi
if has vitepress feed vitepress; then
    ln -s "$modules" "$folder/vitepress/node_modules"
    post "$folder/vitepress/package.json" '{"type": "module"}'
    post "$folder/vitepress/index.md" "# News"
    settings="title: 'News', sitemap: { hostname: 'https://www.example.gov' }"
    post "$folder/vitepress/.vitepress/config.mjs" \
        "import { writeFileSync } from 'node:fs'" "import { Feed } from 'feed'" \
        "import { createContentLoader } from 'vitepress'" \
        "const at = 'https://www.example.gov'" \
        "export default { $settings, async buildEnd({ outDir }) {" \
        "  const feed = new Feed({ title: 'News', id: at, link: at })" \
        "  for (const { url, frontmatter } of await createContentLoader('posts/*.md').load())" \
        "    feed.addItem({ title: frontmatter.title, id: at + url, link: at + url, date: new Date(frontmatter.date) })" \
        "  writeFileSync(outDir + '/feed.rss', feed.rss2())" "} }"
    own_path="rss: /feed.rss" try vitepress "$node node_modules/vitepress/bin/vitepress.js build" \
        .vitepress/dist feed.rss "echo \"export default { $settings }\" >.vitepress/config.mjs"
fi
if has astro @astrojs/rss astro; then
    ln -s "$modules" "$folder/astro/node_modules"
    post "$folder/astro/package.json" '{"type": "module", "dependencies": {"astro": "*"}}'
    post "$folder/astro/astro.config.mjs" "export default { site: 'https://www.example.gov' };"
    post "$folder/astro/src/content.config.ts" \
        "import { defineCollection } from 'astro:content';" \
        "import { glob } from 'astro/loaders';" \
        "const blog = defineCollection({ loader: glob({ base: './src/content/blog', pattern: '**/*.md' }) });" \
        "export const collections = { blog };"
    post "$folder/astro/src/pages/rss.xml.js" \
        "import rss from '@astrojs/rss';" \
        "import { getCollection } from 'astro:content';" \
        "export const GET = async (context) => rss({ title: 'News', description: 'News', site: context.site," \
        "  items: (await getCollection('blog')).map((post) => ({ title: post.data.title," \
        "    pubDate: new Date(post.data.date), link: \`/blog/\${post.id}/\` })) });"
    post "$folder/astro/src/pages/blog/[...slug].astro" "---" \
        "import { getCollection } from 'astro:content';" \
        "export const getStaticPaths = async () => (await getCollection('blog')).map((post) => ({" \
        "  params: { slug: post.id }, props: post }));" "---" "<html><body>{Astro.props.data.title}</body></html>"
    export ASTRO_TELEMETRY_DISABLED=1
    try astro "$node node_modules/astro/bin/astro.mjs build" dist rss.xml "rm src/pages/rss.xml.js"
fi
if has @docusaurus/core @docusaurus/preset-classic docusaurus; then
    # Webpack knows the modules by their real places, so the site lies beside them.
    beside=$(mktemp -d "$(dirname "$(realpath "$modules")")/docusaurus.XXXXXX")
    ln -s "$beside" "$folder/docusaurus"
    for number in 1 2 3; do
        post "$folder/docusaurus/blog/n$number.md" "---" "title: Notice $number" \
            "date: 2024-01-0${number}T10:00:00Z" "---" "Text $number."
    done
    post "$folder/docusaurus/package.json" '{"dependencies": {"@docusaurus/core": "*"}}'
    post "$folder/docusaurus/docusaurus.config.js" "export default {" \
        "  title: 'News', url: 'https://www.example.gov', baseUrl: '/', onBrokenLinks: 'ignore'," \
        "  presets: [['classic', { docs: false, pages: false, theme: {}, blog: {" \
        "    onUntruncatedBlogPosts: 'ignore'," "    feedOptions: { type: 'all' }," "  } }]]," "};"
    for format in rss atom; do
        try docusaurus "$node $modules/@docusaurus/core/bin/docusaurus.mjs build" build "blog/$format.xml" \
            "sed -i \"s/type: 'all'/type: null/\" docusaurus.config.js"
        # The other format begins anew.
        (cd "$folder/docusaurus" && rm -rf feedwright.yaml feedwright.lock .gitattributes build static &&
            sed -i "s/type: null/type: 'all'/" docusaurus.config.js)
    done
fi
exit "$failed"
