#!/usr/bin/env python3
"""Provokes the messages of docs/troubleshooting.md: `messages.py PROGRAM [--write]`.

Each heading of that page names a message, and the first block below it is what the program says.
The recipes are here: files of a site, and commands of which the last one counts. `--write` puts
what was said into the page; without it a difference is an error.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "troubleshooting.md"
SITE = "site: {title: News, url: 'https://www.example.gov'}\n"


def post(front, text="Text of the post.\n"):
    return f"---\n{front}\n---\n{text}"


def plain(**others):
    """A site of a plain folder with one good post, and what else is named."""
    files = {"feedwright.yaml": SITE, "content/fine.md": post("title: Fine\ndate: 2024-01-01")}
    return files | others.pop("files", {})


def one(front, text="Text of the post.\n", name="notice.md"):
    return plain(files={f"content/{name}": post(front, text)})


def many(number, text):
    days = {f"content/n{n}.md": post(f"title: Notice {n}\ndate: 2024-01-{n:02}", text) for n in range(1, number)}
    return {"feedwright.yaml": SITE} | days


WIDTH = 88
LONG = "A text that is long enough to be known again by its words alone. " * 6 + "\n"
JEKYLL = {"_config.yml": "title: News\nurl: https://www.example.gov\n"}
HUGO = {"hugo.toml": "baseURL = 'https://www.example.gov/'\ntitle = 'News'\n"}

# By heading: the files, and the steps; a step is a command, or files to write (None removes one).
RECIPES = {
    "no site": ({"content/a.md": post("title: A\ndate: 2024-01-01")}, ["build"]),
    "no-posts": ({"feedwright.yaml": SITE, "content/a.md": post("title: A")}, ["build"]),
    "config-invalid": (plain(files={"feedwright.yaml": SITE + "feed:\n  limit: 10\n"}), ["build"]),
    "config-title": ({"feedwright.yaml": "site: {url: 'https://www.example.gov'}\n", "content/a.md": post("title: A\ndate: 2024-01-01")}, ["build --quiet"]),
    "generator-unknown": ({"gatsby-config.js": "module.exports = {}\n", "package.json": '{"dependencies":{"gatsby":"^5"}}\n', "feedwright.yaml": SITE, "content/a.md": post("title: A\ndate: 2024-01-01")}, ["build"]),
    "feed-contested": (HUGO | {"feedwright.yaml": "feeds: {paths: {rss: /index.xml}}\n", "content/posts/a.md": post("title: A\ndate: 2024-01-01")}, ["build --quiet"]),
    "date-ambiguous": (one("title: Notice\ndate: 03/04/2024"), ["build --quiet"]),
    "date-missing": (one("title: Notice"), ["build --quiet"]),
    "date-impossible": (one("title: Notice\ndate: 2024-02-30"), ["build --quiet"]),
    "date-unreadable": (one("title: Notice\ndate: next Monday"), ["build --quiet"]),
    "date-wrong-weekday": (one("title: Notice\ndate: Tue, 3 Jan 2024"), ["build --quiet"]),
    "date-zone": (one("title: Notice\ndate: 2024-01-03 10:00 IST"), ["build --quiet"]),
    "front-matter-yaml": (one("title: Notice: what changes\ndate: 2024-01-03"), ["build --quiet"]),
    "front-matter-unclosed": (plain(files={"content/notice.md": "---\ntitle: Notice\ndate: 2024-01-03\n\nText.\n"}), ["build --quiet"]),
    "front-matter-late": (JEKYLL | {"_posts/2024-01-03-notice.md": "\n---\ntitle: Notice\n---\nText.\n", "_posts/2024-01-01-fine.md": post("title: Fine")}, ["build --quiet"]),
    "front-matter-duplicate": (one("title: Notice\ndate: 2024-01-03\ntitle: Another"), ["build --quiet"]),
    "draft-unclear": (one("title: Notice\ndate: 2024-01-03\ndraft: maybe"), ["build --quiet"]),
    "permalink-duplicate": (plain(files={"content/a.md": post("title: A\ndate: 2024-01-03\npermalink: /a/"), "content/b.md": post("title: B\ndate: 2024-01-04\npermalink: /a/")}), ["build --quiet"]),
    "id-duplicate": (plain(files={"content/a.md": post("title: A\ndate: 2024-01-03\nguid: tag:example.gov,2024:a"), "content/b.md": post("title: B\ndate: 2024-01-04\nguid: tag:example.gov,2024:a")}), ["build --quiet"]),
    "template-dropped": (HUGO | {"content/posts/a.md": post("title: A\ndate: 2024-01-01", "{{< chart 2024 >}}\n")}, ["build --quiet"]),
    "link-missing": (one("title: Notice\ndate: 2024-01-03", "See [the other](other.md).\n"), ["check"]),
    "tag-spelling": (plain(files={"content/a.md": post("title: A\ndate: 2024-01-03\ntags: [Web Dev]"), "content/b.md": post("title: B\ndate: 2024-01-04\ntags: [web-dev]")}), ["check"]),
    "too many": (plain(files={f"content/n{n}.md": post(f"title: Notice {n}\ndate: soon") for n in range(1, 8)}), ["build"]),
    "doubtful": (one("title: Notice\ndate: 2024-01-03"), ["build --quiet", {"content/notice.md": None, "content/about.md": post("title: Notice\ndate: 2024-01-09", "Other words.\n")}, "build --quiet"]),
    "changed": (many(9, "Before.\n"), ["build --quiet", many(9, "After.\n"), "build --quiet"]),
    "base URL": (many(9, LONG), ["build --quiet", {"feedwright.yaml": SITE.replace("www.", "blog."), "feedwright.lock": None}, "build --quiet"]),
    "not feedwright's": (plain(files={"feeds/rss.xml": "<rss version='2.0'><channel><title>Old</title><link>https://www.example.gov/</link><description>x</description></channel></rss>\n"}), ["build --quiet"]),
    "conflict": (plain(), ["build --quiet", "CONFLICT", "build --quiet"]),
    "cut off": (plain(), ["build --quiet", "CUT", "build --quiet"]),
    "locked": (plain(), ["build --quiet", {"content/new.md": post("title: New\ndate: 2024-01-05")}, "build --quiet --locked"]),
    "feed-moved": (plain(files={"content/a.md": post("title: A\ndate: 2024-01-03\ntags: [budget]")}), ["build --quiet", {"content/a.md": post("title: A\ndate: 2024-01-03\ntags: [money]")}, "build --quiet"]),
    "feed-empty": (plain(files={"content/a.md": post("title: A\ndate: 2024-01-03\ntags: [budget]")}), ["build --quiet", {"content/a.md": post("title: A\ndate: 2024-01-03")}, "build --quiet"]),
    "post-backdated": (plain(files={"content/a.md": post("title: A\ndate: 2024-03-03")}), ["build --quiet", {"content/b.md": post("title: Late\ndate: 2024-02-01")}, "build --verbose"]),
}


def put(folder, files):
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def damage(folder, how):
    lock = folder / "feedwright.lock"
    text = lock.read_text("utf-8")
    if how == "CUT":
        lock.write_text(text[: len(text) * 2 // 3], "utf-8")
    else:
        lines = text.splitlines()
        lines[-1:] = ["<<<<<<< HEAD", lines[-1], "=======", lines[-1], ">>>>>>> topic"]
        lock.write_text("\n".join(lines) + "\n", "utf-8")


def said(program, files, steps):
    """What the last command says, and its exit code."""
    with tempfile.TemporaryDirectory() as at:
        folder = pathlib.Path(at) / "site"
        put(folder, files)
        for step in steps:
            if isinstance(step, dict):
                put(folder, step)
            elif step.isupper():
                damage(folder, step)
            else:
                now = [] if step.startswith("init") else ["--now", "2024-06-01T00:00:00Z"]
                run = subprocess.run(
                    [program, *step.split(), *now],
                    cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8",
                    env=os.environ | {"FEEDWRIGHT_CACHE_DIR": f"{at}/cache", "NO_COLOR": "1"},
                )
        lines = [f"$ feedwright {steps[-1]}", run.stderr.strip()]
        if run.returncode:
            # Where all ends well, that is a list of feeds.
            lines += [run.stdout.strip(), f"(exit code {run.returncode})"]
        text = "\n".join(line for line in lines if line)
        return "\n".join(wrapped for line in text.splitlines() for wrapped in wrap(line))


def wrap(line):
    """A line in the width of a terminal, which is also that of the page."""
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def main():
    program = os.path.abspath(sys.argv[1])
    if "--show" in sys.argv:
        for name, (files, steps) in RECIPES.items():
            print(f"=== {name}\n{said(program, files, steps)}\n")
        return 0
    page = PAGE.read_text("utf-8")
    sections = re.split(r"(?m)^(?=### )", page)
    wrong = 0
    shown = set()
    for at, section in enumerate(sections):
        mark = re.search(r"<!-- provoked: (.+?) -->\n```text\n(.*?)\n```", section, re.S)
        if not mark:
            continue
        shown.add(mark[1])
        files, steps = RECIPES[mark[1]]
        text = said(program, files, steps)
        if text != mark[2]:
            wrong += 1
            sections[at] = section[: mark.start(2)] + text + section[mark.end(2) :]
            if "--write" not in sys.argv:
                print(f"docs/troubleshooting.md: `{mark[1]}` says something else now:\n{text}")
    for name in sorted(set(RECIPES) - shown):
        print(f"docs/troubleshooting.md shows no `{name}`")
        wrong += 1
    if "--write" in sys.argv:
        PAGE.write_text("".join(sections), "utf-8")
        return 0
    print(f"{len(shown)} messages provoked, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
