#!/usr/bin/env bash
# Builds the Debian package and prints its path: build.sh [TARGET [OUT]]
# Takes cargo-deb: cargo install cargo-deb --locked
set -euo pipefail
packaging=$(cd "$(dirname "$0")/.." && pwd)
target=${1:-$("$packaging/target.sh")}
out=${2:-$packaging/out}
mkdir -p "$out"
out=$(cd "$out" && pwd)
binary=$("$packaging/build.sh" "$target")
# What `[package.metadata.deb]` in Cargo.toml names.
"$packaging/assets.sh" "$binary" "$packaging/assets"
cp "$binary" "$packaging/assets/feedwright"
cd "$packaging/.."
cargo deb --no-build --no-strip --target "$target" --output "$out" >&2
printf '%s\n' "$out"/feedwright_*.deb
