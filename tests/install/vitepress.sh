#!/usr/bin/env bash
# The hook for VitePress: feeds have what a component wrote.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/npm-lib.sh"
pack_npm
mkdir "$work/project" && cd "$work/project"
install_npm vitepress@1 vue@3
mkdir -p docs/.vitepress docs/posts
cat > docs/.vitepress/config.mjs <<'JS'
import { defineConfig } from 'vitepress';
import feedwright from 'feedwright/vitepress';
export default defineConfig({
  title: 'A small site',
  lang: 'en',
  buildEnd: feedwright({ siteUrl: 'https://www.example.gov', timezone: 'UTC' }),
});
JS
printf '# Home\n' > docs/index.md
printf -- '---\ntitle: The first\ndescription: One.\ndate: 2024-01-02\n---\n# The first\n\nThe people who were asked said yes: {{ 6 * 7 }} out of 50.\n' > docs/posts/first.md
npx vitepress build docs > "$work/vitepress.log" 2>&1 || { tail -n 20 "$work/vitepress.log"; fail "vitepress ended with $?"; }
grep -F '[feedwright]' "$work/vitepress.log"
has_rendered docs/.vitepress/dist '42 out of 50'
say "ok"
