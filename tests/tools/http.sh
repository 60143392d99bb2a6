#!/usr/bin/env bash
# Real servers, as they are installed and as they should be: what `check --http` finds of them.
#
#     tests/tools/http.sh target/debug/feedwright
#
# A server that is not installed is left out. Nothing is found on good ones.
set -euo pipefail
feedwright=$(realpath "${1:?the program}")
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
mkdir "$folder/site"
head -c 4000 /dev/zero >"$folder/site/a.mp3"
cat >"$folder/site/index.html" <<HTML
<!DOCTYPE html><html lang="en"><head><title>News</title>
<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="News"></head><body>News</body></html>
HTML
text=$(printf 'What happened in the town, and what it costs. %.0s' $(seq 300))
cat >"$folder/site/rss.xml" <<XML
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>News – all of it</title><link>$base/</link><description>News</description><language>en</language>
<atom:link rel="self" type="application/rss+xml" href="$base/rss.xml"/>
<item><title>One</title><link>$base/one</link><guid>$base/one</guid>
<pubDate>Tue, 31 Dec 2024 08:00:00 GMT</pubDate><description>$text</description>
<enclosure url="$base/a.mp3" type="audio/mpeg" length="4000"/></item>
</channel></rss>
XML

wait_for_server() {
    for _ in $(seq 50); do
        python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && return
        sleep 0.1
    done
    echo "$1 does not start" >&2
    cat "$folder"/*.log >&2
    exit 1
}

failed=0
# Compares the codes that are found with those that have to be.
expect() {
    local found
    wait_for_server "$1"
    found=$("$feedwright" check --http --allow-private --message-format json "$base/rss.xml" |
        sed -n 's/.*"code":"\([^"]*\)".*/\1/p' | sort -u | tr '\n' ' ' | sed 's/ $//' || true)
    kill "$server" && wait "$server" 2>/dev/null || true
    server=
    if [ "$found" = "$2" ]; then
        echo "$1: ${found:-nothing}"
    else
        echo "$1: found “$found”, and should have found “$2”" >&2
        failed=1
    fi
}

nginx_with() {
    cat >"$folder/nginx.conf" <<CONF
daemon off;
pid $folder/nginx.pid;
error_log $folder/nginx.log;
events {}
http {
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path $folder/body; proxy_temp_path $folder/proxy; fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi; scgi_temp_path $folder/scgi;
    $1
    server { listen 127.0.0.1:$port; root $folder/site; $2 }
}
CONF
    nginx -c "$folder/nginx.conf" 2>>"$folder/nginx.log" &
    server=$!
}

apache_with() {
    local modules=/usr/lib/apache2/modules
    cat >"$folder/apache.conf" <<CONF
ServerRoot $folder
ServerName localhost
PidFile $folder/apache.pid
ErrorLog $folder/apache.log
Listen 127.0.0.1:$port
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule mime_module $modules/mod_mime.so
LoadModule dir_module $modules/mod_dir.so
LoadModule filter_module $modules/mod_filter.so
LoadModule deflate_module $modules/mod_deflate.so
LoadModule headers_module $modules/mod_headers.so
TypesConfig /etc/mime.types
DirectoryIndex index.html
DocumentRoot $folder/site
$1
CONF
    apache2 -f "$folder/apache.conf" -DFOREGROUND 2>>"$folder/apache.log" &
    server=$!
}

caddy_with() {
    printf '{\n    admin off\n    auto_https off\n}\nhttp://127.0.0.1:%s {\n    root * %s\n    file_server\n%s\n}\n' \
        "$port" "$folder/site" "$1" >"$folder/Caddyfile"
    XDG_CONFIG_HOME=$folder XDG_DATA_HOME=$folder \
        caddy run --config "$folder/Caddyfile" --adapter caddyfile 2>>"$folder/caddy.log" &
    server=$!
}

if command -v nginx >/dev/null; then
    nginx_with "" ""
    expect "nginx as it is installed" "http-cache-unsaid http-type-generic http-uncompressed"
    nginx_with "gzip on; gzip_vary on; gzip_types application/rss+xml;" \
        "location = /rss.xml { types {} default_type application/rss+xml; expires 15m; }"
    expect "nginx as it should be" ""
    nginx_with "gzip on; gzip_types application/rss+xml; if_modified_since off;" \
        "location = /rss.xml { types {} default_type application/rss+xml; expires 30d; charset iso-8859-1; }
         if (\$http_user_agent ~ Feedly) { return 403; }"
    expect "nginx with faults" \
        "http-cache-long http-charset http-modified-ignored http-vary-missing http-wall"
fi
if command -v apache2 >/dev/null; then
    apache_with ""
    expect "Apache as it is installed" "http-cache-unsaid http-type-generic http-uncompressed"
    apache_with "AddOutputFilterByType DEFLATE text/xml application/xml application/rss+xml"
    expect "Apache with compression" "http-cache-unsaid http-etag-gzip http-type-generic"
    apache_with "AddOutputFilterByType DEFLATE application/rss+xml
Header set Content-Type application/rss+xml \"expr=%{REQUEST_URI} == '/rss.xml'\"
Header set Cache-Control max-age=900 \"expr=%{REQUEST_URI} == '/rss.xml'\"
RequestHeader edit If-None-Match '^((W/)?\".*)-gzip\"\$' '\$1-gzip\", \$1\"'
AddType application/rss+xml .xml"
    expect "Apache as it should be" ""
    apache_with "AddOutputFilterByType DEFLATE application/rss+xml
AddType application/rss+xml .xml
DeflateAlterETag NoChange
Header set Cache-Control max-age=900"
    expect "Apache with other tags" ""
fi
if command -v caddy >/dev/null; then
    caddy_with ""
    expect "Caddy as it is installed" "http-cache-unsaid http-type-generic http-uncompressed"
    caddy_with "    encode zstd gzip
    header /rss.xml Content-Type application/rss+xml
    header /rss.xml Cache-Control max-age=900"
    expect "Caddy as it should be" ""
fi
exit "$failed"
