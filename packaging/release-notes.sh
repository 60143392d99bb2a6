#!/usr/bin/env bash
# Prints what CHANGELOG.md says of a version: release-notes.sh [VERSION]
set -euo pipefail
here=$(dirname "$0")
version=${1:-$("$here/version.sh")}
notes=$(awk -v heading="## $version" '
    /^## / { inside = ($0 == heading || index($0, heading " ") == 1); next }
    inside
' "$here/../CHANGELOG.md")
if [ -z "${notes//[[:space:]]/}" ]; then
    echo "CHANGELOG.md says nothing of $version: give it a heading \`## $version\`" >&2
    exit 1
fi
printf '%s\n' "$notes"
