#!/usr/bin/env bash
# The hook for Docusaurus: feeds have what a component wrote.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/npm-lib.sh"
pack_npm
mkdir "$work/project" && cd "$work/project"
printf '{"name": "site", "private": true}\n' > package.json
install_npm @docusaurus/core@3 @docusaurus/preset-classic@3 react@19 react-dom@19
mkdir -p blog src/components
cat > docusaurus.config.js <<'JS'
export default {
  title: 'A small site',
  url: 'https://www.example.gov',
  baseUrl: '/',
  onBrokenLinks: 'ignore',
  presets: [['classic', { docs: false, pages: false, theme: {} }]],
  plugins: [['feedwright/docusaurus', { timezone: 'UTC' }]],
};
JS
echo 'export default () => <b>{6 * 7} out of 50</b>;' > src/components/Answer.jsx
cat > blog/2024-01-02-first.mdx <<'MD'
---
title: The first
description: One.
authors: [{name: Ann}]
---
import Answer from '@site/src/components/Answer';

The people who were asked said yes: <Answer /> of them, in the year that was.
MD
npx docusaurus build > "$work/docusaurus.log" 2>&1 || { tail -n 20 "$work/docusaurus.log"; fail "docusaurus ended with $?"; }
grep -F '[feedwright]' "$work/docusaurus.log"
has_rendered build '42 out of 50'
say "ok"
