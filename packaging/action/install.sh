#!/usr/bin/env bash
# Installs the program of this version into $FOLDER/bin, unless the cache has brought it: from the
# release, or built from the sources of the action where there is none.
set -euo pipefail
source=$(cd "$(dirname "$0")/../.." && pwd)
version=$("$source/packaging/version.sh")

target() {
    case $RUNNER_OS-$RUNNER_ARCH in
        Linux-X64) echo x86_64-unknown-linux-musl ;;
        Linux-ARM64) echo aarch64-unknown-linux-musl ;;
        macOS-X64) echo x86_64-apple-darwin ;;
        macOS-ARM64) echo aarch64-apple-darwin ;;
        Windows-X64) echo x86_64-pc-windows-msvc ;;
        *) return 1 ;;
    esac
}

# Takes the archive of the release, if it has the sum that the release says.
from_release() {
    local target name file work
    target=$(target) || return 1
    name=feedwright-$version-$target
    case $target in *-windows-*) file=$name.zip ;; *) file=$name.tar.gz ;; esac
    [ -n "${ACTION_REPOSITORY:-}" ] || return 1
    work=$(mktemp -d)
    gh release download "v$version" --repo "$ACTION_REPOSITORY" --dir "$work" \
        --pattern "$file" --pattern SHA256SUMS 2>/dev/null || return 1
    (cd "$work" && grep -F "  $file" SHA256SUMS | shasum -a 256 -c - >/dev/null) || {
        echo "::error::$file has another sum than SHA256SUMS of the release v$version says"
        exit 1
    }
    case $file in
        *.zip) unzip -q "$work/$file" -d "$work" ;;
        *) tar -xzf "$work/$file" -C "$work" ;;
    esac
    mkdir -p "$FOLDER/bin"
    cp "$work/$name"/feedwright* "$FOLDER/bin/"
}

if [ ! -x "$FOLDER/bin/feedwright" ] && [ ! -x "$FOLDER/bin/feedwright.exe" ]; then
    if ! from_release; then
        echo "There is no release v$version for this machine: building it, which takes some minutes"
        cargo install --locked --path "$source" --root "$FOLDER" --quiet
    fi
fi
"$FOLDER/bin/feedwright" --version
echo "$FOLDER/bin" >> "$GITHUB_PATH"
