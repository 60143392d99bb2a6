#!/usr/bin/env bash
# The scripts of action.yml, in an environment like that of a runner: what they install, run, say in
# outputs and summaries, and write to a pull request. `gh` is a stand-in that notes what it is told.
. "$(dirname "$0")/lib.sh"
need jq shasum unzip tar
action=$packaging/action
export RUNNER_OS=Linux RUNNER_ARCH=X64 RUNNER_TEMP=$work/temp GITHUB_REPOSITORY=agency/site
export GITHUB_OUTPUT=$work/output GITHUB_PATH=$work/path GITHUB_STEP_SUMMARY=$work/summary GITHUB_EVENT_PATH=$work/event.json
mkdir -p "$RUNNER_TEMP" "$work/bin" "$work/release"
touch "$GITHUB_OUTPUT" "$GITHUB_PATH" "$GITHUB_STEP_SUMMARY"
given() { sed -n "s/^$1=//p" "$GITHUB_OUTPUT" | tail -n 1; }

# Stands in for GitHub's program: the release is a folder, comments are a file.
cat > "$work/bin/gh" <<'SH'
#!/usr/bin/env bash
echo "$*" >> "$WORK/gh.log"
case $* in
    "release download"*)
        while [ $# -gt 0 ]; do [ "$1" = --dir ] && dir=$2; shift; done
        cp "$WORK"/release/* "$dir"/ ;;
    *--paginate*) [ ! -e "$WORK/comment" ] || echo 7 ;;
    *"--method "*) for word; do case $word in body=@*) cp "${word#body=@}" "$WORK/comment" ;; esac; done ;;
esac
SH
chmod +x "$work/bin/gh"
export WORK=$work PATH=$work/bin:$PATH

say "installing"
binary=$("$packaging/build.sh")
PATH=$work/bin:/usr/bin:/bin "$action/place.sh"
FOLDER=$(given folder)
export FOLDER
[[ $(given key) =~ ^feedwright-Linux-X64-[0-9a-f]{16}$ ]] || fail "the key is $(given key)"
"$packaging/tarball/pack.sh" "$binary" x86_64-unknown-linux-musl "$work/release" > /dev/null
"$packaging/sums.sh" "$work/release"
sed 's/^./x/' "$work/release/SHA256SUMS" > "$work/wrong" && cp "$work/release/SHA256SUMS" "$work/right"
cp "$work/wrong" "$work/release/SHA256SUMS"
if ACTION_REPOSITORY=o/feedwright "$action/install.sh" > "$work/log" 2>&1; then fail "a wrong sum was taken"; fi
grep -q '^::error::.*another sum' "$work/log" || fail "a wrong sum is not named: $(cat "$work/log")"
cp "$work/right" "$work/release/SHA256SUMS"
ACTION_REPOSITORY=o/feedwright "$action/install.sh" > "$work/log" 2>&1 || fail "$(cat "$work/log")"
[ "$(cat "$GITHUB_PATH")" = "$FOLDER/bin" ] || fail "the path is $(cat "$GITHUB_PATH")"
PATH=$FOLDER/bin:$PATH
# The cache has brought it: nothing is fetched.
rm "$work/gh.log"
"$action/install.sh" > /dev/null
[ ! -e "$work/gh.log" ] || fail "what was cached is fetched again"

say "running"
small_site "$work/site" && cd "$work/site"
COMMAND=build ARGS="--verify" "$action/run.sh" || fail "build ended with $?"
[ -s feeds/rss.xml ] || fail "build made nothing"
[ "$(given code)" = 0 ] || fail "build said $(given code)"
printf -- '---\ntitle: "1 < 2 & `new` @team"\ndescription: Three.\n---\nText.\n' > _posts/2024-03-01-third.md
sed -i 's/Hello, \*world\*/Hello, everybody/' _posts/2024-01-02-first.md
COMMAND=plan ARGS="" "$action/run.sh" > "$work/log" || fail "plan ended with $?"
[ "$(given summary)" = "1 new entry for subscribers, 1 changed" ] || fail "the summary is $(given summary)"
grep -q '“1 &lt; 2 &amp; ' "$GITHUB_STEP_SUMMARY" || fail "a title is markup: $(cat "$GITHUB_STEP_SUMMARY")"
printf -- '---\ntitle: Later\ndate: 2999-12-07\n---\nText.\n' > _posts/2999-12-07-later.md
COMMAND=plan ARGS="" "$action/run.sh" > "$work/log" || fail "plan ended with $?"
[ "$(given summary)" = "1 new entry for subscribers, 1 changed, 1 scheduled for 2999-12-07" ] || fail "the summary is $(given summary)"
grep -q '1 post is scheduled: “Later” on 2999-12-07' "$GITHUB_STEP_SUMMARY" || fail "the plan does not say what is scheduled"
rm _posts/2999-12-07-later.md
printf -- '---\ntitle: Wrong\ndate: someday\n---\nText.\n' > _posts/2024-05-01-wrong.md
code=0
COMMAND=check ARGS="" "$action/run.sh" > "$work/log" 2>&1 || code=$?
[ "$code-$(given code)" = 1-1 ] || fail "check of a wrong post ended with $code"
grep -q '^::error.*file=_posts/2024-05-01-wrong.md' "$work/log" || fail "nothing is annotated: $(cat "$work/log")"
rm _posts/2024-05-01-wrong.md
code=0
COMMAND=publish ARGS="" "$action/run.sh" > "$work/log" || code=$?
[ $code -eq 2 ] || fail "an unknown command ended with $code"

say "commenting"
BODY=$(given comment)
export BODY
echo '{}' > "$GITHUB_EVENT_PATH"
"$action/comment.sh" | grep -q 'no pull request' || fail "a push is taken for a pull request"
echo '{"pull_request": {"number": 12}}' > "$GITHUB_EVENT_PATH"
"$action/comment.sh"
grep -q 'POST repos/agency/site/issues/12/comments' "$work/gh.log" || fail "$(cat "$work/gh.log")"
grep -q '^\*\*1 new entry for subscribers, 1 changed\*\*$' "$work/comment" || fail "$(cat "$work/comment")"
"$action/comment.sh"
grep -q 'PATCH repos/agency/site/issues/comments/7 ' "$work/gh.log" || fail "the comment is not replaced"
printf '#!/bin/sh\nexit 1\n' > "$work/bin/gh"
"$action/comment.sh" | grep -q '^::warning::' || fail "a refused comment is not named"
say "ok"
