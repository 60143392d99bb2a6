#!/usr/bin/env bash
# Writes what lies beside the program in packages: assets.sh BINARY [DIR]
# The man page, completions for shells, and the licences of all crates that are part of it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
binary=$1
folder=${2:-$here/assets}
mkdir -p "$folder/man" "$folder/completions"
"$binary" man > "$folder/man/feedwright.1"
"$binary" completions bash > "$folder/completions/feedwright.bash"
"$binary" completions zsh > "$folder/completions/_feedwright"
"$binary" completions fish > "$folder/completions/feedwright.fish"
"$binary" completions powershell > "$folder/completions/feedwright.ps1"
python3 "$here/licences.py" > "$folder/LICENSES-THIRD-PARTY.txt"
