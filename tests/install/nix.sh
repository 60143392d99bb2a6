#!/usr/bin/env bash
# The flake. Without a network that Nix can use it is only read.
. "$(dirname "$0")/lib.sh"
need nix-instantiate
nix-instantiate --parse "$packaging/nix/flake.nix" > /dev/null || fail "the flake cannot be parsed"
version=$(nix-instantiate --store "$work/store" --eval --expr "(builtins.fromTOML (builtins.readFile $root/Cargo.toml)).workspace.package.version" 2>"$work/log") ||
    fail "$(cat "$work/log")"
[ "$version" = "\"$("$packaging/version.sh")\"" ] || fail "the version is $version"
if [ "${1:-}" = --build ]; then
    nix --extra-experimental-features 'nix-command flakes' build --no-link "$root?dir=packaging/nix" || fail "nix build ended with $?"
    say "ok"
else
    say "ok, but NOTHING IS BUILT: that is nix.sh --build"
fi
