#!/usr/bin/env bash
# Writes SHA256SUMS of all files in a folder: sums.sh DIR
set -euo pipefail
cd "$1"
rm -f SHA256SUMS
sums=$(sha256sum -- *)
printf '%s\n' "$sums" > SHA256SUMS
