#!/usr/bin/env bash
# Packs the program for whoever has no package manager: pack.sh [BINARY [TARGET [OUT]]]
# Writes feedwright-VERSION-TARGET.tar.gz, or .zip for Windows, and prints its path.
set -euo pipefail
packaging=$(cd "$(dirname "$0")/.." && pwd)
target=${2:-$("$packaging/target.sh")}
binary=${1:-$("$packaging/build.sh" "$target")}
out=${3:-$packaging/out}
version=$("$packaging/version.sh")
name=feedwright-$version-$target
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/$name"
"$packaging/assets.sh" "$binary" "$work/$name"
cp "$binary" "$work/$name/"
cp "$packaging/../"{README.md,CHANGELOG.md,LICENSE-MIT,LICENSE-APACHE} "$work/$name/"

cd "$work"
case $target in
    *-windows-*)
        file=$name.zip
        7z a -bso0 "$out/$file" "$name"
        ;;
    *)
        file=$name.tar.gz
        # The same bytes from the same program, where tar knows how.
        same=()
        if tar --version | grep -q GNU; then
            same=(--sort=name --owner=0 --group=0 --numeric-owner --mtime="@${SOURCE_DATE_EPOCH:-0}")
        fi
        tar ${same[@]+"${same[@]}"} -cf - "$name" | gzip -9n > "$out/$file"
        ;;
esac
echo "$out/$file"
