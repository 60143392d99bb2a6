#!/usr/bin/env bash
# Builds the program as it is distributed and prints its path: build.sh [TARGET]
# Static Linux takes musl's C library: apt-get install musl-tools, rustup target add $(packaging/target.sh)
# The variable FEEDWRIGHT_BUILT names one that is built already.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$("$here/target.sh")}
if [ -n "${FEEDWRIGHT_BUILT:-}" ]; then
    echo "$FEEDWRIGHT_BUILT"
    exit
fi
cd "$here/.."
cargo build --locked --profile dist --package feedwright --target "$target" >&2
suffix=
case $target in *-windows-*) suffix=.exe ;; esac
echo "${CARGO_TARGET_DIR:-$PWD/target}/$target/dist/feedwright$suffix"
