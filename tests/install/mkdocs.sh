#!/usr/bin/env bash
# The hook for MkDocs, with the theme Material: feeds have what another plugin wrote.
. "$(dirname "$0")/lib.sh"
need python3
python3 -m venv "$work/venv"
export PIP_CACHE_DIR=${FEEDWRIGHT_PIP_CACHE:-$work/pip}
if [ $# -gt 0 ]; then
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$1"
else
    cp "$("$packaging/build.sh")" "$work/venv/bin/feedwright"
fi
FEEDWRIGHT=$work/venv/bin/feedwright
"$work/venv/bin/pip" install --quiet --disable-pip-version-check 'mkdocs-material<10' || fail "mkdocs could not be installed"
mkdir -p "$work/project/docs/blog/posts" && cd "$work/project"
cp "$root/integrations/mkdocs.py" feedwright_hook.py
cat > answer.py <<'PY'
def on_page_content(html, **_):
    return html.replace("ANSWER", f"{6 * 7} out of 50")
PY
cat > mkdocs.yml <<'YML'
site_name: A small site
site_url: https://www.example.gov/
theme: {name: material}
plugins: [blog]
hooks: [answer.py, feedwright_hook.py]
YML
echo '# Home' > docs/index.md
echo '# Blog' > docs/blog/index.md
printf -- '---\ndate: 2024-01-02\ndescription: One.\n---\n# The first\n\nThe people who were asked said yes: ANSWER.\n' > docs/blog/posts/first.md
# Nothing but the folder of the environment says where the program is.
PATH=/usr/bin:/bin "$work/venv/bin/mkdocs" build --quiet || fail "mkdocs ended with $?"
has_rendered site '42 out of 50'
say "ok"
