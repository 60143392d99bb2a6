#!/usr/bin/env python3
"""Tries `feedwright ping` on a real WebSub hub, with a real subscriber, on this machine alone.

    websub.py FEEDWRIGHT

websub.sh makes the environment that this needs and calls it. Hub and subscriber are those of
Flask-WebSub, the hub's tasks run in a Celery worker, and the site is a plain file server. They are
threads of this process, so that nothing is left over when it ends.

feedwright writes no lock for a site on the loopback, which can only be a preview. So the site has a
public-looking name here, which this process alone resolves, to its own server; every other name is
refused. feedwright itself connects to the hub only, by its number.
"""

import collections
import contextlib
import faulthandler
import functools
import hashlib
import hmac
import http.server
import json
import logging
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import xml.etree.ElementTree as xml

import cachelib
import celery
import flask
import flask_websub.hub
import flask_websub.subscriber
import werkzeug.serving
from celery.contrib.testing.worker import start_worker
from celery.signals import before_task_publish, task_failure, task_postrun, task_retry

SITE_NAME = "www.example.gov"
SITE = f"http://{SITE_NAME}"
LOOPBACK = "127.0.0.1"
FORM = "application/x-www-form-urlencoded"

# One run of feedwright, the hub's work after it, and everything together, in seconds.
RUN_LIMIT = 60
WORK_LIMIT = 30
WHOLE_LIMIT = 420

ATOM = "{http://www.w3.org/2005/Atom}"


class Failed(Exception):
    """Something is not as it has to be."""


def demand(holds, otherwise):
    if not holds:
        raise Failed(otherwise)


# The site.


def resolve_only(port):
    """Lets this process find the site's name, on the loopback, and no other name at all."""
    ask_system = socket.getaddrinfo

    def getaddrinfo(host, service, *rest, **named):
        if isinstance(host, bytes):
            host = host.decode("ascii")
        if host == SITE_NAME:
            return ask_system(LOOPBACK, port, *rest, **named)
        if host == LOOPBACK:
            return ask_system(host, service, *rest, **named)
        raise socket.gaierror(f"{host} is not to be asked for here")

    socket.getaddrinfo = getaddrinfo


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {
        ".xml": "application/xml; charset=utf-8",
        ".json": "application/feed+json; charset=utf-8",
    }
    # Whether answers have the Link header. Flask-WebSub's hub passes a topic on only if it has
    # one; its subscriber prefers it to what the feed says, which would then go unread.
    links_to = None

    def end_headers(self):
        if SiteHandler.links_to:
            links = f'<{SITE}{self.path}>; rel="self", <{SiteHandler.links_to}>; rel="hub"'
            self.send_header("Link", links)
        super().end_headers()

    def log_message(self, format, *args):
        logging.info("site: " + format, *args)


def serve_site(folder):
    handler = functools.partial(SiteHandler, directory=folder)
    server = http.server.ThreadingHTTPServer((LOOPBACK, 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    resolve_only(server.server_port)


# The hub.


class Work:
    """Knows when the hub's worker has done everything that it was given."""

    def __init__(self):
        self.open = 0
        self.failures = []
        self.change = threading.Condition()
        # Weak references would be gone at once.
        before_task_publish.connect(self.given, weak=False)
        task_postrun.connect(self.done, weak=False)
        task_failure.connect(self.failed, weak=False)
        task_retry.connect(self.failed, weak=False)

    def given(self, **_):
        with self.change:
            self.open += 1

    def done(self, **_):
        with self.change:
            self.open -= 1
            self.change.notify_all()

    def failed(self, sender=None, exception=None, reason=None, **_):
        self.failures.append(f"{sender.name}: {exception or reason}")

    def finish(self):
        with self.change:
            finished = self.change.wait_for(lambda: self.open == 0, timeout=WORK_LIMIT)
        demand(finished, f"the hub's worker was not done within {WORK_LIMIT} seconds")
        failures, self.failures = self.failures, []
        demand(not failures, f"the hub's worker failed: {failures}")


def make_worker_app():
    app = celery.Celery("hub", broker="memory://", backend="cache+memory://")
    # The memory is asked for news once a second otherwise.
    app.conf.broker_transport_options = {"polling_interval": 0.01}
    app.conf.worker_hijack_root_logger = False
    return app


class Server:
    """A Flask application on a port of its own, which it keeps when it is stopped and started."""

    def __init__(self, app):
        self.app = app
        self.port = 0
        self.start()

    def start(self):
        self.server = werkzeug.serving.make_server(LOOPBACK, self.port, self.app, threaded=True)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(WORK_LIMIT)


class Hub:
    def __init__(self, folder, worker_app):
        storage = flask_websub.hub.SQLite3HubStorage(str(folder / "hub.sqlite3"))
        # What fails once fails the check: a retry would only make that take longer.
        hub = flask_websub.hub.Hub(storage, worker_app, MAX_ATTEMPTS=1, BACKOFF_BASE=0.1)
        self.storage = storage
        self.requests = []
        self.refused = None
        self.app = flask.Flask("hub")
        self.app.config["PUBLISH_SUPPORTED"] = True
        self.app.register_blueprint(hub.build_blueprint(url_prefix="/hub"))
        self.app.before_request(self.refuse)
        self.app.after_request(self.note)
        self.server = Server(self.app)
        self.url = f"http://{LOOPBACK}:{self.server.port}/hub"

    def refuse(self):
        if self.refused and flask.request.form.get("hub.topic") == self.refused:
            return "Come again.\n", 503
        return None

    def note(self, response):
        request = flask.request
        form = request.form.to_dict(flat=False)
        self.requests.append((response.status_code, request.method, request.content_type, form))
        return response

    def take_requests(self):
        requests, self.requests = self.requests, []
        return requests

    @contextlib.contextmanager
    def replaced(self, by):
        """Has something else at the hub's address. The port stays taken from first to last, but
        for the moments in which it changes hands."""
        self.server.stop()
        try:
            with socket.socket() as stand_in:
                stand_in.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                stand_in.bind((LOOPBACK, self.server.port))
                with by(stand_in):
                    yield
        finally:
            self.server.start()


@contextlib.contextmanager
def gone(_):
    """Nobody listens, so that connections are refused."""
    yield


@contextlib.contextmanager
def silent(stand_in):
    """Connections are made, and nothing is ever said."""
    stand_in.listen(64)
    yield


@contextlib.contextmanager
def dripping(stand_in):
    """An answer that is begun and never ends, of which there is always a little more: a limit for
    each read alone would never be reached."""
    stand_in.listen(64)
    stand_in.settimeout(0.1)
    over = threading.Event()

    def drip():
        callers = []
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                caller, _ = stand_in.accept()
                caller.settimeout(1)
                callers.append(caller)
                with contextlib.suppress(OSError):
                    caller.sendall(b"HTTP/1.1 202 Accepted\r\nX-Drip: ")
            for caller in callers:
                with contextlib.suppress(OSError):
                    caller.sendall(b"x")
        for caller in callers:
            caller.close()

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(WORK_LIMIT)


# The subscriber.


class Subscriber:
    def __init__(self, folder):
        # It gives secrets to https hubs only. On the loopback nobody listens in.
        flask_websub.subscriber.is_secure = lambda url: True
        storage = flask_websub.subscriber.SQLite3SubscriberStorage(str(folder / "subs.sqlite3"))
        temporary = flask_websub.subscriber.WerkzeugCacheTempSubscriberStorage(
            cachelib.SimpleCache()
        )
        self.subscriber = flask_websub.subscriber.Subscriber(storage, temporary)
        self.secrets = {}
        self.confirmed = []
        self.denied = []
        self.received = []
        self.posted = []
        self.subscriber.add_success_handler(lambda *of: self.confirmed.append(of))
        self.subscriber.add_error_handler(lambda *of: self.denied.append(of))
        self.subscriber.add_listener(lambda *of: self.received.append(of))
        self.app = flask.Flask("subscriber")
        self.app.register_blueprint(self.subscriber.build_blueprint(url_prefix="/callbacks"))
        self.app.before_request(self.note)
        self.server = Server(self.app)

    def note(self):
        if flask.request.method == "POST":
            callback = flask.request.path.rsplit("/", 1)[1]
            signature = flask.request.headers.get("X-Hub-Signature", "")
            self.posted.append((callback, signature, flask.request.get_data()))

    def subscribe(self, topic, hub):
        secret = f"the secret of {topic}"
        with self.app.test_request_context(base_url=f"http://{LOOPBACK}:{self.server.port}"):
            callback = self.subscriber.subscribe(topic_url=topic, hub_url=hub, secret=secret)
        self.secrets[callback] = secret

    def take_received(self):
        """What came since the last time, as topics and bytes. The subscriber takes only what is
        signed; that it does, and that nothing else came, is looked at here once more."""
        for callback, signature, body in self.posted:
            algorithm, _, digest = signature.partition("=")
            demand(digest, f"content came without a signature: {signature!r}")
            key = self.secrets[callback].encode()
            right = hmac.new(key, body, getattr(hashlib, algorithm)).hexdigest()
            demand(hmac.compare_digest(digest, right), f"a signature is wrong: {signature}")
        demand(
            len(self.posted) == len(self.received),
            f"{len(self.posted)} contents came, and {len(self.received)} of them were taken",
        )
        received = collections.Counter((topic, body) for topic, _, body in self.received)
        self.posted, self.received = [], []
        return received


# feedwright.


class Site:
    """A site's folder, and feedwright at work in it."""

    def __init__(self, program, folder, cache):
        self.program = program
        self.folder = folder
        self.words = 0
        # Whoever has a proxy has it for other hosts than these.
        self.environment = {
            name: value for name, value in os.environ.items() if "proxy" not in name.lower()
        }
        self.environment["FEEDWRIGHT_CACHE_DIR"] = str(cache)

    def configure(self, hub):
        (self.folder / "content").mkdir()
        (self.folder / "feedwright.yaml").write_text(
            f'site: {{title: Example Agency, url: "{SITE}"}}\n'
            "content: {folders: [content]}\n"
            f'feeds: {{hubs: ["{hub}"]}}\n'
        )
        self.write_post("still", 1, "This never changes.")
        self.edit()

    def write_post(self, name, day, text):
        (self.folder / "content" / f"{name}.md").write_text(
            f"---\ntitle: The {name} post\ndate: 2024-01-0{day}\ntags: [{name}]\n---\n{text}\n"
        )

    def edit(self):
        self.words += 1
        self.write_post("changing", 2, f"Version {self.words}, naïve as it is.")

    def feeds(self):
        """All feed files, by their addresses."""
        paths = (path for path in (self.folder / "feeds").rglob("*") if path.is_file())
        return {
            f"{SITE}/{path.relative_to(self.folder).as_posix()}": path.read_bytes()
            for path in paths
        }

    def lock(self):
        return (self.folder / "feedwright.lock").read_bytes()

    def run(self, command, *options):
        began = time.monotonic()
        try:
            done = subprocess.run(
                [self.program, command, str(self.folder), *options],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=RUN_LIMIT,
            )
        except subprocess.TimeoutExpired as error:
            raise Failed(f"{command} was still running after {RUN_LIMIT} seconds") from error
        done.seconds = time.monotonic() - began
        logging.info(
            "%s %s: %s\n%s%s", command, options, done.returncode, done.stdout, done.stderr
        )
        return done

    def build(self):
        done = self.run("build")
        demand(done.returncode == 0, f"build ended with {done.returncode}: {done.stderr}")

    def edit_and_build(self):
        """Changes a post, and gives the feed files that changed with it."""
        before = self.feeds()
        self.edit()
        self.build()
        changed = {url: body for url, body in self.feeds().items() if before.get(url) != body}
        demand(changed, "no feed changed with its post")
        demand(len(changed) < len(before), "every feed changed with one post")
        return changed


# The steps.


def hub_and_self(url, body):
    """What a feed of any of the formats says of its hubs and its own address."""
    if url.endswith(".json"):
        feed = json.loads(body)
        hubs = [hub.get("url") for hub in feed.get("hubs", []) if hub.get("type") == "WebSub"]
        return hubs, feed.get("feed_url")
    root = xml.fromstring(body)
    head = root if root.tag == f"{ATOM}feed" else root.find("channel")
    links = [(link.get("rel"), link.get("href")) for link in head.findall(f"{ATOM}link")]
    hubs = [href for rel, href in links if rel == "hub"]
    return hubs, dict(links).get("self")


class Trial:
    def __init__(self, program, folder, work, worker_app):
        self.work = work
        self.hub = Hub(folder, worker_app)
        self.subscriber = Subscriber(folder)
        site = folder / "site"
        site.mkdir()
        self.site = Site(program, site, folder / "cache")
        self.site.configure(self.hub.url)
        serve_site(site)
        # One of these feeds stays as it is throughout.
        self.subscribed = [f"{SITE}/feeds/{name}" for name in ("atom.xml", "rss.xml")]
        self.subscribed.append(f"{SITE}/feeds/tags/still/atom.xml")

    def ping(self, *options):
        return self.site.run("ping", "--allow-private", *options)

    def told(self, allowed=(202,)):
        """The topics that the hub was told of since the last time, and how it answered."""
        told = []
        for status, method, content_type, form in self.hub.take_requests():
            topic = form.get("hub.topic", [""])[0]
            right = {"hub.mode": ["publish"], "hub.url": [topic], "hub.topic": [topic]}
            demand(method == "POST", f"the hub was asked by {method}")
            demand(form == right, f"the hub was sent {form}")
            kind = (content_type or "").partition(";")[0].strip().lower()
            demand(kind == FORM, f"the hub was sent {content_type}")
            demand(status in allowed, f"the hub answered {status} for {topic}")
            told.append((topic, status))
        return sorted(told)

    def expect_told(self, feeds):
        """Exactly these feeds were told of, once each, and the subscriber has what it wanted."""
        right = sorted((url, 202) for url in feeds)
        told = self.told()
        demand(told == right, f"the hub was told of {told}, not of {right}")
        self.expect_received(feeds)

    def expect_received(self, feeds):
        self.work.finish()
        right = {(url, feeds[url]): 1 for url in self.subscribed if url in feeds}
        received = self.subscriber.take_received()
        names = sorted(url for url, _ in received.elements())
        demand(
            received == right,
            f"the subscriber received {names}, which is not just the new bytes of {list(feeds)}",
        )

    def expect_nothing(self):
        told = self.hub.take_requests()
        demand(not told, f"the hub was sent {told}")
        self.expect_received({})

    def ping_well(self, *options):
        done = self.ping(*options)
        demand(done.returncode == 0, f"ping ended with {done.returncode}: {done.stderr}")
        return done

    def ping_badly(self):
        done = self.ping()
        demand(done.returncode != 0, "ping ended with 0")
        demand(self.hub.url in done.stderr, f"the hub is not named in: {done.stderr}")
        return done

    def feeds_name_the_hub(self):
        self.site.build()
        feeds = self.site.feeds()
        for url, body in feeds.items():
            says = hub_and_self(url, body)
            demand(says == ([self.hub.url], url), f"{url} says of hub and itself: {says}")
        return f"{len(feeds)} feed files name the hub and themselves"

    def subscribe(self):
        for url in self.subscribed:
            found = flask_websub.subscriber.discover(url, WORK_LIMIT)
            right = {"topic_url": url, "hub_url": self.hub.url}
            demand(found == right, f"a subscriber of {url} finds {found}")
            self.subscriber.subscribe(url, self.hub.url)
        self.work.finish()
        demand(not self.subscriber.denied, f"the hub denied {self.subscriber.denied}")
        confirmed = sorted((topic, mode) for topic, _, mode in self.subscriber.confirmed)
        right = sorted((url, "subscribe") for url in self.subscribed)
        demand(confirmed == right, f"the hub verified {confirmed}")
        for url in self.subscribed:
            demand(len(list(self.hub.storage.get_callbacks(url))) == 1, f"{url} is not subscribed")
        self.hub.take_requests()
        # From here on the hub has to be able to pass topics on.
        SiteHandler.links_to = self.hub.url
        return f"{len(right)} feeds led to the hub, which verified the intent to subscribe to them"

    def expect_dry(self, feeds):
        lock = self.site.lock()
        done = self.ping_well("--dry-run")
        named = {url for url in self.site.feeds() if url in done.stdout}
        demand(named == set(feeds), f"it would tell of {sorted(named)}, not of {sorted(feeds)}")
        demand(self.site.lock() == lock, "the lock changed")
        self.expect_nothing()

    def dry_at_first(self):
        self.expect_dry(self.site.feeds())
        return "a dry run names all feeds, and tells nothing"

    def private_is_refused(self):
        lock = self.site.lock()
        done = self.site.run("ping")
        demand(done.returncode != 0, "ping ended with 0")
        demand(self.hub.url in done.stderr, f"the hub is not named in: {done.stderr}")
        demand("--allow-private" in done.stderr, f"the remedy is not named in: {done.stderr}")
        demand(self.site.lock() == lock, "the lock changed")
        self.expect_nothing()
        return "without --allow-private a hub on the loopback is refused, with a message"

    def first(self):
        self.ping_well()
        feeds = self.site.feeds()
        self.expect_told(feeds)
        return f"the first ping tells of all {len(feeds)} feeds; what is subscribed to comes signed"

    def again(self):
        self.ping_well()
        self.expect_nothing()
        # What a build writes has to keep what was told.
        self.site.build()
        self.ping_well()
        self.expect_nothing()
        self.expect_dry({})
        return "another ping tells nothing, nor does one after another build"

    def edited(self):
        feeds = self.site.edit_and_build()
        self.expect_dry(feeds)
        self.ping_well()
        self.expect_told(feeds)
        self.ping_well()
        self.expect_nothing()
        return f"of an edited post's {len(feeds)} feeds it tells once; their new bytes come signed"

    def hub_is_down(self):
        self.down = self.site.edit_and_build()
        seconds = []
        for how in (gone, silent, dripping):
            with self.hub.replaced(how):
                try:
                    seconds.append(f"{how.__name__} {self.ping_badly().seconds:.1f}")
                except Failed as error:
                    raise Failed(f"{how.__name__}: {error}") from error
        self.expect_nothing()
        return f"a hub that is down ends it with an error, after seconds: {', '.join(seconds)}"

    def hub_takes_no_publishing(self):
        self.hub.app.config["PUBLISH_SUPPORTED"] = False
        self.ping_badly()
        self.hub.app.config["PUBLISH_SUPPORTED"] = True
        # Whether the rest is tried after the first refusal is feedwright's own matter.
        told = self.told(allowed=(400,))
        demand(told, "the hub was not asked")
        demand({url for url, _ in told} <= set(self.down), f"the hub was told of {told}")
        self.expect_received({})
        return "so does a hub that refuses to be told"

    def hub_is_back(self):
        self.ping_well()
        self.expect_told(self.down)
        return f"once the hub is back, it is told of the {len(self.down)} feeds that it missed"

    def hub_refuses_one(self):
        feeds = self.site.edit_and_build()
        self.hub.refused = self.subscribed[1]
        self.ping_badly()
        self.hub.refused = None
        first = [url for url, status in self.told(allowed=(202, 503)) if status == 202]
        demand(self.subscribed[1] not in first, "the refused topic was taken")
        self.expect_received({url: feeds.get(url) for url in first})
        self.ping_well()
        self.expect_told({url: body for url, body in feeds.items() if url not in first})
        return f"what a hub refuses is told again, and the {len(first)} that it took are not"

    def steps(self):
        return [
            self.feeds_name_the_hub,
            self.subscribe,
            self.dry_at_first,
            self.private_is_refused,
            self.first,
            self.again,
            self.edited,
            self.hub_is_down,
            self.hub_takes_no_publishing,
            self.hub_is_back,
            self.hub_refuses_one,
            self.again,
        ]


def go_through(trial):
    for step in trial.steps():
        name = step.__name__.replace("_", " ")
        try:
            print(f"ok: {step()}", flush=True)
        except Failed as error:
            print(f"failed: {name}: {error}", flush=True)
            return False
        except Exception:
            print(f"failed: {name}: {traceback.format_exc()}", flush=True)
            return False
    return True


def main():
    program = os.path.realpath(sys.argv[1])
    # Whatever hangs, this says where, and ends it. An end asked for from outside is an ordinary
    # one, so that the temporary folder goes.
    faulthandler.dump_traceback_later(WHOLE_LIMIT, exit=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for name in [name for name in os.environ if "proxy" in name.lower()]:
        del os.environ[name]
    with tempfile.TemporaryDirectory(prefix="feedwright-websub-") as folder:
        folder = pathlib.Path(folder).resolve()
        log = folder / "log"
        logging.basicConfig(filename=log, level=logging.INFO, encoding="utf-8")
        work = Work()
        worker_app = make_worker_app()
        # The tasks have to be known before the worker starts.
        trial = Trial(program, folder, work, worker_app)
        with start_worker(worker_app, perform_ping_check=False):
            well = go_through(trial)
        if not well:
            print("".join(log.read_text("utf-8").splitlines(True)[-60:]), file=sys.stderr)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
