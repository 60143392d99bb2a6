#!/usr/bin/env bash
# Where fuzz targets begin: the files of the project's own sites and tests, for each target in a
# folder of its name below FOLDER. Nothing of that is kept.
#
#     fuzz/seeds.sh FOLDER
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")/.."

# Copies files, each under a name made of its path.
copy() {
    local target=$1 file
    mkdir -p "$folder/$target"
    while IFS= read -r -d '' file; do
        cp "$file" "$folder/$target/$(tr -c 'A-Za-z0-9.\n' _ <<<"$file")"
    done
}

# Files that are no longer than an input may be, and may be written out one behind the other.
short() {
    find "$@" -type f -size -16k -print0
}

# A site in one file: each of its files behind a line that names it.
site() {
    local root=$1 file
    shift
    (
        cd "$root"
        find . "$@" -type f -size -16k -print0 | sort -z | while IFS= read -r -d '' file; do
            printf '=== %s\n' "${file#./}"
            cat "$file"
            [ -z "$(tail -c 1 "$file")" ] || echo
        done
    )
}

feeds=(feeds tests/adopt tests/golden)
short "${feeds[@]}" -name '*.xml' | copy xml
short "${feeds[@]}" -name '*.json' | copy json
short "${feeds[@]}" \( -name '*.xml' -o -name '*.json' -o -name '*.atom' -o -name '*.rss' \) | copy adopt
posts=(content docs tests/golden tests/adopt)
written=(-not -path '*/feeds/*' \( -name '*.md' -o -name '*.mdx' -o -name '*.markdown' -o -name '*.html' \))
short "${posts[@]}" "${written[@]}" | copy markdown
for target in front_matter kramdown liquid shortcodes jsx sanitizer html; do
    mkdir -p "$folder/$target"
    cp "$folder/markdown/"* "$folder/$target/"
done
short tests . -maxdepth 4 -name feedwright.lock | copy lock

mkdir -p "$folder/site" "$folder/settings"
for root in tests/golden/* tests/adopt/*; do
    name=$(tr / _ <<<"$root")
    site "$root" -not -path '*/feeds/*' -not -name stderr -not -name '*.xml' -not -name '*.json' \
        >"$folder/site/$name"
    site "$root" -maxdepth 3 \( -name '*config*' -o -name 'feedwright.yaml' -o -name 'hugo.toml' \
        -o -name '*conf.py' -o -name '_index.md' -o -name 'package.json' \) >"$folder/settings/$name"
    # And each of the files alone.
    (cd "$root" && find . -maxdepth 2 -type f \( -name '*config*' -o -name 'feedwright.yaml' \
        -o -name 'hugo.toml' -o -name '*conf.py' \) -print0) | while IFS= read -r -d '' file; do
        { printf '=== %s\n' "${file#./}" && cat "$root/$file"; } \
            >"$folder/settings/${name}_$(tr -c 'A-Za-z0-9.\n' _ <<<"$file")"
    done
done
find "$folder/site" -size +64k -delete
