"""Prints the licences of all crates that are part of the program, each text once."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT")


def metadata():
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def built_in(everything):
    """The ids of the crates that the program is linked from, its own left out."""
    nodes = {node["id"]: node for node in everything["resolve"]["nodes"]}
    members = set(everything["workspace_members"])
    name = {package["id"]: package["name"] for package in everything["packages"]}
    waiting = [id for id in members if name[id] == "feedwright"]
    seen = set(waiting)
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            is_normal = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if is_normal and dependency["pkg"] not in seen:
                seen.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    return seen - members


def texts(package):
    """The files of a crate that say how it may be used."""
    folder = Path(package["manifest_path"]).parent
    files = [path for path in sorted(folder.iterdir()) if path.name.upper().startswith(NAMES)]
    # Of several licences to choose from, MIT's is the shortest.
    mit = [path for path in files if "MIT" in path.name.upper()]
    for path in mit or files:
        if path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace").strip()


def main():
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    everything = metadata()
    ids = built_in(everything)
    packages = [package for package in everything["packages"] if package["id"] in ids]
    packages.sort(key=lambda package: (package["name"], package["version"]))
    users = {}
    print("feedwright is built from these crates:\n")
    for package in packages:
        known = f"{package['name']} {package['version']}"
        print(f"{known} ({package['license'] or 'see below'})")
        for text in texts(package):
            # Line ends differ between texts that are the same.
            users.setdefault(" ".join(text.split()), (text, []))[1].append(known)
    for text, known in users.values():
        print(f"\n{'-' * 78}\n{', '.join(known)}\n{'-' * 78}\n\n{text}")


main()
