#!/bin/sh
# `feedwright ping` and a real WebSub hub: Flask-WebSub, with a subscriber of its own.
#
#   cargo build && tests/tools/websub.sh target/debug/feedwright
#
# websub.py beside this file goes through the steps. The packages that it needs are installed by
# pip, once, into a virtual environment in the user's folder of caches. Where they cannot be had
# the check is left out, which is said and is no failure.
set -eu
feedwright=$(realpath "${1:?the program}")
here=$(dirname "$(realpath "$0")")

# Everything is pinned: a hub that changes over night is not to fail a commit.
packages="
    Flask-WebSub==0.4.1
    amqp==5.4.2
    billiard==4.3.2
    blinker==1.9.0
    cachelib==0.17.0
    celery==5.7.0
    certifi==2026.10.18
    charset-normalizer==3.5.2
    click==8.5.1
    click-didyoumean==0.3.1
    click-plugins==1.1.1.2
    click-repl==0.4.1
    Flask==3.1.3
    idna==3.20
    itsdangerous==2.2.0
    Jinja2==3.1.6
    kombu==5.7.0
    MarkupSafe==3.0.4
    prompt_toolkit==3.0.53
    python-dateutil==2.9.0.post0
    requests==2.34.2
    six==1.17.0
    typing_extensions==4.16.0
    tzlocal==5.4.5
    urllib3==2.8.0
    vine==5.1.0
    wcwidth==0.9.4
    Werkzeug==3.1.9
"

left_out() {
    echo "left out: $1, so \`feedwright ping\` was not tried on a real WebSub hub"
    exit 0
}

command -v timeout >/dev/null || left_out "there is no command \`timeout\` here"
python=$(command -v python3) || left_out "there is no Python 3 here"
about=$(timeout 20 "$python" -c 'import sys; print(sys.version, sys.executable)') ||
    left_out "Python 3 does not run here"

# Another Python or other packages are another environment.
key=$(echo "$packages $about" | cksum | cut -d ' ' -f 1)
caches=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/feedwright-tests
environment=$caches/websub-$key
if ! timeout 60 "$environment/bin/python" -c 'import celery, flask_websub.hub' 2>/dev/null; then
    # Whoever tidies caches may have left parts of an old one.
    rm -rf "$environment"
    # It gets its name when it is whole, so that no run ever meets half of one.
    mkdir -p "$caches" || left_out "there is no folder for caches"
    making=$(mktemp -d "$caches/making-XXXXXX") || left_out "there is no folder for caches"
    trap 'rm -rf "$making"' EXIT
    trap 'exit 1' INT TERM
    timeout 60 "$python" -m venv "$making" >"$making/log" 2>&1 || {
        tail -n 5 "$making/log"
        left_out "Python makes no virtual environment here"
    }
    # shellcheck disable=SC2086
    timeout 300 "$making/bin/python" -m pip --disable-pip-version-check --timeout 15 --retries 1 \
        install $packages </dev/null >"$making/log" 2>&1 || {
        tail -n 5 "$making/log"
        left_out "Flask-WebSub and what it needs cannot be installed"
    }
    # If another run was faster, its environment is as good, and this one is removed.
    "$python" -c 'import os, sys; os.rename(*sys.argv[1:])' "$making" "$environment" 2>/dev/null ||
        test -d "$environment"
    rm -rf "$making"
    trap - EXIT INT TERM
fi

# The harness ends itself before that, with a word on where it hung.
timeout -k 10 480 "$environment/bin/python" "$here/websub.py" "$feedwright"
