#!/usr/bin/env bash
# Takes the feeds of real generators over, as far as they are installed: the address answers with
# ours, and every entry keeps the id that subscribers know.
#
#     tests/tools/takeover.sh [PROGRAM]
#
# HUGO, ZOLA, JEKYLL and PELICAN say where the generators are, if not on the PATH.
set -euo pipefail
program=$(realpath "${1:-target/debug/feedwright}")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
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
try() {
    local name=$1 command=$2 site=$3 path=$4 off=$5
    local binary=${command%% *}
    if ! command -v "$binary" >/dev/null 2>&1; then
        echo "$name: not installed, nothing was tried"
        return
    fi
    cd "$folder/$name"
    $command >/dev/null 2>&1
    cp "$site/$path" "$folder/before.xml"
    "$program" init --takeover --site-url https://www.example.gov >/dev/null
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
exit "$failed"
