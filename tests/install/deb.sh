#!/usr/bin/env bash
# The Debian package, installed by dpkg and removed again: deb.sh [PACKAGE]
. "$(dirname "$0")/lib.sh"
need dpkg dpkg-deb
if [ $# -gt 0 ]; then
    package=$1
else
    need cargo-deb
    package=$("$packaging/deb/build.sh" "$("$packaging/target.sh")" "$work/out")
fi
say "${package##*/}, $(stat -c %s "$package") bytes"
dpkg-deb --info "$package" | sed -n 's/^ \(Package\|Version\|Architecture\|Depends\|License\):/  \1:/p'
command -v lintian >/dev/null && lintian --fail-on error "$package"
if [ "$(id -u)" -ne 0 ]; then
    say "dpkg -i takes root: NOT INSTALLED"
    exit 77
fi
if dpkg -s feedwright >/dev/null 2>&1; then fail "feedwright is installed by dpkg already"; fi
# A root of its own: nothing of this machine changes.
mkdir -p "$work/root/var/lib/dpkg/"{updates,info}
touch "$work/root/var/lib/dpkg/status"
dpkg --root="$work/root" --force-depends --force-script-chrootless --log=/dev/null --install "$package" > "$work/dpkg.log" 2>&1 ||
    { cat "$work/dpkg.log"; fail "dpkg ended with $?"; }
works "$work/root/usr/bin/feedwright"
for file in usr/share/man/man1/feedwright.1.gz usr/share/bash-completion/completions/feedwright \
    usr/share/zsh/vendor-completions/_feedwright usr/share/fish/vendor_completions.d/feedwright.fish; do
    [ -s "$work/root/$file" ] || fail "there is no /$file"
done
dpkg --root="$work/root" --force-script-chrootless --log=/dev/null --remove feedwright > /dev/null
[ ! -e "$work/root/usr/bin/feedwright" ] || fail "dpkg --remove left the program"
say "ok"
