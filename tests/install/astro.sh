#!/usr/bin/env bash
# The hook for Astro: feeds have what a remark plugin wrote.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/npm-lib.sh"
export ASTRO_TELEMETRY_DISABLED=1
pack_npm
mkdir "$work/project" && cd "$work/project"
install_npm astro@5
mkdir -p src/pages/blog
cat > astro.config.mjs <<'JS'
import { defineConfig } from 'astro/config';
import feedwright from 'feedwright/astro';
const answer = () => (tree) => {
  const visit = (node) => {
    if (node.value) node.value = node.value.replace('ANSWER', `${6 * 7} out of 50`);
    node.children?.forEach(visit);
  };
  visit(tree);
};
export default defineConfig({
  site: 'https://www.example.gov',
  markdown: { remarkPlugins: [answer] },
  integrations: [feedwright({ timezone: 'UTC' })],
});
JS
mkdir src/layouts
cat > src/layouts/Page.astro <<'HTML'
---
const { frontmatter } = Astro.props;
---
<!doctype html><html lang="en"><head><title>{frontmatter.title}</title></head>
<body><main><h1>{frontmatter.title}</h1><slot /></main></body></html>
HTML
printf -- '---\nlayout: ../../layouts/Page.astro\ntitle: The first\ndescription: One.\npubDate: 2024-01-02\n---\nThe people who were asked said yes: ANSWER.\n' > src/pages/blog/first.md
npx astro build > "$work/astro.log" 2>&1 || { tail -n 20 "$work/astro.log"; fail "astro ended with $?"; }
grep -F '[feedwright]' "$work/astro.log"
has_rendered dist '42 out of 50'
say "ok"
