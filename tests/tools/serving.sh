#!/usr/bin/env bash
# The configurations of docs/serving.md in real servers: what `check --http` finds, which type browsers
# and readers get, and whether browsers ask for the style sheet.
#
#     tests/tools/serving.sh target/debug/feedwright
#
# What is not installed is left out, and said so.
set -euo pipefail
feedwright=$(realpath "${1:?the program}")
document=$(cd "$(dirname "$0")/../.." && pwd)/docs/serving.md
folder=$(mktemp -d)
server=
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$folder"
}
trap end EXIT
chmod 755 "$folder"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
base="http://127.0.0.1:$port"
failed=0

# block LANGUAGE NUMBER: a fenced block of the document.
block() {
    awk -v fence="\`\`\`$1" -v wanted="$2" '
        $0 == fence { number++; inside = number == wanted; next }
        /^```/ { inside = 0 }
        inside' "$document"
}

mkdir -p "$folder/site/content"
words=$(printf 'What happened in the town, and what it costs. %.0s' $(seq 60))
for number in 1 2 3; do
    printf -- '---\ntitle: News %s\ndate: 2024-01-0%s 10:00\n---\n%s\n' "$number" "$number" "$words" \
        >"$folder/site/content/n$number.md"
done
cat >"$folder/site/feedwright.yaml" <<YAML
site: {url: "$base/", title: News, timezone: UTC, language: en, authors: [Office]}
feeds: {output: www, style: true}
content: {folders: [content]}
YAML
"$feedwright" build --quiet "$folder/site" 2>/dev/null
www=$folder/site/www
{
    echo '<!DOCTYPE html><html lang="en"><head><title>News</title>'
    for format in rss.xml:application/rss+xml atom.xml:application/atom+xml feed.json:application/feed+json; do
        echo "<link rel=\"alternate\" type=\"${format#*:}\" href=\"/feeds/${format%%:*}\" title=\"News\">"
    done
    echo '</head><body>News</body></html>'
} >"$www/index.html"

fail() {
    echo "$1" >&2
    failed=1
}

# Asks a browser for a feed. What the server sent tells whether it asked for the style sheet.
look() {
    local name=$1
    shift
    command -v "$1" >/dev/null || {
        echo "$name is not installed, and did not look" >&2
        return
    }
    : >"$folder/access.log"
    timeout 60 "$@" >/dev/null 2>&1 || true
    sleep 1
    grep -q 'feeds.css' "$folder/access.log" || fail "$name does not show the styled feed"
}

try() {
    for _ in $(seq 50); do
        python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && break
        sleep 0.1
    done
    local found
    found=$("$feedwright" check --http --allow-private --strict --message-format json \
        "$base"/feeds/{rss.xml,atom.xml,feed.json} | grep -v '"severity":"note"' || true)
    [ -z "$found" ] || fail "$1: $found"
    for pair in rss.xml:application/rss+xml atom.xml:application/atom+xml feed.json:application/feed+json; do
        local sent
        sent=$(curl -fsSI "$base/feeds/${pair%%:*}" | tr -d '\r' | sed -n 's/^content-type: //Ip')
        [ "${sent%%;*}" = "${pair#*:}" ] || fail "$1: ${pair%%:*} is sent as “$sent”"
    done
    local page="text/html,application/xhtml+xml"
    for name in rss.xml atom.xml; do
        sent=$(curl -fsSI -H "Accept: $page" "$base/feeds/$name" | tr -d '\r' | sed -n 's/^content-type: //Ip')
        [ "${sent%%;*}" = text/xml ] || fail "$1: browsers get $name as “$sent”"
    done
    look "$1, Chromium" chromium --headless --no-sandbox --disable-gpu --user-data-dir="$folder/chromium" \
        --dump-dom "$base/feeds/rss.xml"
    look "$1, Firefox" firefox-esr --headless --profile "$(mktemp -d -p "$folder")" \
        --screenshot "$folder/firefox.png" "$base/feeds/rss.xml"
    kill "$server" && wait "$server" 2>/dev/null || true
    server=
    echo "$1: done"
}

if command -v nginx >/dev/null; then
    {
        echo "daemon off; pid $folder/nginx.pid; error_log $folder/nginx.log; events {}"
        echo "http { include /etc/nginx/mime.types; access_log $folder/access.log;"
        for path in client_body proxy fastcgi uwsgi scgi; do
            echo "${path}_temp_path $folder/$path;"
        done
        block nginx 1
        echo "server { listen 127.0.0.1:$port; root $www;"
        block nginx 2 | sed "s#/srv/www/#$www/#"
        echo "} }"
    } >"$folder/nginx.conf"
    nginx -c "$folder/nginx.conf" 2>>"$folder/nginx.log" &
    server=$!
    try nginx
fi
if command -v caddy >/dev/null; then
    {
        printf '{\n\tadmin off\n\tauto_https off\n}\nhttp://127.0.0.1:%s {\n' "$port"
        printf '\troot * %s\n\tfile_server\n\tlog {\n\t\toutput file %s\n\t}\n' "$www" "$folder/access.log"
        block caddy 1
        echo "}"
    } >"$folder/Caddyfile"
    XDG_CONFIG_HOME=$folder XDG_DATA_HOME=$folder \
        caddy run --config "$folder/Caddyfile" --adapter caddyfile 2>>"$folder/caddy.log" &
    server=$!
    try Caddy
fi
if command -v apache2 >/dev/null; then
    modules=/usr/lib/apache2/modules
    {
        echo "ServerRoot $folder"
        echo "ServerName localhost"
        echo "PidFile $folder/apache.pid"
        echo "ErrorLog $folder/apache.log"
        echo "Listen 127.0.0.1:$port"
        for module in mpm_event authz_core mime dir filter deflate headers; do
            echo "LoadModule ${module}_module $modules/mod_$module.so"
        done
        echo "TypesConfig /etc/mime.types"
        echo "DirectoryIndex index.html"
        echo "DocumentRoot $www"
        echo "CustomLog $folder/access.log \"%r %>s\""
        block apache 1
    } >"$folder/apache.conf"
    apache2 -f "$folder/apache.conf" -DFOREGROUND 2>>"$folder/apache.log" &
    server=$!
    try Apache
fi
exit "$failed"
