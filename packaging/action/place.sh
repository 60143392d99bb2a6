#!/usr/bin/env bash
# Says where the program will be installed, and under which key it is cached; nothing where it is
# on the path already.
set -euo pipefail
if command -v feedwright >/dev/null; then
    echo "feedwright is installed: $(feedwright --version)"
    exit
fi
source=$(cd "$(dirname "$0")/../.." && pwd)
# The program is one of these sources, whatever branch or tag they were taken from.
hash=$(cd "$source" && find Cargo.toml Cargo.lock src crates -type f -print0 | LC_ALL=C sort -z |
    xargs -0 shasum -a 256 | shasum -a 256 | cut -c 1-16)
{
    echo "folder=${RUNNER_TEMP//\\//}/feedwright"
    echo "key=feedwright-$RUNNER_OS-$RUNNER_ARCH-$hash"
} >> "$GITHUB_OUTPUT"
