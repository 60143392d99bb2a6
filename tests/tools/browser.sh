#!/bin/sh
# Two browsers' eyes on what the sanitizer lets through: sites whose posts are attacks, built, and
# every entry shown in Chromium and, where there is one, in Firefox.
#
#   cargo build && tests/tools/browser.sh target/debug/feedwright [OUTPUT-FOLDER]
#
# The attacks are in vectors.mjs. Each text of the feeds that readers show as HTML is put into an
# element and is a page of its own; each time browser-page.js looks at all elements, attributes and
# addresses as the browser understands them, reads the HTML back and shows it again, sends every
# event to every element and follows every link. Fails where anything is there that readers need
# not show, where showing it again makes something else of it, where script runs, and where anything
# but media is asked for. Then the same eyes look at the attacks as they are, and have to see them:
# fails where too few are seen at work.
#
# The pages that are made are opened, too, and among them the preview of a plan whose published feed
# is full of attacks: nothing may be asked for.
#
# Needs Chromium or Firefox, and Node.js alone. Says what it left out, and ends well, where there is
# none of them. CHROMIUM and FIREFOX name browsers that are not where they are looked for. What was
# seen goes to OUTPUT-FOLDER, by default `target/browser/`.
set -eu
feedwright=$(realpath "${1:?the program}")
here=$(cd "$(dirname "$0")" && pwd)
output=${2:-${CARGO_TARGET_DIR:-$here/../../target}/browser}

left_out() {
    echo "browser.sh: left out: $1. NO BROWSER LOOKED AT THE ENTRIES." >&2
    exit 0
}

chromium=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$chromium" ] || chromium=$(command -v "$name" || true)
done
firefox=${FIREFOX:-}
for name in firefox-esr firefox; do
    [ -n "$firefox" ] || firefox=$(command -v "$name" || true)
done
command -v node >/dev/null 2>&1 || left_out "there is no Node.js here"
[ -n "$chromium$firefox" ] || left_out "there is no Chromium here, and no Firefox"
[ -n "$chromium" ] || echo "browser.sh: there is no Chromium here, only Firefox looks" >&2
[ -n "$firefox" ] || echo "browser.sh: there is no Firefox here, only Chromium looks" >&2

mkdir -p "$output"
CHROMIUM=$chromium FIREFOX=$firefox exec node "$here/browser.mjs" "$feedwright" "$output"
