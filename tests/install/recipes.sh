#!/usr/bin/env bash
# The recipes of docs/install.md for GitLab, Netlify and Cloudflare Pages: their commands run as they
# stand there, in a clone of a small site with a committed lock: recipes.sh [WHEEL]
. "$(dirname "$0")/lib.sh"
need python3 git
if [ $# -gt 0 ]; then
    wheel=$(cd "$(dirname "$1")" && pwd)/${1##*/}
else
    need maturin
    wheel=$("$packaging/pypi/build.sh" "$("$packaging/target.sh")" "$work/out")
fi
export FEEDWRIGHT_WHEEL=$wheel PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_QUIET=1
document=$root/docs/install.md
small_site "$work/site"

# Stands in for the generator, which has tests of its own.
mkdir "$work/bin"
cat > "$work/bin/npx" <<'SH'
#!/bin/sh
mkdir -p _site/2024/01/02 _site/2024/02/03
echo '<title>The first</title><main><h1>The first</h1><p>Hello, world.</p></main>' > _site/2024/01/02/first.html
echo '<title>The second</title><main><h1>The second</h1><p>Hello again.</p></main>' > _site/2024/02/03/second.html
SH
chmod +x "$work/bin/npx"

# Runs commands in a fresh clone and a fresh environment, and looks at the feeds.
recipe() {
    local name=$1 folder=$2 commands=$3
    [ -n "$commands" ] || fail "the document has no recipe for $name"
    rm -rf "$work/clone" "$work/venv"
    cp -r "$work/site" "$work/clone"
    python3 -m venv "$work/venv"
    (cd "$work/clone" && PATH=$work/venv/bin:$work/bin:/usr/bin:/bin bash -euc "$commands" > "$work/log" 2>&1) ||
        fail "$name: $(cat "$work/log")"
    [ -s "$work/clone/$folder/feeds/rss.xml" ] || fail "$name: there is no feed in $folder"
    "$work/venv/bin/feedwright" check --strict "$work/clone/$folder/feeds" || fail "$name: check ended with $?"
    say "$name: ok"
}

# The lock that the site's authors have committed.
python3 -m venv "$work/authors"
"$work/authors/bin/pip" install --no-index "$wheel"
(cd "$work/site" && "$work/authors/bin/feedwright" build --quiet && rm -rf feeds)

recipe GitLab public "$(sed -n '/^  script:/,/^  artifacts:/s/^    - //p' "$document")"
recipe Netlify _site "$(sed -n "/^  command = '''/,/^  '''/p" "$document" | sed '1d;$d')"
recipe 'Cloudflare Pages' _site "$(sed -n '/Cloudflare Pages the output/,/^## /p' "$document" | grep '^pip ')"
say "ok"
