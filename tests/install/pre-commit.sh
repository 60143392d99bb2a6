#!/usr/bin/env bash
# The hooks of .pre-commit-hooks.yaml, by `pre-commit`, with the program on the path. With `--build`
# also as they are without `language: system`: pre-commit builds the program, which takes minutes.
. "$(dirname "$0")/lib.sh"
need git pre-commit
mkdir "$work/bin" && cp "$("$packaging/build.sh")" "$work/bin/feedwright"
export PATH=$work/bin:$PATH PRE_COMMIT_HOME=$work/pre-commit
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.gov GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.gov
# The hooks as they lie here, committed or not.
mkdir "$work/hooks"
cp "$root/.pre-commit-hooks.yaml" "$work/hooks/"
[ "${1:-}" != --build ] || git -C "$root" ls-files -z | (cd "$root" && xargs -0 cp --parents -t "$work/hooks")
git -C "$work/hooks" init -q && git -C "$work/hooks" add -A && git -C "$work/hooks" commit -q -m hooks

small_site "$work/site" && cd "$work/site"
feedwright build --quiet
printf '{"name": "no feed"}\n' > package.json
git init -q && git add -A
language='language: system, '
[ "${1:-}" != --build ] || language=
cat > .pre-commit-config.yaml <<YML
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks:
      - {${language}id: feedwright-check}
      - {${language}id: feedwright-check-feeds}
YML
git add -A
pre-commit run --all-files || fail "the hooks refuse a right site"
printf -- '---\ntitle: Wrong\ndate: someday\n---\nText.\n' > _posts/2024-05-01-wrong.md
git add -A
if pre-commit run feedwright-check > "$work/log"; then fail "a wrong post is passed"; fi
grep -q '_posts/2024-05-01-wrong.md' "$work/log" || fail "$(cat "$work/log")"
git rm -q --cached _posts/2024-05-01-wrong.md && rm _posts/2024-05-01-wrong.md
sed -i 's/<pubDate>[^<]*/<pubDate>2024-01-02/' feeds/rss.xml
git add -A
if pre-commit run feedwright-check-feeds > "$work/log"; then fail "a wrong feed is passed"; fi
grep -q 'date-rfc822' "$work/log" || fail "$(cat "$work/log")"

say "try-repo"
git checkout -q -- . 2>/dev/null || true
"$work/bin/feedwright" build --quiet && git add -A
if [ -z "$language" ]; then
    pre-commit try-repo "$work/hooks" feedwright-check --all-files || fail "try-repo ended with $?"
else
    # try-repo takes the hooks as they are: with the language that needs no building.
    sed -i 's/language: rust/language: system/' "$work/hooks/.pre-commit-hooks.yaml"
    pre-commit try-repo "$work/hooks" feedwright-check --all-files || fail "try-repo ended with $?"
    pre-commit try-repo "$work/hooks" feedwright-check-feeds --all-files || fail "try-repo ended with $?"
fi
say "ok"
