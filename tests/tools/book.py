#!/usr/bin/env python3
"""Checks the links, the commands and the settings of docs/: `book.py PROGRAM [BOOK]`.

Links of the sources are those that GitHub shows; where BOOK, the folder that mdbook wrote, is
named, its pages are looked at in the same way. Links to other sites are checked by their form.
"""

import html.parser
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^( *)(`{3,})([^\n]*)\n(.*?)^\1\2 *$", re.S | re.M)
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()]*\))?)\)")
OUTER = re.compile(r"(https?://[A-Za-z0-9.-]+(:\d+)?([/?#][^\s<>\"]*)?|mailto:\S+@\S+)$")
problems = []


def problem(where, text):
    problems.append(f"{where}: {text}")


def prose(text):
    """The text without code, which has no links."""
    return re.sub(r"`+[^`]*`+", lambda span: "`" + "x" * (len(span[0]) - 2) + "`", FENCE.sub("", text))


def anchors(path):
    """The anchors that GitHub gives to headings."""
    found = {}
    for heading in re.findall(r"^#+ +(.*?) *#*$", FENCE.sub("", path.read_text("utf-8")), re.M):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
        slug = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        count = found.get(slug, 0)
        found[slug] = count + 1
        if count:
            found[f"{slug}-{count}"] = 1
    return set(found)


def check_source(path):
    name = path.relative_to(ROOT)
    text = prose(path.read_text("utf-8"))
    for target in LINK.findall(text) + re.findall(r'(?:src|srcset|href)="([^"]+)"', text):
        if re.match(r"[a-z]+:", target):
            if not OUTER.match(target):
                problem(name, f"{target} is no address")
            continue
        file, _, anchor = target.partition("#")
        to = (path.parent / urllib.parse.unquote(file)).resolve() if file else path
        if not to.exists():
            problem(name, f"{target} leads nowhere")
        elif path.is_relative_to(DOCS) and not to.is_relative_to(DOCS):
            problem(name, f"{target} leads out of docs/, where the book does not have it")
        elif anchor and to.suffix == ".md" and anchor not in anchors(to):
            problem(name, f"{target}: there is no such heading")


class Page(html.parser.HTMLParser):
    """The ids and the links of one page of the book."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.depth = set(), [], 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if values.get("id"):
            self.ids.add(values["id"])
        for key in ("href", "src"):
            if key in values and tag in ("a", "img"):
                self.links.append(values[key] or "")


def check_book(book):
    pages = {path: Page(path.read_text("utf-8")) for path in book.rglob("*.html")}
    for path, page in pages.items():
        if path.name in ("404.html", "toc.html", "print.html"):
            continue
        name = f"book/{path.relative_to(book)}"
        for link in page.links:
            if re.match(r"[a-z]+:|//", link) or link == "#":
                continue
            file, _, anchor = link.partition("#")
            to = (path.parent / urllib.parse.unquote(file)).resolve() if file else path
            if not to.is_file():
                problem(name, f"{link} leads nowhere")
            elif anchor and to in pages and urllib.parse.unquote(anchor) not in pages[to].ids:
                problem(name, f"{link}: nothing has that id")


def check_summary():
    listed = set(re.findall(r"\]\(([^)]+)\)", (DOCS / "SUMMARY.md").read_text("utf-8")))
    for path in DOCS.rglob("*.md"):
        name = str(path.relative_to(DOCS))
        if name != "SUMMARY.md" and name not in listed:
            problem(f"docs/{name}", "is not in docs/SUMMARY.md")


class Program:
    """What the program knows: its commands, their options, its codes."""

    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())
        listed = re.search(r"Commands:\n(.*?)\n\n", self.run("--help"), re.S)[1]
        self.commands = set(re.findall(r"^  (\w+)", listed, re.M))
        self.helps = {}

    def run(self, *arguments):
        run = subprocess.run([self.path, *arguments], capture_output=True, text=True, check=False, encoding="utf-8")
        return run.stdout

    def options(self, command):
        if command not in self.helps:
            help_ = self.run(command, "--help")
            self.helps[command] = set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", help_))
        return self.helps[command]

    def check(self, name, line):
        """A line of code that runs feedwright, as far as the next command of a shell."""
        for words in re.findall(r"(?:^|[\s(;&|`=])feedwright +((?:[^\n;&|)`#']|&(?!&))+)", line):
            words = words.split()
            if not words or not re.fullmatch(r"[a-z]+", words[0]):
                if words and words[0].startswith("-") and words[0] not in ("-V", "--version", "--help"):
                    problem(name, f"`feedwright {' '.join(words)}` names no command")
                continue
            command = words[0]
            if command not in self.commands:
                problem(name, f"`feedwright {' '.join(words)}`: there is no such command")
                continue
            for word in words[1:]:
                option = word.split("=")[0].rstrip(",.:")
                if re.fullmatch(r"--?[a-zA-Z][\w-]*", option) and option not in self.options(command):
                    problem(name, f"`feedwright {' '.join(words)}`: there is no {option}")


KEYS = {"site", "content", "feeds", "dates", "guard", "state", "lints"}


def check_settings(name, block, program):
    """A block of YAML that may be a feedwright.yaml is read by the program as one."""
    keys = set(re.findall(r"^([a-z]\w*):", block, re.M))
    if not keys or not keys <= KEYS:
        return
    with tempfile.TemporaryDirectory() as at:
        folder = pathlib.Path(at)
        (folder / "feedwright.yaml").write_text(block, "utf-8")
        (folder / "2024-01-01-a.md").write_text("---\ntitle: A\n---\nText.\n", "utf-8")
        run = subprocess.run(
            [program.path, "list", "--site-url", "https://www.example.gov"],
            cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8",
        )
        for wrong in re.findall(r"error\[config-(?:invalid|key|value)[^\n]*", run.stderr):
            problem(name, f"feedwright.yaml: {wrong}")


def check_commands(path, program):
    text = path.read_text("utf-8")
    name = path.relative_to(ROOT)
    for fence in FENCE.finditer(text):
        if fence[3].strip() == "yaml":
            check_settings(name, fence[4], program)
        if fence[3].strip() in ("sh", "text", "console", "crontab", "yaml", "toml", "ini", ""):
            for line in fence[4].replace("\\\n", " ").splitlines():
                line = re.sub(r"^\s*\$ ", "", line)
                # What the program says and what is only named is no command.
                if re.search(r"(^|[&|;(=/]|run:|with:|&&) *(cd \S+ && )?[\w/.-]*feedwright +[a-z-]", line):
                    program.check(name, line.replace("/usr/local/bin/feedwright", "feedwright"))
    for span in re.findall(r"`(feedwright [^`]+)`", FENCE.sub("", text)):
        program.check(name, span)
    if path.name == "troubleshooting.md":
        for code in re.findall(r"^#+ `([a-z0-9-]+)`", text, re.M):
            if "help:" not in program.run("explain", code):
                problem(name, f"`{code}` is no code")


def main():
    program = Program(sys.argv[1])
    sources = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
    for path in sources:
        check_source(path)
        if path.name != "SUMMARY.md":
            check_commands(path, program)
    check_summary()
    if len(sys.argv) > 2:
        check_book(pathlib.Path(sys.argv[2]).resolve())
    for line in sorted(set(problems)):
        print(line)
    print(f"{len(sources)} pages, {len(set(problems))} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
