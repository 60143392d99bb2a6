#!/usr/bin/env bash
# `cargo install`, from the repository as README.md says; it builds the program, which takes minutes.
. "$(dirname "$0")/lib.sh"
need cargo
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$work/target}
cargo install --quiet --locked --path "$root" --root "$work/root" || fail "cargo install ended with $?"
works "$work/root/bin/feedwright"
say "ok"
