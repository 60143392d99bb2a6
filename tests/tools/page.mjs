// What `page.sh` runs: see there.

import { readFileSync } from "node:fs";
import { readFile, realpath, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

const [site, output] = [await realpath(process.argv[2]), process.argv[3]];
// How many pixels the page may be high on a phone, before anything is unfolded.
const most = Number(process.argv[4] ?? Infinity);
const require = createRequire(process.env.TOOLS);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const MINUTES = 10;
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const SCHEMES = ["light", "dark"];
const PAGE = "/feeds/index.html";
const FEEDS = ["/feeds/atom.xml", "/feeds/rss.xml"];
// WCAG 2.2, success criterion 1.4.10: a window this wide shows everything without scrolling aside.
const NARROWEST = 320;

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/feed+json",
  ".opml": "text/x-opml",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  // What most servers say of a file with this name.
  ".xml": "application/xml",
};

const failures = [];
function fail(where, what) {
  failures.push(`${where}: ${what}`);
}

// A browser that hangs must not hold up whoever waits for this.
const watchdog = setTimeout(() => {
  console.error(`page.sh: not done after ${MINUTES} minutes`);
  process.exit(1);
}, MINUTES * 60_000);

const server = createServer(async (request, response) => {
  try {
    const name = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = await realpath(path.join(site, name));
    if (!file.startsWith(site + path.sep)) throw new Error("outside of the site");
    const bytes = await readFile(file);
    const type = TYPES[path.extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const origin = `http://127.0.0.1:${server.address().port}`;

// Chromium's own errands are not the page's, and would only fail where there is no network.
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

// Opens an address in a browser of its own, and watches what comes of it.
async function open(address, where, options, look) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(`${origin}/`)) return route.continue();
    fail(where, `asks for ${url}`);
    return route.abort();
  });
  page.on("response", (response) => {
    if (!response.ok()) fail(where, `${response.status()} for ${response.url()}`);
  });
  page.on("console", (message) => {
    fail(where, `the console says: ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => fail(where, `an error in the page: ${error.message}`));
  page.on("websocket", (socket) => fail(where, `opens a socket to ${socket.url()}`));
  await page.goto(origin + address, { waitUntil: "load" });
  await look(page);
  await context.close();
}

async function fits(page, where) {
  const [wide, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  if (wide > window) fail(where, `is ${wide} wide in a window of ${window}`);
}

// Every rule that axe-core has, also those it leaves out by default, over everything that can be
// unfolded on the page. Level AAA alone is told and not demanded: it would forbid the colors that
// sites have by their own style guides.
async function accessible(page, where) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await page.evaluate(axe);
  const results = await page.evaluate(() => {
    const values = globalThis.axe.getRules().map((rule) => rule.ruleId);
    return globalThis.axe.run(document, { runOnly: { type: "rule", values } });
  });
  const beyond = ({ tags }) => tags.some((tag) => /^wcag\d+aaa$/.test(tag));
  const broken = results.violations.filter((rule) => !beyond(rule));
  for (const { id, help, nodes } of broken) {
    const places = nodes.slice(0, 5).map((node) => `\n    ${node.html.slice(0, 200)}`);
    fail(where, `axe-core: ${id}: ${help} (${nodes.length})${places.join("")}`);
  }
  const names = (rules) => rules.map(({ id, nodes }) => `${id} (${nodes.length})`).join(", ") || "none";
  console.log(
    `${where}: axe-core: ${results.passes.length} rules hold, ${broken.length} are broken; ` +
      `of level AAA: ${names(results.violations.filter(beyond))}; ` +
      `left to people: ${names(results.incomplete)}`,
  );
}

// Nobody can leave by the keyboard where they cannot see what they are at.
async function focusable(page, where) {
  const unseen = await page.evaluate(() => {
    const unseen = [];
    for (const element of document.querySelectorAll("a[href], button, input, summary")) {
      if (!element.checkVisibility()) continue;
      element.focus({ focusVisible: true });
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      if (document.activeElement !== element || !outlined) unseen.push(element.outerHTML);
    }
    return unseen;
  });
  for (const html of unseen.slice(0, 5)) fail(where, `no visible focus: ${html.slice(0, 200)}`);
}

// Without a script the page has no use for what only a script can do; with one, buttons copy the
// address beside them, and fields leave those of a list that have what is typed, however it is written.
async function works(page, where, file) {
  await page.locator("summary").first().click();
  const rows = page.locator(".group details");
  for (let at = 0; at < Math.min(2, await rows.count()); at += 1) {
    await rows.nth(at).locator("summary").click();
  }
  const button = page.locator(".address button").first();
  await button.click();
  const status = page.locator("[role=status]");
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const shown = await page.locator(".address input").first().inputValue();
  if (copied !== shown) fail(where, `copies ${copied} for ${shown}`);
  await page.screenshot({ path: file, fullPage: true });
  const filter = page.locator(".filter input").first();
  if ((await filter.count()) === 0) return;
  const names = page.locator(".feeds:has(.filter) .group .name");
  const name = await names.last().textContent();
  await filter.fill(name.normalize("NFD").toUpperCase());
  const left = await names.locator("visible=true").count();
  const said = await status.textContent();
  if (left === 0 || left === (await names.count()) || !said.startsWith(`${left}/`)) {
    fail(where, `leaves ${left} rows for ${name}, and says ${said}`);
  }
}

// What a feed shows of itself, and what it keeps for programs.
async function readable(page, where) {
  const [shown, hidden] = await page.evaluate(() => {
    const names = (wanted) => {
      const elements = [...document.querySelectorAll("*")];
      return elements.filter((element) => element.checkVisibility() === wanted);
    };
    const name = (element) => `${element.parentElement?.localName ?? ""}/${element.tagName}`;
    return [names(true), names(false)].map((found) => [...new Set(found.map(name))]);
  });
  const people = /^(\/(rss|feed)|rss\/channel|channel\/(title|description|link|item)|feed\/(title|subtitle|link|entry)|item\/(title|link|description|pubDate)|entry\/(title|link|summary|published))$/;
  for (const name of shown.filter((name) => !people.test(name))) fail(where, `shows ${name}`);
  for (const name of ["item/title", "item/link", "item/pubDate", "item/description"]) {
    if (hidden.includes(name)) fail(where, `hides ${name}`);
  }
  for (const name of ["entry/title", "entry/published", "entry/summary"]) {
    if (hidden.includes(name)) fail(where, `hides ${name}`);
  }
}

// Playwright's own pictures wait for ever for a document that is not HTML.
async function picture(page, file) {
  const session = await page.context().newCDPSession(page);
  const shot = await session.send("Page.captureScreenshot", { captureBeyondViewport: true });
  await writeFile(file, Buffer.from(shot.data, "base64"));
}

try {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of SCHEMES) {
      const look = `${size}, ${colorScheme}`;
      // The page needs no script, so its pictures are taken without.
      const bare = { viewport, colorScheme, javaScriptEnabled: false };
      await open(PAGE, `${PAGE} (${look}, no script)`, bare, async (page) => {
        await fits(page, `${PAGE} (${look})`);
        const file = `page-${size}-${colorScheme}.png`;
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        console.log(`${PAGE} (${look}): ${height} pixels high`);
        if (size === "phone" && height > most) fail(`${PAGE} (${look})`, `is higher than ${most}`);
        await page.screenshot({ path: path.join(output, file), fullPage: true });
        const useless = await page.locator("button, .filter").locator("visible=true").count();
        if (useless > 0) fail(`${PAGE} (${look})`, `${useless} things do nothing without a script`);
      });
      await open(PAGE, `${PAGE} (${look})`, { viewport, colorScheme }, async (page) => {
        await accessible(page, `${PAGE} (${look})`);
        await fits(page, `${PAGE} (${look}, unfolded)`);
        await focusable(page, `${PAGE} (${look})`);
      });
      const permissions = ["clipboard-read", "clipboard-write"];
      await open(PAGE, `${PAGE} (${look}, used)`, { viewport, colorScheme, permissions }, (page) => {
        const file = `page-${size}-${colorScheme}-used.png`;
        return works(page, `${PAGE} (${look}, used)`, path.join(output, file));
      });
    }
  }
  for (const address of [PAGE, ...FEEDS]) {
    const where = `${address} (${NARROWEST} wide)`;
    const viewport = { width: NARROWEST, height: 640 };
    await open(address, where, { viewport }, (page) => fits(page, where));
  }
  for (const address of FEEDS) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      for (const colorScheme of SCHEMES) {
        const where = `${address} (${size}, ${colorScheme})`;
        await open(address, where, { viewport, colorScheme }, async (page) => {
          await fits(page, where);
          await readable(page, where);
          const file = `${path.basename(address, ".xml")}-${size}-${colorScheme}.png`;
          await picture(page, path.join(output, file));
        });
      }
    }
  }
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
  clearTimeout(watchdog);
}

for (const failure of failures) console.error(failure);
console.log(`page.sh: ${failures.length} failures; the pictures are in ${output}`);
process.exitCode = failures.length === 0 ? 0 : 1;
