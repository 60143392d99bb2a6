#!/bin/sh
# The page for people and the feeds, as a browser shows them: this repository's own, served on
# loopback and opened in headless Chromium, on a phone and on a desktop, in light and in dark.
#
#   tests/tools/page.sh [OUTPUT-FOLDER [SITE-FOLDER]]
#
# Fails on any violation of any rule of axe-core (WCAG 2.0 to 2.2 at levels A and AA, and best
# practice; AAA is told), on any request to anybody else, on any message of the browser's console, on text
# that runs out of the window, and where a feed shows what only programs read. The pictures go to
# OUTPUT-FOLDER, by default `target/page/`; SITE-FOLDER is another folder that holds `feeds/`. Where none
# is named, made-up sites follow, with 3, 25 and 300 tags and in three languages, whose feeds are made by
# the program in the target folder, or by the one that FEEDWRIGHT names.
#
# Needs Chromium, Node.js and npm. Says what it left out, and ends well, where one of them or the
# packages below cannot be had. CHROMIUM names a browser that is not where it is looked for.
set -eu
# The rules of an accessibility checker change with its version: these are the ones that passed.
axe=axe-core@4.14.1
playwright=playwright-core@1.65.1

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
output=${1:-$target/page}
site=${2:-$root}

left_out() {
    echo "page.sh: left out: $1. THE PAGE WAS NOT CHECKED." >&2
    exit 0
}

chromium=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$chromium" ] || chromium=$(command -v "$name" || true)
done
[ -n "$chromium" ] || left_out "there is no Chromium here"
command -v node >/dev/null 2>&1 || left_out "there is no Node.js here"
command -v npm >/dev/null 2>&1 || left_out "there is no npm here"

# A folder for each pair of versions, so that another pair is not taken for this one.
tools=$target/page-tools/$axe+$playwright
if [ ! -d "$tools/node_modules/axe-core" ] || [ ! -d "$tools/node_modules/playwright-core" ]; then
    mkdir -p "$tools"
    # Neither package needs a script of its own to run; a browser is never downloaded.
    npm install --silent --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
        --fetch-timeout=30000 --fetch-retries=1 --prefix "$tools" "$axe" "$playwright" ||
        left_out "npm has not brought $axe and $playwright"
fi

mkdir -p "$output"
export TOOLS="$tools/" CHROMIUM="$chromium"
if [ $# -ge 2 ]; then
    exec node "$here/page.mjs" "$site" "$output"
fi
status=0
node "$here/page.mjs" "$site" "$output" || status=1

program=${FEEDWRIGHT:-$target/debug/feedwright}
if [ ! -x "$program" ]; then
    echo "page.sh: left out: made-up sites, as there is no $program" >&2
    exit "$status"
fi
# Language, tags, and how many pixels the page may be high on a phone.
while read -r language tags most; do
    name=$language-$tags
    made=$target/page-sites/$name
    rm -rf "$made"
    mkdir -p "$made" "$output/$name"
    node "$here/page-sites.mjs" "$made" "$language" "$tags"
    (cd "$made" && "$program" build --quiet)
    echo "== $name"
    node "$here/page.mjs" "$made" "$output/$name" "$most" </dev/null || status=1
done <<SITES
en 3 2000
en 25 3000
en 300 20000
de 25 3000
ar 25 3000
SITES
exit "$status"
