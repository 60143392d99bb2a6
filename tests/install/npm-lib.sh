# Packs the npm packages of this machine; sourced after lib.sh.
# shellcheck shell=bash
need node npm
machine=$(node -p 'process.platform + "-" + process.arch')
export npm_config_cache=${FEEDWRIGHT_NPM_CACHE:-$work/npm} npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false

# Packs both packages into $work/packed.
pack_npm() {
    binary=$("$packaging/build.sh")
    base=$(node "$packaging/npm/pack.mjs" base "$work/packed")
    program=$(node "$packaging/npm/pack.mjs" "$machine" "$binary" "$work/packed")
}

# Installs them, and whatever else is named, into the project of the current folder.
install_npm() {
    [ -f package.json ] || printf '{"name": "site", "private": true, "type": "module"}\n' > package.json
    npm install --silent --no-save=false "$base" "$program" "$@" > "$work/npm.log" 2>&1 ||
        { tail -n 20 "$work/npm.log" >&2; fail "npm install ended with $?"; }
    FEEDWRIGHT=$PWD/node_modules/.bin/feedwright
}
