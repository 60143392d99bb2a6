#!/usr/bin/env bash
# What a release says of itself: one version everywhere, notes from the changelog, names of files that
# cargo-binstall and action.yml look for.
. "$(dirname "$0")/lib.sh"
version=$("$packaging/version.sh")
if grep -rnF "$version" "$root"/packaging "$root"/integrations "$root"/action.yml \
    --exclude-dir=assets --exclude-dir=out; then
    fail "the version $version stands in more places than Cargo.toml"
fi
mkdir "$work/copy" && cp -r "$packaging" "$work/copy/" && cp "$root/Cargo.toml" "$work/copy/"
printf '# Changelog\n\n## Unreleased\n\nLater.\n\n## %s - 2030-01-02\n\nThe first.\n\n## 0.0.9\n\nOlder.\n' "$version" > "$work/copy/CHANGELOG.md"
[ "$("$work/copy/packaging/release-notes.sh" | tr -d '\n')" = "The first." ] || fail "the notes are not those of $version"
if "$work/copy/packaging/release-notes.sh" 9.9.9 2>/dev/null; then fail "a version without notes passes"; fi
if "$work/copy/packaging/release-check.sh" v9.9.9 2>/dev/null; then fail "a wrong tag passes"; fi
sed -i 's/^\[package\]$/[package]\nrepository = "x"/' "$work/copy/Cargo.toml"
"$work/copy/packaging/release-check.sh" "v$version" || fail "a right tag is refused"
say "ok"
