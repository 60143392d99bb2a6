#!/usr/bin/env bash
# Prints the version of all packages: that of the workspace, which stands in Cargo.toml alone.
set -euo pipefail
cd "$(dirname "$0")/.."
sed -n '/^\[workspace\.package\]/,/^\[/s/^version = "\(.*\)"$/\1/p' Cargo.toml
