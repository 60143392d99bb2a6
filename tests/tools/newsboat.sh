#!/bin/sh
# A reader imports the list of all feeds and subscribes to them: Newsboat, on this repository's own
# posts, served on loopback.
#
#   tests/tools/newsboat.sh [FEEDWRIGHT]
#
# FEEDWRIGHT is the program, by default the one that `cargo build` made. Fails unless the reader
# gets every feed of the list and every post. Needs Newsboat and Python 3, and says what it left
# out, and ends well, where one of them is not there.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
feedwright=${1:-${CARGO_TARGET_DIR:-$root/target}/debug/feedwright}

left_out() {
    echo "newsboat.sh: left out: $1. THE LIST OF FEEDS WAS NOT IMPORTED." >&2
    exit 0
}
command -v newsboat >/dev/null 2>&1 || left_out "there is no Newsboat here"
command -v python3 >/dev/null 2>&1 || left_out "there is no Python here"
command -v timeout >/dev/null 2>&1 || left_out "there is no timeout here"

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT INT TERM
mkdir "$work/site" "$work/reader"
cp -r "$root/content" "$root/feedwright.yaml" "$work/site"

# The system picks the port, and the feeds name it.
timeout 120 python3 - "$work" <<'PYTHON' &
import functools, http.server, os, sys
work = sys.argv[1]
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass
handler = functools.partial(Quiet, directory=os.path.join(work, "site"))
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
with open(os.path.join(work, "port.new"), "w") as file:
    file.write(str(server.server_port))
os.rename(os.path.join(work, "port.new"), os.path.join(work, "port"))
server.serve_forever()
PYTHON
server=$!
tries=0
while [ ! -f "$work/port" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "newsboat.sh: failed: no server came up"; exit 1; }
    sleep 0.1
done
site="http://127.0.0.1:$(cat "$work/port")"

# What lies in the future for the feeds' own tests lies there for this one, too.
"$feedwright" build "$work/site" --site-url "$site" --now 2025-01-01T00:00:00Z --no-cache --quiet

boat() {
    timeout 60 newsboat --quiet -u "$work/reader/urls" -c "$work/reader/cache.db" \
        -C "$work/reader/config" "$@"
}
: >"$work/reader/config"
: >"$work/reader/urls"
boat --import-from-opml "$work/site/feeds/feeds.opml" >/dev/null
feeds=$(grep -c 'xmlUrl=' "$work/site/feeds/feeds.opml")
imported=$(grep -c "^$site/" "$work/reader/urls")
[ "$feeds" = "$imported" ] || {
    echo "newsboat.sh: failed: $imported of $feeds feeds of the list were imported"
    exit 1
}
boat -x reload
unread=$(boat -x print-unread | tr -dc '0-9')
# A post in several feeds is one post; the site's own feed has them all.
entries=$(grep -c '<entry>' "$work/site/feeds/atom.xml")
[ "$entries" = "$unread" ] || {
    echo "newsboat.sh: failed: the reader got $unread of $entries posts"
    exit 1
}
read=$(python3 - "$work/reader/cache.db" <<'PYTHON'
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as cache:
    print(*cache.execute("SELECT count(*) FROM rss_feed WHERE title != ''").fetchone())
PYTHON
)
[ "$feeds" = "$read" ] || {
    echo "newsboat.sh: failed: the reader read $read of $feeds feeds"
    exit 1
}
echo "newsboat.sh: $feeds feeds imported and read, $unread posts"
