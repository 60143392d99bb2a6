#!/usr/bin/env bash
# Builds the wheel and prints its path: build.sh [TARGET [OUT]]
# Takes maturin: pip install maturin
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$("$here/../target.sh")}
out=${2:-$here/../out}
mkdir -p "$out"
out=$(cd "$out" && pwd)
options=(--target "$target" --out "$out/wheel.$$" --locked)
case $target in
    # A static program runs beside any C library: that of Debian, of Alpine, or an old one.
    *-linux-musl) options+=(--compatibility manylinux2014 musllinux_1_1) ;;
esac
cd "$here"
maturin build "${options[@]}" >&2
for wheel in "$out/wheel.$$"/*.whl; do
    mv "$wheel" "$out/"
    echo "$out/${wheel##*/}"
done
rmdir "$out/wheel.$$"
