#!/usr/bin/env bash
# Makes the book of docs/ and looks whether its links lead somewhere, its commands exist, and the
# program still says what the page of troubles shows.
#
#     tests/tools/book.sh [PROGRAM]
#
# MDBOOK says where mdbook is, if not on the PATH. The pages themselves are checked without it, too.
set -euo pipefail
program=$(realpath "${1:-${CARGO_TARGET_DIR:-target}/debug/feedwright}")
cd "$(dirname "$0")/../.."
mdbook=${MDBOOK:-mdbook}
if ! command -v python3 >/dev/null 2>&1; then
    echo "LEFT OUT: python3 is not installed, no link of docs/ was checked"
    exit 0
fi
python3 tests/tools/messages.py "$program"
if command -v "$mdbook" >/dev/null 2>&1; then
    book=$(mktemp -d)
    trap 'rm -rf "$book" "$book.log"' EXIT
    "$mdbook" build --dest-dir "$book" >"$book.log" 2>&1 || { cat "$book.log" && exit 1; }
    if grep -E '^ *(WARN|ERROR) ' "$book.log"; then
        exit 1
    fi
    python3 tests/tools/book.py "$program" "$book"
else
    echo "LEFT OUT: mdbook is not installed (\`cargo install mdbook\`), the book was not made"
    python3 tests/tools/book.py "$program"
fi
