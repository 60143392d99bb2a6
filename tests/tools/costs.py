#!/usr/bin/env python3
"""What known bombs cost at one size and at four times that, in instructions and memory (Linux).

    cargo build --release && tests/tools/costs.py target/release/feedwright [NAME ...]

Each is the only post of a site. Linear cost has a ratio of about 4, or less where the start of the
program weighs; refusal of the larger has less. Ratios above 6 are marked, and end it with code 1.
Instructions are counted by `perf stat`, or by `valgrind --tool=callgrind` where that has no counter,
which takes fifty times as long: name what you want to see.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

MOST = 6
POST = "---\ntitle: A\ndate: 2024-01-02\n---\nText.\n\n"


def body(start, repeated, end=""):
    """A body of so many repetitions."""
    return lambda count: POST + start + repeated * count + end + "\n"


def front(start, repeated, end):
    """A front matter of so many repetitions."""
    return lambda count: start + repeated * count + end + "\nText.\n"


def numbered(start, repeated, end, head=""):
    """The same with numbers in place of `#`."""
    return lambda count: head + start + "".join(
        repeated.replace("#", str(at)) for at in range(count)) + end + "\n"


# By name: how many at first, and the text of a post of so many.
BOMBS = {
    "yaml - -": (100_000, front("---\na:\n", "- ", "\n---")),
    "yaml ? ?": (100_000, front("---\n", "? ", "a\n---")),
    "yaml : :": (100_000, front("---\n", ": ", "a\n---")),
    "yaml [[": (100_000, front("---\na: ", "[", "\n---")),
    "yaml list": (100_000, front("---\na:\n", "-\n", "---")),
    "yaml %TAG": (10_000, numbered("---\n", "%TAG !a#! x\n", "--- \na: b\n---")),
    "yaml <<": (15_000, numbered("---\nb: &b {", "a#: 1,", "}\nc: {<<: *b, x: 1}\n---")),
    "toml [[": (100_000, front("+++\na = ", "[", "\n+++")),
    "toml a.a": (100_000, front("+++\n", "a.", "a = 1\n+++")),
    "toml tables": (20_000, numbered("+++\n", "[a#]\n", "+++")),
    "json keys": (20_000, numbered("{", '"a#":1,', '"b":1}')),
    "table text": (20_000, body("<table>", "a<b></b>")),
    "table images": (20_000, body("<table>", "<img>")),
    "table hidden": (20_000, body("<table><!--<td>-->", "<div>a</div>")),
    "tables": (20_000, body("", "<table><td>a</table>")),
    "select": (20_000, body("<select>", "<option>a")),
    "a": (20_000, body("<div>", "<a>x")),
    "b p": (20_000, body("<div>", "<b><p>")),
    "adoption": (20_000, body("<div>", "<a><p>x</a>")),
    "template": (20_000, body("<div>", "<template><p>a</template>")),
    "/p": (20_000, body("<div>" * 350, "</p>")),
    "li": (20_000, body("<div>" * 350, "<li>")),
    "comments": (20_000, body("<div>", "<!--a-->")),
    "entities": (20_000, body("<div>", "&notin")),
    "svg p": (20_000, body("<svg>", "<p>")),
    "open tags": (20_000, body("<div>", "<a b='")),
    "note marks": (20_000, body("[^1]: n\n\n", "[^1]")),
    "notes": (10_000, numbered("", "[^#]: n\n\nA[^#]\n\n", "", POST)),
    "definitions": (20_000, numbered("", "[a#]: /x\n", "", POST)),
    "headings": (20_000, body("", "# a\n")),
    "headings clash": (10_000, body("", "# a\n# a-1\n")),
    "emphasis": (20_000, body("", "a**b")),
    "emphasis mixed": (20_000, body("", "*a _b ")),
    "list": (20_000, body("", "- a\n")),
    "columns": (20_000, lambda count: POST + "|" + "a|" * count + "\n|" + "-|" * count + "\n"),
    "tasks": (20_000, body("", "- [ ] a\n")),
    "autolinks": (20_000, body("", "<http://a.b> ")),
    "brackets": (50_000, body("", "[")),
    "links": (20_000, body("", "[a](")),
    "dollars": (20_000, body("", "$a ")),
    "emoji": (20_000, body("", ":a: ")),
    "quotes": (20_000, body("", "> a\n")),
}


def instructions(command, folder, environment):
    """The instructions of a run, by whatever can count them; `None` where nothing can."""
    if shutil.which("perf"):
        run = subprocess.run(["perf", "stat", "-x", ",", "-e", "instructions:u", *command],
                             cwd=folder, env=environment, capture_output=True, text=True)
        found = re.search(r"^(\d+),[^\n]*instructions", run.stderr, re.M)
        if found:
            return int(found[1])
    if shutil.which("valgrind"):
        run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                              *command],
                             cwd=folder, env=environment, capture_output=True, text=True)
        found = re.search(r"Collected\s*:\s*(\d+)", run.stderr)
        if found:
            return int(found[1])
    return None


def measure(program, text):
    """The exit code, instructions and largest memory in MB of a build."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as cache:
        os.mkdir(f"{folder}/content")
        with open(f"{folder}/feedwright.yaml", "w") as file:
            file.write("site: {title: S, url: https://example.gov}\ncontent: {folders: [content]}\n")
        with open(f"{folder}/content/a.md", "w") as file:
            file.write(text)
        command = [program, "build", "-n", "--now", "2025-01-01T00:00:00Z"]
        environment = dict(os.environ, FEEDWRIGHT_CACHE_DIR=cache, RAYON_NUM_THREADS="1")
        child = subprocess.Popen(command, cwd=folder, env=environment,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        count = instructions(command, folder, environment)
        return child.returncode, count, usage.ru_maxrss // 1024


def main():
    program, names = os.path.realpath(sys.argv[1]), sys.argv[2:]
    bad = 0
    print(f"{'':16} {'count':>8} {'exit':>4} {'Minstr':>8} {'MB':>5}   "
          f"{'exit':>4} {'Minstr':>8} {'MB':>5} {'ratio':>6}")
    for name, (count, text) in BOMBS.items():
        if names and name not in names:
            continue
        small, large = measure(program, text(count)), measure(program, text(4 * count))
        if small[1] is None or large[1] is None:
            sys.exit("neither perf nor valgrind counts instructions here")
        ratio = large[1] / small[1]
        is_bad = ratio > MOST
        bad += is_bad
        print(f"{name:16} {count:8} {small[0]:4} {small[1] / 1e6:8.0f} {small[2]:5}   "
              f"{large[0]:4} {large[1] / 1e6:8.0f} {large[2]:5} {ratio:6.1f}"
              f"{'  <- more than linear' if is_bad else ''}", flush=True)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
