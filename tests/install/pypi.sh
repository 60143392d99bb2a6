#!/usr/bin/env bash
# The wheel, installed by pip into a fresh environment: pypi.sh [WHEEL]
. "$(dirname "$0")/lib.sh"
need python3
if [ $# -gt 0 ]; then
    wheel=$1
else
    need maturin
    wheel=$("$packaging/pypi/build.sh" "$("$packaging/target.sh")" "$work/out")
fi
say "${wheel##*/}, $(stat -c %s "$wheel") bytes"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$wheel" || fail "pip install ended with $?"
works "$work/venv/bin/feedwright"
"$work/venv/bin/pip" uninstall --quiet --yes feedwright
[ ! -e "$work/venv/bin/feedwright" ] || fail "pip uninstall left the program"
say "ok"
