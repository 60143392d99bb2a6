# What the scripts of this folder have in common; each sources it first.
# shellcheck shell=bash
set -euo pipefail
channel=$(basename "$0" .sh)
root=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck disable=SC2034
packaging=$root/packaging
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Nothing of the machine helps: caches, settings, a program that is installed already.
export HOME=$work/home XDG_CACHE_HOME=$work/cache
mkdir -p "$HOME"

say() { printf '%s: %s\n' "$channel" "$*"; }
fail() {
    printf '%s: FAILED: %s\n' "$channel" "$*" >&2
    exit 1
}
# Ends the script with 77 where a tool is absent.
need() {
    local tool
    for tool in "$@"; do
        if ! command -v "$tool" >/dev/null; then
            printf '%s: SKIPPED, NOT TESTED: there is no %s here\n' "$channel" "$tool" >&2
            exit 77
        fi
    done
}
# Tools that are installed for a user keep their things in their folders.
keep_home() { export CARGO_HOME=${CARGO_HOME:-$1/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$1/.rustup}; }
keep_home "$(getent passwd "$(id -u)" | cut -d: -f6)"

# A site of Jekyll with two posts, in a folder that is made for it.
small_site() {
    mkdir -p "$1/_posts"
    printf 'title: A small site\nurl: https://www.example.gov\ntimezone: America/New_York\n' > "$1/_config.yml"
    printf -- '---\ntitle: The first\ndescription: One.\ntags: [news]\n---\nHello, *world*.\n' > "$1/_posts/2024-01-02-first.md"
    printf -- '---\ntitle: The second\ndescription: Two.\n---\nHello again.\n' > "$1/_posts/2024-02-03-second.md"
}

# Makes feeds of the small site with a command, and checks them with it.
works() {
    small_site "$work/site"
    (
        cd "$work/site"
        "$@" build --quiet || fail "build ended with $?"
        for feed in feeds/rss.xml feeds/tags/news/atom.xml; do [ -s "$feed" ] || fail "there is no $feed"; done
        "$@" check --strict feeds || fail "check ended with $?"
    )
    [ "$("$@" --version)" = "feedwright $("$packaging/version.sh")" ] || fail "the version is $("$@" --version)"
    rm -rf "$work/site"
}

# The feeds of a site of a generator hold the text that only its rendered page has, and are right.
has_rendered() {
    local folder=$1 text=$2
    [ -s "$folder/feeds/rss.xml" ] || fail "there is no feed in $folder"
    grep -q "$text" "$folder/feeds/rss.xml" || fail "the feed does not say \"$text\", as the rendered page does"
    "$FEEDWRIGHT" check --strict "$folder/feeds" || fail "check ended with $?"
}
