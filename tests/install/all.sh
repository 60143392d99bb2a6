#!/usr/bin/env bash
# Runs every script here with one build of the program, and says how each ended. What a script
# printed lies in the folder that is named at the end.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
FEEDWRIGHT_BUILT=$("$here/../../packaging/build.sh") || exit 1
export FEEDWRIGHT_BUILT
logs=$(mktemp -d)
worst=0
for script in "$here"/*.sh; do
    name=$(basename "$script" .sh)
    case $name in all | lib | npm-lib) continue ;; esac
    code=0
    "$script" > "$logs/$name.log" 2>&1 || code=$?
    case $code in
        0) result=ok ;;
        77) result="SKIPPED" ;;
        *) result="FAILED with $code" worst=1 ;;
    esac
    printf '%-12s %-14s %s\n' "$name" "$result" "$(grep "^$name: " "$logs/$name.log" | tail -n 1 | cut -d' ' -f2-)"
done
echo "What they printed: $logs"
exit $worst
