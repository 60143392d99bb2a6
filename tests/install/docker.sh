#!/usr/bin/env bash
# The container image. Without a daemon its last stage is tried in an empty root of our own.
. "$(dirname "$0")/lib.sh"
if docker info >/dev/null 2>&1; then
    docker build --quiet -f "$packaging/docker/Dockerfile" -t feedwright-install-test "$root"
    works docker run --rm -u "$(id -u):$(id -g)" -v "$work/site:/site" feedwright-install-test
    docker image rm feedwright-install-test > /dev/null
    say "ok"
    exit
fi
need chroot setpriv
if [ "$(id -u)" -ne 0 ]; then
    say "there is no daemon of Docker, and chroot takes root: NOT TESTED" >&2
    exit 77
fi
# Nobody in particular, no home, no /tmp, and nothing but the program and the site.
mkdir -p "$work/image/usr/bin"
cp "$("$packaging/build.sh")" "$work/image/usr/bin/feedwright"
small_site "$work/image/site"
chown -R 65534:65534 "$work/image/site"
chmod 755 "$work"
run() { env -i /usr/sbin/chroot --userspec=65534:65534 "$work/image" /usr/bin/feedwright "$@"; }
run build --quiet /site || fail "build ended with $?"
run check --strict /site/feeds || fail "check ended with $?"
say "ok, but there is no daemon of Docker here: THE DOCKERFILE ITSELF IS NOT TESTED"
