// What `browser.sh` runs: see there.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { vectors } from "./vectors.mjs";

const feedwright = process.argv[2];
const output = process.argv[3];
const here = path.dirname(fileURLToPath(import.meta.url));
const MINUTES = 5;
// Of the vectors as they are, how many have to be seen at work, and how many to be found by
// looking; less than that means that these eyes are blind.
const FIRING = 0.3;
const FOUND = 0.85;
const SHOWN = 20;
// How many entries a preview has at most.
const PREVIEWED = 200;
// Which of the vectors are also loaded unsanitized: one of so many.
const EACH = 2;
const EACH_SPELLING = 8;

const browsers = [
  process.env.CHROMIUM && { name: "Chromium", program: process.env.CHROMIUM, start: chromium },
  process.env.FIREFOX && { name: "Firefox", program: process.env.FIREFOX, start: firefox },
].filter(Boolean);

const all = vectors();
// To see whether these eyes see, some of them are enough, and fewer of the many spellings.
const unsanitized = all
  .filter(({ html }) => html !== undefined)
  .filter(({ kind }, at) => at % (kind.startsWith("scheme") ? EACH_SPELLING : EACH) === 0);
const folder = mkdtempSync(path.join(tmpdir(), "feedwright-browser-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

// The sites.

const EVIL_HTML = "<img src=x onerror=hook(0)>";
const FEEDS = `feeds: {limit: 100000, page: true, opml: true, style: true, taxonomies: [tags]}\nguard: {max_changed: 100000}\n`;
const TITLE = JSON.stringify(`Site ${EVIL_HTML}`);
const SITES = {
  plain: {
    files: { "feedwright.yaml": `site: {title: ${TITLE}, description: ${TITLE}, url: "http://site.test"}\ncontent: {folders: [content]}\n${FEEDS}` },
    post: (name) => `content/${name}.md`,
    output: ".",
  },
  jekyll: {
    files: {
      "_config.yml": `title: ${TITLE}\ndescription: ${TITLE}\nurl: "http://site.test"\n`,
      "feedwright.yaml": FEEDS,
      "_includes/evil.html": `<img src=x onerror=hook(0)><a href="{{ include.url }}">x</a>`,
      "_includes/part.html": `<a href="{{ include.url }}" title="{{ include.text }}">{{ include.text }}</a>`,
    },
    post: (name) => `_posts/2024-01-02-${name}.md`,
    output: ".",
  },
  hugo: {
    files: { "hugo.toml": `title = ${TITLE}\nbaseURL = "http://site.test"\n[markup.goldmark.renderer]\nunsafe = true\n`, "feedwright.yaml": FEEDS },
    post: (name) => `content/posts/${name}.md`,
    output: "static",
  },
  docusaurus: {
    files: {
      "docusaurus.config.js": `module.exports = {title: ${TITLE}, url: "http://site.test", baseUrl: "/", presets: [["classic", {blog: {}}]]};\n`,
      "feedwright.yaml": FEEDS,
    },
    post: (name) => `blog/2024-01-02-${name}.mdx`,
    output: "static",
  },
};

function write(root, name, text) {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function build(site) {
  const root = path.join(folder, site);
  const { files, post } = SITES[site];
  for (const [name, text] of Object.entries(files)) write(root, name, text);
  for (const { number, markdown, words, dialect } of all) {
    if (dialect !== site) continue;
    const said = words ?? `v${number}`;
    const front = {
      title: said,
      date: "2024-01-02",
      evil: `javascript:hook(${number})`,
      evil_html: `<img src=x onerror=hook(${number})>`,
      slug: site === "docusaurus" ? `v${number}` : undefined,
    };
    if (words) Object.assign(front, { description: words, summary: words, excerpt: words, author: words, authors: words, tags: [words, `t${number}`] });
    // A text of JSON is one of YAML.
    const lines = Object.entries(front).filter(([, value]) => value !== undefined);
    const head = lines.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join("\n");
    write(root, post(`v${number}`), `---\n${head}\n---\n${markdown}\n`);
  }
  try {
    execFileSync(feedwright, ["build", "--keep-going", "-q", "--now", "2025-01-01T00:00:00Z", "--message-format", "json"], {
      cwd: root,
      env: { ...process.env, FEEDWRIGHT_CACHE_DIR: path.join(folder, "cache") },
      stdio: ["ignore", "ignore", "pipe"],
      maxBuffer: 1 << 28,
    });
    return [];
  } catch (error) {
    const lines = String(error.stderr).split("\n").filter((line) => line.startsWith("{"));
    const refused = lines.map((line) => JSON.parse(line)).filter(({ severity }) => severity === "error");
    // 4: done under `--keep-going`, with refusals.
    if (error.status !== 4) throw new Error(`building ${site}: exit code ${error.status}: ${error.stderr}`);
    return refused;
  }
}

// The preview of a plan, when the published feed is full of attacks. Returns its address.
function preview(site) {
  const root = path.join(folder, site);
  const published = readFileSync(path.join(root, SITES[site].output, "feeds/rss.xml"), "utf8");
  const html = (at) => unsanitized[Math.floor((at * unsanitized.length) / PREVIEWED) % unsanitized.length].html;
  let at = 0;
  const attacked = published.replace(/<content:encoded>[^]*?<\/content:encoded>/g, () => {
    // What XML cannot have ends the feed for every reader.
    const text = html(at++).replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, "").replaceAll("]]>", "]]]]><![CDATA[>");
    return `<content:encoded><![CDATA[${text}]]></content:encoded>`;
  });
  write(root, "live/feeds/rss.xml", attacked);
  const file = path.join(root, SITES[site].output, "feeds/preview.html");
  const options = ["--keep-going", "-q", "--now", "2025-01-01T00:00:00Z", "--published", "live", "--accept-resend", "--preview", file];
  const { status, stderr } = spawnSync(feedwright, ["plan", ...options], { cwd: root, stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
  // 4: done under `--keep-going`, with refusals.
  if (status !== 0 && status !== 4) throw new Error(`plan of ${site}: exit code ${status}: ${stderr}`);
  const page = readFileSync(file, "utf8");
  const frames = page.split("<iframe").length - 1;
  if (frames < PREVIEWED) throw new Error(`the preview of ${site} has ${frames} frames only`);
  // All frames are loaded, also those that nobody comes to.
  writeFileSync(file, page.replaceAll(' loading="lazy"', ""));
  return `/files/${site}/feeds/preview.html`;
}

// The servers: the reader's own pages, the site, and the attacker, all of them behind one proxy, so
// that no name has to exist and nothing gets out of this machine.

const HOOKS = `<!doctype html><meta charset="utf-8"><script>
window.hook = (number) => top.fired(number);
window.alert = window.confirm = window.prompt = () => top.fired("alert");
window.open = () => top.fired("open");
addEventListener("click", (event) => {
  const link = event.target.closest?.("a, area");
  if (/^(https?|mailto|tel|sms|geo|ftp|news|ircs?|sips?|xmpp|webcal):/.test(link?.protocol)) event.preventDefault();
}, true);
</script><body>`;
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=", "base64");
const TYPES = { ".json": "application/json", ".html": "text/html; charset=utf-8", ".css": "text/css", ".opml": "text/xml", ".xml": "text/xml" };
// What readers show may be asked for.
const MEDIA = new Set(["image", "video", "audio", "track"]);
// What only styles ask for here, as images or not.
const BY_STYLE = /^\/(css|font|style)/;

function evil(url) {
  const number = /\d+/.exec(url.search)?.[0] ?? "0";
  const tell = `top.postMessage({ fired: ${number} }, "*")`;
  switch (url.pathname) {
    case "/run.js":
      return ["text/javascript", `hook(${number})`];
    case "/style.css":
      return ["text/css", `* { background: url(http://evil.localhost/css?${number}) }`];
    case "/frame":
      return ["text/html", `<script>${tell}</script>`];
    case "/svg":
      return ["image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" id="x"><script>${tell}</script></svg>`];
    default:
      return ["image/png", PIXEL];
  }
}

async function look(browser) {
  const state = { cases: {}, asked: { clean: [], raw: [] }, phase: "clean", stages: [] };
  let finish;
  const finished = new Promise((done) => (finish = done));
  const body = async (request) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    return JSON.parse(Buffer.concat(parts).toString() || "null");
  };
  const reader = async (request, url) => {
    if (request.method === "POST") {
      const data = await body(request);
      if (url.pathname.startsWith("/cases/")) state.cases[url.pathname.slice(7)] = data;
      if (url.pathname === "/stage") state.stages.push(data);
      if (url.pathname === "/phase") state.phase = data;
      if (url.pathname === "/done") finish({ ...data, asked: state.asked });
      if (url.pathname === "/failed") finish({ failed: data });
      return ["application/json", "null"];
    }
    const [, first, second, third] = url.pathname.split("/");
    if (url.pathname === "/run") return ["text/html; charset=utf-8", `<!doctype html><meta charset="utf-8"><title>x</title><body><script>${readFileSync(path.join(here, "browser-page.js"), "utf8")}</script>`];
    if (url.pathname === "/work") {
      const raw = unsanitized.map(({ number, html }) => ({ number, html }));
      return ["application/json", JSON.stringify({ sites: Object.keys(SITES), raw, pages })];
    }
    if (url.pathname === "/blank") return ["text/html; charset=utf-8", HOOKS];
    if (first === "doc") return ["text/html; charset=utf-8", HOOKS + state.cases[second][Number(third)].map((html) => `<div class="root">${html}</div>`).join("")];
    if (first === "files") {
      const file = path.join(folder, second, SITES[second].output, ...url.pathname.split("/").slice(3).map(decodeURIComponent));
      return [TYPES[path.extname(file)] ?? "text/plain", readFileSync(file)];
    }
    return null;
  };
  const server = createServer(async (request, response) => {
    try {
      const url = new URL(request.url, `http://${request.headers.host}`);
      const kind = request.headers["sec-fetch-dest"];
      let answer = null;
      if (url.hostname === "reader.localhost") answer = await reader(request, url);
      if (url.hostname === "site.test") {
        // Browsers do not say there what it is for; nothing but media is asked for without a click.
        state.asked[state.phase].push({ host: "site", path: url.pathname + url.search, kind: kind ?? request.headers.accept });
        answer = ["image/png", PIXEL];
      }
      if (url.hostname === "evil.localhost") {
        if (!MEDIA.has(kind) || BY_STYLE.test(url.pathname)) {
          state.asked[state.phase].push({ host: "evil", path: url.pathname + url.search, kind, number: /\d+/.exec(url.search)?.[0] });
        }
        answer = evil(url);
      }
      if (answer === null) return response.writeHead(404).end();
      response.writeHead(200, { "content-type": answer[0], "cache-control": "no-store", "access-control-allow-origin": "*" });
      return response.end(answer[1]);
    } catch (error) {
      return response.writeHead(500).end(String(error));
    }
  });
  // A browser's own errands end here.
  server.on("connect", (request, socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
  server.on("clientError", (error, socket) => socket.destroy());
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const profile = mkdtempSync(path.join(folder, "profile-"));
  const { port } = server.address();
  const child = spawn(browser.program, browser.start(profile, port, "http://reader.localhost/run"), {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" },
    // All of its processes are ended together.
    detached: true,
  });
  let said = "";
  child.stderr.on("data", (data) => (said = (said + data).slice(-2000)));
  child.on("error", (error) => finish({ failed: String(error) }));
  child.on("exit", (code) => finish({ failed: `it ended with ${code}: ${said}` }));
  const limit = setTimeout(() => finish({ failed: `not done after ${MINUTES} minutes; it came to ${state.stages}` }), MINUTES * 60_000);
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {}
  };
  // Before the folder that it writes to goes.
  process.prependListener("exit", kill);
  const result = await finished;
  clearTimeout(limit);
  kill();
  server.close();
  server.closeAllConnections();
  return result;
}

function chromium(profile, port, address) {
  return [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    `--user-data-dir=${profile}`,
    `--proxy-server=http://127.0.0.1:${port}`,
    // Also what looks like this machine.
    "--proxy-bypass-list=<-loopback>",
    address,
  ];
}

function firefox(profile, port, address) {
  const settings = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": port,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": port,
    "network.proxy.allow_hijacking_localhost": true,
    "network.proxy.no_proxies_on": "",
    "app.update.enabled": false,
    "browser.shell.checkDefaultBrowser": false,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.safebrowsing.malware.enabled": false,
    "browser.safebrowsing.phishing.enabled": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "datareporting.healthreport.uploadEnabled": false,
    "toolkit.telemetry.enabled": false,
    "dom.min_background_timeout_value": 4,
    "dom.disable_open_during_load": true,
  };
  const lines = Object.entries(settings).map(([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});\n`);
  writeFileSync(path.join(profile, "user.js"), lines.join(""));
  return ["--headless", "--no-remote", "--profile", profile, address];
}

// What was seen, told.

const pages = [];
const failures = [];
const vector = (number) => all[Number(number) - 1];

function told(browser, number, what, html) {
  const { kind, dialect, markdown, words } = vector(number) ?? { kind: "?", markdown: "" };
  failures.push(
    `${browser}: ${what}\n    vector ${number} (${kind}; ${dialect}): ${JSON.stringify(words ?? markdown)}` +
      (html === undefined ? "" : `\n    as shown: ${JSON.stringify(html.slice(0, 600))}`),
  );
}

function judge(name, seen) {
  if (seen.failed) {
    failures.push(`${name}: ${seen.failed}`);
    return;
  }
  for (const { number, what } of seen.differing) told(name, number, what);
  for (const { number, field, html, assigned, navigated } of seen.clean) {
    for (const what of new Set([...assigned, ...navigated])) told(name, number, `${field}: ${what}`, html);
  }
  for (const number of seen.firedClean) told(name, number, "script ran");
  for (const { host, path: asked, kind, number } of seen.asked.clean) {
    if (host === "evil") told(name, number, `asks for ${asked} (${kind})`);
  }
  const dirty = seen.dirty.length;
  const fired = new Set(seen.firedDirty);
  for (const { host, number } of seen.asked.raw) if (host === "evil" && number) fired.add(number);
  for (const one of seen.dirty) {
    if (one.navigated.includes("the page is left")) fired.add(String(one.number));
  }
  const found = seen.dirty.filter(({ assigned, navigated }) => assigned.length + navigated.length > 0).length;
  const kinds = new Map();
  for (const { number } of seen.dirty) {
    const kind = vector(number).kind.split(/[:,]/)[0];
    const [works, of] = kinds.get(kind) ?? [0, 0];
    kinds.set(kind, [works + Number(fired.has(String(number))), of + 1]);
  }
  console.log(
    `${name}: ${seen.count} entries, ${seen.texts} texts that are shown as HTML, ${seen.clean.length} of them different, ` +
      `each looked at in an element and as a page`,
  );
  console.log(
    `${name}: unsanitized, ${fired.size} of ${dirty} vectors are seen at work and ${found} are found by looking ` +
      `(${[...kinds].map(([kind, [works, of]]) => `${kind} ${works}/${of}`).join(", ")})`,
  );
  console.log(
    `${name}: ${seen.taken.active.length} of ${seen.taken.looked} texts that the formats call plain would be markup where a reader takes them for HTML`,
  );
  console.log(`${name}: milliseconds until ${JSON.stringify(seen.times)}`);
  if (fired.size < dirty * FIRING) failures.push(`${name}: only ${fired.size} of ${dirty} vectors are seen at work unsanitized`);
  if (found < dirty * FOUND) failures.push(`${name}: only ${found} of ${dirty} vectors are found unsanitized`);
  for (const [kind, [works]] of kinds) {
    if (works === 0 && kind !== "names") failures.push(`${name}: no vector of the kind ${kind} is seen at work unsanitized`);
  }
}

const started = performance.now();
const refused = Object.keys(SITES).flatMap(build);
const reasons = new Map();
for (const { code } of refused) reasons.set(code, (reasons.get(code) ?? 0) + 1);
console.log(
  `${all.length} vectors, ${unsanitized.length} of them also unsanitized; ${refused.length} posts refused ` +
    `(${[...reasons].map(([code, count]) => `${code} ${count}`).join(", ")}); ${Math.round(performance.now() - started)} ms`,
);
for (const [site, { output }] of Object.entries(SITES)) {
  for (const name of ["index.html", "feeds.opml"]) {
    if (!existsSync(path.join(folder, site, output, "feeds", name))) throw new Error(`${site} has no ${name}`);
    pages.push(`/files/${site}/feeds/${name}`);
  }
}
pages.push(preview("plain"));

const results = await Promise.all(browsers.map(async (browser) => [browser.name, await look(browser)]));
for (const [name, seen] of results) {
  judge(name, seen);
  writeFileSync(path.join(output, `${name}.json`), JSON.stringify(seen, null, 1));
}
for (const failure of failures.slice(0, SHOWN)) console.error(failure);
if (failures.length > SHOWN) console.error(`and ${failures.length - SHOWN} more, in ${output}`);
writeFileSync(path.join(output, "failures.txt"), failures.map((failure) => `${failure}\n`).join(""));
console.log(`browser.sh: ${failures.length} failures; ${Math.round((performance.now() - started) / 1000)} s`);
process.exit(failures.length === 0 ? 0 : 1);
