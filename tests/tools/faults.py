#!/usr/bin/env python3
"""Every system call of a run fails once, or is the last: what is published stays whole.

    cargo build && tests/tools/faults.py target/debug/feedwright [--most N] [--only COMMAND ...] [--calls CALL ...]

By strace (Linux). Each command is run on a small site, once to count its system calls, and then
again and again, with one call after the other failing as disks and systems let it fail (EIO, ENOSPC,
EMFILE, EACCES, EINTR), or ended there by SIGKILL, SIGTERM or SIGINT. strace counts for each thread of
its own, so the same call of several threads may fail in one run, which is as well.

What has to hold afterwards: every file is the old or the new one, whole; no temporary file is left,
but by SIGKILL, and then the next run removes it; a run that says that it ended well has done so; no
run panics or ends without a word; and a run without a fault then ends as if nothing had happened.

At most N calls of one kind are tried for each command and fault, spread over all of them; 0 is all.
Ends with 1 where something does not hold. Says so, and ends well, where there is no strace.
"""

import argparse
import collections
import http.server
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

NOW = "2025-01-01T00:00:00Z"
WORKERS = 2
ERRORS = ["EIO", "ENOSPC", "EMFILE", "EACCES", "EINTR", "ECONNRESET"]
SIGNALS = ["SIGKILL", "SIGTERM", "SIGINT"]
FILES = """openat read pread64 write fsync fdatasync rename renameat renameat2 unlink unlinkat rmdir mkdir
    mkdirat newfstatat statx fstat lstat getdents64 close ftruncate linkat fchmod chmod utimensat flock
    readlink lseek getcwd""".split()
NET = "socket connect sendto recvfrom poll getsockopt setsockopt".split()
# What systems say to which call: the others would be no faults of this world. Folders that are being
# opened or closed are not interrupted, and closing one does not fail.
NOT_EIO = {"close", "flock", "getcwd", "lseek", *NET}
SENSE = {
    "EIO": {call for call in FILES if call not in NOT_EIO},
    "ENOSPC": {"openat", "write", "fsync", "fdatasync", "rename", "mkdir", "ftruncate"},
    "EMFILE": {"openat", "socket"},
    "EACCES": {"openat", "rename", "unlink", "unlinkat", "rmdir", "mkdir", "statx", "newfstatat", "fchmod", "connect"},
    "EINTR": {"read", "write", "fsync", "fdatasync", "connect", "sendto", "flock"},
    "ECONNRESET": {"connect", "sendto"},
}
# At these, a run may be told to end; at others it is the same instant as at the next of these.
ENDING = {"openat", "write", "fdatasync", "fsync", "rename", "mkdir", "unlink", "rmdir", "read", "close", "fchmod",
          "connect", "sendto", "recvfrom"}

CONFIG = """site: {title: S, url: "https://example.gov"}
content: {folders: [content]}
guard: {max_changed: 1000}
"""


def post(number, text):
    return f"---\ntitle: Post {number}\ndate: 2024-01-{number:02}\ntags: [x, t{number}]\n---\n{text}\n"


def write(root, files):
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def tree(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def litter(files):
    return [name for name in files if ".feedwright-" in name and name.endswith(".tmp")]


class Case:
    """A command, and the site that it is run on."""

    def __init__(self, name, command, prepare, calls=FILES, checks_cache=False):
        self.name, self.command, self.prepare, self.calls = name, command, prepare, calls
        self.checks_cache = checks_cache


class Place:
    """A folder that one worker runs in."""

    def __init__(self, program, folder):
        self.program = program
        self.root, self.cache, self.temp = folder / "site", folder / "cache", folder / "temp"
        for path in (self.root, self.cache, self.temp):
            path.mkdir(parents=True)

    def env(self):
        env = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()}
        env.update(FEEDWRIGHT_CACHE_DIR=str(self.cache), NO_COLOR="1", RAYON_NUM_THREADS="1", TMPDIR=str(self.temp))
        env.pop("SOURCE_DATE_EPOCH", None)
        return env

    def run(self, command, before=()):
        done = subprocess.run([*before, self.program, *command], cwd=self.root, env=self.env(),
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120, errors="replace")
        return done.returncode, done.stdout, done.stderr

    def reset(self, files, cache):
        for root, wanted in ((self.root, files), (self.cache, cache), (self.temp, {})):
            for path in sorted(root.rglob("*"), reverse=True):
                name = str(path.relative_to(root))
                if path.is_dir():
                    if not any(other.startswith(name + "/") for other in wanted):
                        path.rmdir()
                elif name not in wanted or path.read_bytes() != wanted[name]:
                    path.unlink()
            for name, data in wanted.items():
                path = root / name
                if not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data)


def cases(hub):
    old = {"feedwright.yaml": CONFIG, **{f"content/p{n}.md": post(n, "Old text.") for n in (1, 2)}}
    new = {"content/p2.md": post(2, "New text."), "content/p3.md": post(3, "New.")}
    build = ["build", "--now", NOW, "--no-cache"]

    def fresh(place):
        write(place.root, old)

    def edited(place):
        write(place.root, old)
        assert place.run(build)[0] == 0
        write(place.root, new)

    def pruned(place):
        edited(place)
        (place.root / "content/p1.md").unlink()

    def unchanged(place):
        edited(place)
        assert place.run(build)[0] == 0
        # What was written a moment ago is not remembered.
        for path in [place.root, *place.root.rglob("*")]:
            os.utime(path, (1.7e9, 1.7e9))

    def versioned(place):
        write(place.root, {**old, "feedwright.yaml": CONFIG + "dates: {updated: git}\n"})
        git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.gov", "-c", "init.defaultBranch=main"]
        for command in (["init", "-q", "--template="], ["add", "."], ["commit", "-q", "-m", "all"]):
            subprocess.run([*git, *command], cwd=place.root, env={**place.env(), "GIT_CONFIG_GLOBAL": os.devnull}, check=True)

    def remembered(place):
        unchanged(place)
        assert place.run(["build", "--now", NOW])[0] == 0
        assert tree(place.cache), "nothing is remembered"

    def adopting(place):
        unchanged(place)
        (place.root / "feedwright.lock").unlink()

    def mendable(place):
        write(place.root, old)
        write(place.root, {f"content/q{n}.md": f"---\ntitle: Q {n}\ndate: 2024-02-0{n}\ntags: [x, X]\n---\nText.\n" for n in (1, 2)})

    def telling(place):
        write(place.root, {**old, "feedwright.yaml": CONFIG + f"feeds: {{hubs: ['{hub}']}}\n"})
        assert place.run(build)[0] == 0

    return [
        Case("first build", build, fresh),
        Case("build", build, edited),
        # Not reading, which pipes let nobody fail, and not removing: what cannot be removed stays.
        Case("build that asks Git", build, versioned, ["write", "mkdir", "rename", "fdatasync", "fsync", "close"]),
        Case("build --prune", [*build, "--prune", "--accept-resend"], pruned),
        Case("build that is to be remembered", ["build", "--now", NOW], unchanged, checks_cache=True),
        Case("build that is remembered", ["build", "--now", NOW], remembered, checks_cache=True),
        Case("plan", ["plan", "--now", NOW], edited),
        Case("adopt", ["adopt", "feeds/rss.xml"], adopting),
        Case("check --fix", ["check", "--fix", "--yes", "--now", NOW], mendable),
        Case("ping", ["ping", "--allow-private"], telling, FILES + NET),
    ]


def count(place, case):
    """How often one thread makes each call, at most."""
    log = place.temp / "calls"
    code, _, stderr = place.run(case.command, ["strace", "-f", "-o", log, "-e", "trace=" + ",".join("?" + name for name in case.calls)])
    assert code == 0, (case.name, code, stderr)
    counts = collections.Counter()
    for line in log.read_text(errors="replace").splitlines():
        found = re.match(r"(\d+) +(\w+)\(", line)
        if found:
            counts[found.groups()] += 1
    log.unlink()
    most = collections.Counter()
    for (_, call), number in counts.items():
        most[call] = max(most[call], number)
    return most


def spread(number, most):
    if most == 0 or number <= most:
        return list(range(1, number + 1))
    if most == 1:
        return [(number + 1) // 2]
    return sorted({1 + at * (number - 1) // (most - 1) for at in range(most)})


def faults(counts, most):
    for call, number in sorted(counts.items()):
        for error in ERRORS:
            if call not in SENSE[error]:
                continue
            for at in spread(number, most):
                yield call, f"error={error}", at
        if call in ENDING:
            for name in SIGNALS:
                for at in spread(number, most):
                    yield call, f"signal={name}", at


class Trial:
    def __init__(self, case, place, most):
        self.case = case
        place.reset({}, {})
        case.prepare(place)
        self.before, self.cache = tree(place.root), tree(place.cache)
        self.faults = list(faults(count(place, case), most))
        self.after = tree(place.root)
        place.reset(self.before, self.cache)
        self.calm = place.run(case.command)
        assert self.calm[0] == 0, self.calm
        assert tree(place.root) == self.after or case.name == "ping", "two runs, two results"

    def shot(self, place, call, fault, at):
        """What does not hold after one fault."""
        case = self.case
        place.reset(self.before, self.cache)
        code, stdout, stderr = place.run(
            case.command, ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={at}"])
        wrong = []
        left = tree(place.root)
        is_killed = fault == "signal=SIGKILL"
        said = stdout + stderr
        if "panicked" in said or "mistake of feedwright" in said or code in (101, 134, -6):
            wrong.append(f"panics ({code}): {stderr[-300:]}")
        if code not in (0, 1, 2, 3, 4, 127, -9, -15, -2, 101, 134, -6):
            wrong.append(f"ends with {code}: {stderr[-300:]}")
        # A post that may not be read is held like one that is wrong, and named.
        is_named = "file-unreadable" in said
        # 127: the program could not even be loaded.
        if fault.startswith("error") and code in (1, 3, 4) and not is_named:
            wrong.append(f"takes it for a mistake of content ({code}): {stderr[-300:]}")
        # Where standard error itself fails, there is nobody to tell.
        is_mute = call == "write"
        if code in (1, 2, 3, 4) and not is_mute and not stderr.strip():
            wrong.append(f"ends with {code} and without a word")
        if code == 2 and not is_mute and not re.search(r"content|feeds|feedwright|folder|standard|hub|cache|list \.|/", stderr):
            wrong.append(f"names no file: {stderr[-300:]}")
        is_gits = "fatal:" in stderr
        if "EINTR" in fault and code not in (0, 127) and not is_gits:
            wrong.append(f"takes an interruption for a failure ({code}): {stderr[-300:]}")
        if not is_killed and litter(left):
            wrong.append(f"leaves {litter(left)}")
        if not is_killed and tree(place.temp):
            wrong.append(f"leaves {list(tree(place.temp))} in the folder of temporary files")
        if not is_killed and litter(tree(place.cache)):
            wrong.append(f"leaves {litter(tree(place.cache))} in the cache")
        is_told = case.name == "ping"
        for name, data in left.items():
            if name in litter(left) or (is_told and name == "feedwright.lock"):
                continue
            if name == "feedwright.lock":
                # It is written before the feeds and after them.
                if not data.endswith(b"\n"):
                    wrong.append("tears the lock")
                continue
            if data not in (self.before.get(name), self.after.get(name)):
                wrong.append(f"{name} is neither old nor new")
        for name in sorted(self.before):
            if name not in left and name in self.after:
                wrong.append(f"{name} is gone")
        if code == 0 and not is_told and left != self.after and not case.checks_cache:
            differing = [name for name in {*left, *self.after} if left.get(name) != self.after.get(name)]
            wrong.append(f"says that all is well, and {differing} are not as they should be: {stderr[-300:]}")
        if code == 0 and not is_told and fault.startswith("error") and stdout != self.calm[1]:
            wrong.append(f"says that all is well, and says something else: {stdout[-300:]}{stderr[-300:]}")
        again = place.run(case.command)
        if again[0] != 0 and not (case.name == "adopt" and left == self.after):
            wrong.append(f"the next run ends with {again[0]}: {again[2][-300:]}")
        end = tree(place.root)
        if not is_told and end != self.after:
            differing = [name for name in {*end, *self.after} if end.get(name) != self.after.get(name)]
            wrong.append(f"after the next run {differing} are not as they should be")
        if litter(end) or litter(tree(place.cache)):
            wrong.append(f"the next run leaves {litter(end)}{litter(tree(place.cache))}")
        return wrong


class Hub(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        self.send_response(202)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--most", type=int, default=12)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--calls", nargs="*")
    arguments = parser.parse_args()
    if not shutil.which("strace"):
        print("faults.py: left out: there is no strace here. NO SYSTEM CALL WAS LET FAIL.", file=sys.stderr)
        return 0
    program = arguments.program.resolve()
    hub = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=hub.serve_forever, daemon=True).start()
    failures = collections.defaultdict(list)
    total = 0
    with tempfile.TemporaryDirectory(prefix="feedwright-faults-") as folder:
        places = [Place(program, pathlib.Path(folder).resolve() / f"w{number}") for number in range(WORKERS)]
        for case in cases(f"http://127.0.0.1:{hub.server_address[1]}/hub"):
            if arguments.only and case.name not in arguments.only:
                continue
            trials = [Trial(case, place, arguments.most) for place in places]
            todo = [fault for fault in trials[0].faults if not arguments.calls or fault[0] in arguments.calls]

            def work(number):
                found = []
                for call, fault, at in todo[number::WORKERS]:
                    try:
                        wrong = trials[number].shot(places[number], call, fault, at)
                    except subprocess.TimeoutExpired:
                        wrong = ["does not end"]
                    found += [(call, fault, at, what) for what in wrong]
                return found

            with ThreadPoolExecutor(WORKERS) as pool:
                found = [one for part in pool.map(work, range(WORKERS)) for one in part]
            print(f"{case.name}: {len(todo)} faults, {len(found)} failures", flush=True)
            total += len(todo)
            for call, fault, at, what in found:
                failures[case.name, call, fault, what].append(at)
    for (name, call, fault, what), at in sorted(failures.items()):
        print(f"{name}: {call} {fault} at {at}: {what}")
    print(f"faults.py: {total} faults, {sum(map(len, failures.values()))} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    sys.exit(main())
