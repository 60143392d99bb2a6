#!/usr/bin/env bash
# The Homebrew formula, filled in from sums like those of a release.
. "$(dirname "$0")/lib.sh"
need ruby
version=$("$packaging/version.sh")
for target in {aarch64,x86_64}-{apple-darwin,unknown-linux-musl}; do
    printf '%s  feedwright-%s-%s.tar.gz\n' "$(sha256sum <<< "$target" | cut -d' ' -f1)" "$version" "$target"
done > "$work/SHA256SUMS"
"$packaging/homebrew/formula.sh" https://git.example.gov/agency/feedwright "$work/SHA256SUMS" > "$work/feedwright.rb"
ruby -c "$work/feedwright.rb" > /dev/null || fail "the formula is no Ruby"
if grep -n '@[A-Z]' "$work/feedwright.rb"; then fail "something is not filled in"; fi
[ "$(grep -c 'sha256 "[0-9a-f]\{64\}"' "$work/feedwright.rb")" -eq 4 ] || fail "a sum is missing"
sed -i 1d "$work/SHA256SUMS"
if "$packaging/homebrew/formula.sh" https://git.example.gov "$work/SHA256SUMS" > /dev/null 2>&1; then fail "a missing sum is not named"; fi
if command -v brew >/dev/null; then
    brew style "$work/feedwright.rb" || fail "brew style ended with $?"
    say "ok"
else
    say "ok, but there is no brew here: THE FORMULA IS ONLY READ, NOT INSTALLED"
fi
