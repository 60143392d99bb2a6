#!/bin/sh
# A disk that fills up, for real: a small file system in memory, in a namespace of its own (Linux).
#
#   cargo build --release && tests/tools/full-disk.sh target/release/feedwright
#
# For each size a site is built, its posts grow until their feeds have no room, and a run fails:
# what is published must stay as it was. With more room the next run must end well. Says so and
# fails where the system has no such namespaces.
set -eu
feedwright=$(realpath "${1:?the program}")
now=2025-01-01T00:00:00Z

if [ "${2:-}" = "" ]; then
    unshare -rm true || { echo "no namespaces here: nothing was checked" >&2; exit 2; }
    for size in 560k 620k 680k 740k 800k 860k; do
        unshare -rm "$0" "$feedwright" "$size"
    done
    exit
fi

folder=$(mktemp -d)
mount -t tmpfs -o size="$2" none "$folder"
cd "$folder"
mkdir content
echo 'site: {title: S, url: https://example.gov}
content: {folders: [content]}
guard: {max_changed: 1000}' >feedwright.yaml
for post in $(seq 1 20); do
    printf -- '---\ntitle: Post %s\ndate: 2024-01-%02d\ntags: [t%s, x]\n---\nText %s\n' \
        "$post" "$post" "$post" "$post" >"content/p$post.md"
done
"$feedwright" build -q --now $now
sums() { find feeds feedwright.lock -type f -exec sha256sum {} + | sort -k 2; }
before=$(sums)
for post in $(seq 1 20); do
    seq -s ' ' 1 300 >>"content/p$post.md"
done
if "$feedwright" build -q --now $now 2>error; then
    echo "$2: it had room" >&2
    exit 1
fi
grep -q 'No space left on device' error
test "$before" = "$(sums)"
test "$(find . -name '.feedwright-*' | wc -l)" = 0
mount -o remount,size=20m none "$folder"
"$feedwright" build -q --now $now
"$feedwright" build -q --locked --now $now
echo "$2: the old feeds stayed, and with more room the new ones came ($(head -c 80 error)…)"
