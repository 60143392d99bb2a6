#!/usr/bin/env python3
"""Makes the pictures of the documents: `pictures.py PROGRAM [FOLDER]`, by default docs/pictures.

- `session.svg`: what the program says of a small site, line by line, with the system's own fonts.
- `preview.png`, `mail.png`, `page.png`, `page-dark.png`: what it makes of this repository's example,
  as Chromium shows it. CHROMIUM names the browser. Pillow, where it is installed, makes them small.
"""

import html
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-01-05T15:00:00Z"
LIMIT = 60_000

SITE = {
    "_config.yml": "title: News\nurl: https://www.example.gov\ntimezone: UTC\nlang: en\n",
    "_posts/2026-01-03-form.md": "---\ntitle: One form instead of four\ntags: [forms]\n---\nSmall offices get one form.\n",
    "_posts/2026-01-04-hours.md": "---\ntitle: New opening hours\n---\nWe open at eight.\n",
}
RENAMED = ("_posts/2026-01-03-form.md", "_posts/2026-01-03-one-form.md")
BROKEN = ("_posts/2026-01-05-parking.md", "---\ntitle: Parking\ndate: 03/04/2026\n---\nThere is less of it.\n")

# A step: what is typed, and what is done. None is done by the program itself.
STEPS = [
    ("feedwright build", None),
    (f"git mv {' '.join(RENAMED)}", lambda at: (at / RENAMED[0]).rename(at / RENAMED[1])),
    ("feedwright plan   # would anybody get it twice?", None),
    ("feedwright build --quiet   # and a date that nobody can be sure of", lambda at: (at / BROKEN[0]).write_text(BROKEN[1])),
]

NEW_POST = """---
title: What changes for small offices
date: 2026-01-05
author: Clare Martorana
tags: it-modernization
---
Small offices get **one form** instead of four.

- It asks each question once.
- It works on a phone.
"""


def run(program, at, *arguments):
    return subprocess.run(
        [program, *arguments], cwd=at, capture_output=True, text=True, check=False, encoding="utf-8",
        env=os.environ | {"FEEDWRIGHT_CACHE_DIR": f"{at}/.cache", "NO_COLOR": "1"},
    )


def session(program, at):
    """The lines of the session: a kind and a text."""
    for name, text in SITE.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(text, "utf-8")
    lines = []
    for typed, done in STEPS:
        lines.append(("typed", typed))
        if done:
            done(at)
        if typed.startswith("feedwright"):
            said = run(program, at, *typed.split("#")[0].split()[1:], "--now", NOW)
            for line in (said.stdout + said.stderr).splitlines():
                kind = "error" if line.startswith("error") else "said"
                lines.append((kind, line))
        lines.append(("said", ""))
    return lines[:-1]


def svg(lines):
    """The session as a picture: a line comes after the other, and all stay."""
    wrapped = []
    for kind, text in lines:
        while len(text) > 96:
            cut = text.rfind(" ", 0, 96)
            wrapped.append((kind, text[:cut]))
            text = "  " + text[cut + 1 :]
        wrapped.append((kind, text))
    height = 20 * len(wrapped) + 40
    rows, moment = [], 0.2
    for at, (kind, text) in enumerate(wrapped):
        moment += 0.9 if kind == "typed" else 0.12
        sign = '<tspan class="sign">$ </tspan>' if kind == "typed" else ""
        text = html.escape(text, quote=False)
        text = re.sub(r"(#.*)$", r'<tspan class="note">\1</tspan>', text) if kind == "typed" else text
        text = re.sub(r"^(error|warning)(\[[a-z-]+\])", r'<tspan class="\1">\1\2</tspan>', text)
        if text or sign:
            rows.append(f'<text x="20" y="{34 + 20 * at}" style="animation-delay:{moment:.2f}s">{sign}{text}</text>')
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 {height}" role="img" aria-labelledby="t">
<title id="t">feedwright builds feeds, keeps the id of a renamed post, and refuses a date that can be read in two ways</title>
<style>
.back {{ fill: #ffffff; stroke: #c9d1d9 }} text {{ font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328; white-space: pre; animation: come .01s both }}
.sign {{ fill: #1a7f37; font-weight: bold }} .note {{ fill: #59636e }} .error {{ fill: #c5221f; font-weight: bold }} .warning {{ fill: #7d4e00; font-weight: bold }}
@keyframes come {{ from {{ opacity: 0 }} to {{ opacity: 1 }} }}
@media (prefers-reduced-motion: reduce) {{ text {{ animation: none }} }}
@media (prefers-color-scheme: dark) {{ .back {{ fill: #0d1117; stroke: #3d444d }} text {{ fill: #e6edf3 }} .sign {{ fill: #3fb950 }} .note {{ fill: #9198a1 }} .error {{ fill: #ff7b72 }} .warning {{ fill: #e3b341 }} }}
</style>
<rect class="back" x=".5" y=".5" width="859" height="{height - 1}" rx="6"/>
{chr(10).join(rows)}
</svg>
"""


def browser():
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next(filter(None, map(shutil.which, filter(None, names))), None)


def shoot(chromium, page, picture, size, dark=False):
    with tempfile.TemporaryDirectory() as profile:
        arguments = [
            chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--user-data-dir={profile}", f"--window-size={size}", f"--screenshot={picture}",
            *(["--force-dark-mode"] if dark else []), page.resolve().as_uri(),
        ]
        subprocess.run(arguments, check=True, capture_output=True, timeout=120)
    try:
        from PIL import Image

        Image.open(picture).convert("RGB").quantize(32, dither=Image.Dither.NONE).save(picture, optimize=True)
    except ImportError:
        print("LEFT OUT: Pillow is not installed, pictures are larger than they need be")


def main():
    program = os.path.abspath(sys.argv[1])
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "pictures"
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as at:
        (folder / "session.svg").write_text(svg(session(program, pathlib.Path(at))), "utf-8")
    chromium = browser()
    if chromium is None:
        print("LEFT OUT: Chromium is not installed, only session.svg was made")
        return 0
    with tempfile.TemporaryDirectory() as at:
        at = pathlib.Path(at)
        shutil.copytree(ROOT / "content", at / "content")
        for name in ("feedwright.yaml", "feedwright.lock"):
            shutil.copy(ROOT / name, at)
        run(program, at, "build", "--now", NOW)
        shoot(chromium, at / "feeds/index.html", folder / "page.png", "760,800")
        shoot(chromium, at / "feeds/index.html", folder / "page-dark.png", "760,800", dark=True)
        post = at / "content" / "2026-01-05-small-offices.md"
        post.write_text(NEW_POST, "utf-8")
        run(program, at, "plan", "--now", NOW, "--preview", "preview.html")
        shoot(chromium, at / "preview.html", folder / "preview.png", "760,900")
        run(program, at, "build", "--now", NOW)
        post.write_text(NEW_POST.replace("instead of four", "instead of five"), "utf-8")
        run(program, at, "plan", "--now", NOW, "--for", "govdelivery", "--preview", "mail.html")
        shoot(chromium, at / "mail.html", folder / "mail.png", "760,930")
    large = [path.name for path in folder.iterdir() if path.stat().st_size > LIMIT]
    if large:
        print(f"larger than {LIMIT} bytes: {', '.join(large)}")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
