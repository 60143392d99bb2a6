#!/usr/bin/env bash
# Says what stands in the way of a release: release-check.sh TAG
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$("$here/version.sh")
code=0
wrong() {
    echo "$*" >&2
    code=1
}
[ "$1" = "v$version" ] || wrong "the tag is $1 and the version $version: set it in Cargo.toml, or tag v$version"
"$here/release-notes.sh" "$version" > /dev/null || code=1
grep -q '^repository = ' "$here/../Cargo.toml" ||
    wrong "Cargo.toml has no \`repository\`, by which cargo-binstall finds the archives"
# The crates of the workspace need each other in one version.
if sed -n '/^\[workspace\.dependencies\]/,/^\[/p' "$here/../Cargo.toml" | grep '^feedwright' | grep -v "\"=$version\""; then
    wrong "these crates are wanted in another version than $version"
fi
exit $code
