#!/usr/bin/env bash
# Prints the target that packages are built for here. On Linux that is the static one: it runs on
# every distribution, however old its C library is.
set -euo pipefail
host=$(rustc -vV | sed -n 's/^host: //p')
case $host in
    *-linux-*) echo "${host%%-*}-unknown-linux-musl" ;;
    *) echo "$host" ;;
esac
