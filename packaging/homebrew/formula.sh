#!/usr/bin/env bash
# Prints the Homebrew formula of a release: formula.sh REPOSITORY-URL SHA256SUMS
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=$("$here/../version.sh")
text=$(sed -e "s|@REPOSITORY@|$1|g" -e "s|@VERSION@|$version|g" "$here/feedwright.rb" | sed '/^# A template/d')
while read -r sum file; do
    target=${file#"feedwright-$version-"}
    text=${text//"@SHA256:${target%.tar.gz}@"/$sum}
done < "$2"
if [[ $text == *@SHA256:* ]]; then
    echo "$2 lacks a sum: $(grep -o '@SHA256:[^@]*@' <<< "$text" | head -n 1)" >&2
    exit 1
fi
printf '%s\n' "$text"
