#!/usr/bin/env bash
# The archive: sums, program, man page, completions, licences: tarball.sh [ARCHIVE]
. "$(dirname "$0")/lib.sh"
need tar sha256sum python3
mkdir "$work/out"
if [ $# -gt 0 ]; then
    cp "$1" "$work/out/"
else
    "$packaging/tarball/pack.sh" "$("$packaging/build.sh")" "$("$packaging/target.sh")" "$work/out" > /dev/null
fi
"$packaging/sums.sh" "$work/out"
cd "$work/out"
sha256sum --quiet -c SHA256SUMS || fail "the sums are wrong"
tar -xzf ./*.tar.gz
cd feedwright-*/
say "$(basename "$PWD"), $(stat -c %s ../*.tar.gz) bytes"
for file in man/feedwright.1 completions/{feedwright.bash,_feedwright,feedwright.fish} \
    README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE LICENSES-THIRD-PARTY.txt; do
    [ -s "$file" ] || fail "there is no $file"
done
works "$PWD/feedwright"
bash -n completions/feedwright.bash || fail "the completions are no bash"
if command -v man >/dev/null; then
    man -l man/feedwright.1 | grep -q -i 'feedwright' || fail "the man page cannot be read"
else
    say "there is no man here: THE MAN PAGE IS NOT TESTED"
fi
if [ "$(uname)" = Linux ]; then
    if command -v ldd >/dev/null && ldd feedwright 2>&1 | grep -q '=>'; then fail "the program is not static"; fi
    # Nothing but the kernel: an empty root has no C library at all.
    if [ "$(id -u)" -eq 0 ] && command -v chroot >/dev/null; then
        mkdir "$work/empty" && cp feedwright "$work/empty/"
        chroot "$work/empty" /feedwright --version >/dev/null || fail "the program needs more than the kernel"
    fi
fi
say "ok"
