#!/usr/bin/env bash
# The hook for Eleventy: feeds have what a shortcode wrote.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/npm-lib.sh"
pack_npm
mkdir "$work/project" && cd "$work/project"
install_npm @11ty/eleventy@3
mkdir posts
cat > eleventy.config.js <<'JS'
import feedwright from 'feedwright/eleventy';
export default function (eleventyConfig) {
  eleventyConfig.addShortcode('answer', () => `${6 * 7} out of 50`);
  eleventyConfig.addPlugin(feedwright, { siteUrl: 'https://www.example.gov', timezone: 'UTC' });
}
JS
echo '<!doctype html><title>{{ title }}</title><main><h1>{{ title }}</h1>{{ content }}</main>' > page.html
mkdir _includes && mv page.html _includes/page.njk
sed -i 's/{{ content }}/{{ content | safe }}/' _includes/page.njk
echo '{"layout": "page.njk", "tags": "posts"}' > posts/posts.json
printf -- '---\ntitle: The first\ndescription: One.\ndate: 2024-01-02\n---\nThe people who were asked said yes: {%% answer %%}.\n' > posts/first.md
npx eleventy --quiet || fail "eleventy ended with $?"
has_rendered _site '42 out of 50'
say "ok"
