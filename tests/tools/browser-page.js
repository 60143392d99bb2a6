// What `browser.mjs` lets run in the browser: it looks at every entry as a reader would show it.

"use strict";

const SCHEMES = new Set(
  "http https mailto tel sms geo ftp news irc ircs sip sips xmpp webcal".split(" ").map((name) => `${name}:`),
);
const ADDRESSES = new Set(["href", "src", "poster", "cite"]);
const FORBIDDEN_ELEMENTS = new Set(
  (
    "script style iframe frame frameset object embed applet param base meta link title head body html " +
    "form input button select option optgroup textarea label fieldset output keygen isindex datalist " +
    "svg math template noscript noembed noframes plaintext xmp listing portal fencedframe marquee " +
    "dialog slot canvas area map menu bgsound layer image font"
  ).split(" "),
);
const ALLOWED_ATTRIBUTES = new Set(
  (
    "href hreflang name title lang dir id style src srcset sizes alt width height controls cite class span " +
    "value datetime open start reversed type colspan rowspan headers scope media kind srclang label poster"
  ).split(" "),
);
const STYLE = /^((text-align|color|background-color):(#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]+))(;(text-align|color|background-color):(#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]+))*$/;
const EVENTS = (
  "load error focus blur focusin focusout mouseover mouseenter mouseout mousemove mousedown mouseup " +
  "pointerover pointerdown animationstart animationiteration animationend transitionend toggle " +
  "beforetoggle input change submit reset wheel scroll keydown keyup keypress contextmenu auxclick " +
  "dblclick copy cut paste drag dragstart drop play playing loadstart loadeddata canplay ended cuechange " +
  "beginEvent endEvent start bounce finish close cancel resize hashchange pageshow slotchange unload"
).split(" ");
// How many frames there are at once, and how long one stays after everything was done in it, in
// milliseconds: what fires late tells its own number.
const FRAMES = 16;
const LINGER = 60;
const LONGEST_LOAD = 20_000;
// What is not sanitized may keep its page from ever being ready.
const LONGEST_RAW_LOAD = 3000;
// How many entries one page shows.
const TOGETHER = 40;
// Of what is not sanitized, which disturbs its neighbors.
const FEW_TOGETHER = 8;

const fired = new Set();
window.fired = (number) => fired.add(String(number));
window.hook = window.fired;
addEventListener("message", (event) => {
  if (event.data && "fired" in event.data) fired.add(String(event.data.fired));
});

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const empty = document.implementation.createHTMLDocument("");

function everything(root) {
  const found = [];
  const open = [root];
  while (open.length > 0) {
    const node = open.pop();
    for (const element of node.querySelectorAll("*")) {
      found.push(element);
      if (element.content?.querySelectorAll) open.push(element.content);
      if (element.shadowRoot) open.push(element.shadowRoot);
    }
  }
  return found;
}

// Forms, images and frames hide properties of elements and documents behind their own names.
const attributesOf = Object.getOwnPropertyDescriptor(Element.prototype, "attributes").get;
const bodyOf = Object.getOwnPropertyDescriptor(Document.prototype, "body").get;
const create = Document.prototype.createElement;
const nameOf = Object.getOwnPropertyDescriptor(Element.prototype, "localName").get;

// What must not be there, in a few words each.
function scan(root) {
  const wrong = [];
  for (const element of everything(root)) {
    const name = nameOf.call(element);
    if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") wrong.push(`${name} of another namespace`);
    if (FORBIDDEN_ELEMENTS.has(name)) wrong.push(`element ${name}`);
    const unknown = element.ownerDocument.defaultView?.HTMLUnknownElement ?? HTMLUnknownElement;
    if (element instanceof unknown || name.includes("-")) wrong.push(`unknown element ${name}`);
    if (name === "a" && element.parentElement?.closest("a")) wrong.push("a link in a link");
    for (const { name: attribute, value, namespaceURI } of attributesOf.call(element)) {
      if (namespaceURI !== null || !ALLOWED_ATTRIBUTES.has(attribute)) wrong.push(`attribute ${attribute}`);
      if (attribute === "style" && !STYLE.test(value)) wrong.push(`style ${value}`);
      if (attribute === "class" && !/^language-\S*$/.test(value)) wrong.push(`class ${value}`);
      if (attribute === "id" || (attribute === "name" && name !== "meta")) {
        if (value in empty || value in window || value in empty.createElement("form")) {
          wrong.push(`${attribute} ${value}, which scripts look up`);
        }
      }
      const urls = ADDRESSES.has(attribute) ? [value] : [];
      if (attribute === "srcset") urls.push(...value.split(",").map((part) => part.trim().split(/\s/)[0]));
      for (const url of urls) {
        try {
          const { protocol } = new URL(url);
          if (!SCHEMES.has(protocol)) wrong.push(`${attribute} with ${protocol}`);
        } catch {
          wrong.push(`${attribute} that is no absolute address: ${url}`);
        }
      }
    }
    const own = element.protocol;
    if (own !== undefined && own !== ":" && !SCHEMES.has(own)) wrong.push(`leads to ${own}`);
  }
  return wrong;
}

// What reading HTML back and showing it again makes of it.
function mutations(root, html, owner) {
  const wrong = [];
  const again = create.call(owner, "div");
  // Browsers drop a line end behind `pre` when they read, and write none for it.
  again.innerHTML = root.innerHTML.replace(/(<pre[^>]*>)(?=\n)/g, "$1\n");
  const same = (one, other) => [...one.childNodes].length === [...other.childNodes].length &&
    [...one.childNodes].every((node, at) => node.isEqualNode(other.childNodes[at]));
  if (!same(root, again)) wrong.push("changes when it is read back");
  const parsed = new DOMParser().parseFromString(`<body><div>${html}</div>`, "text/html");
  const only = parsed.body.firstElementChild;
  if (parsed.body.childNodes.length !== 1 || parsed.head.childNodes.length !== 0) wrong.push("leaves its element");
  if (!only || !same(root, only)) wrong.push("is another document than element");
  return wrong;
}

function looked(root, html, owner) {
  try {
    return [...scan(root), ...mutations(root, html, owner)];
  } catch (error) {
    return [`cannot be looked at: ${error.message}`];
  }
}

// Sends every event to every element, and follows every link.
function disturb(root, view) {
  for (const element of [...everything(root), root]) {
    for (const type of EVENTS) {
      try {
        element.dispatchEvent(new view.Event(type, { bubbles: false, cancelable: true }));
      } catch {}
    }
    try {
      element.focus?.();
      element.blur?.();
    } catch {}
    try {
      // Elements of SVG have no method for that.
      if (element.click) element.click();
      else element.dispatchEvent(new view.MouseEvent("click", { bubbles: true, cancelable: true }));
    } catch {}
  }
}

function loaded(frame, longest = LONGEST_LOAD) {
  return Promise.race([new Promise((done) => frame.addEventListener("load", done, { once: true })), wait(longest)]);
}

function frame(address) {
  const element = document.createElement("iframe");
  // The top must survive whatever is tried.
  element.sandbox = "allow-scripts allow-same-origin allow-forms allow-modals";
  element.src = address;
  document.body.append(element);
  return element;
}

async function close(element, address) {
  await wait(LINGER);
  let left = true;
  try {
    left = !element.contentWindow.location.href.endsWith(address);
  } catch {}
  element.remove();
  return left;
}

// Runs at most so many at once.
async function many(all, most, work) {
  let next = 0;
  const worker = async () => {
    while (next < all.length) {
      const at = next;
      next += 1;
      await work(all[at], at);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
}

// Shows cases by `innerHTML`, together in one page.
async function assigned(cases) {
  const address = "/blank";
  const element = frame(address);
  await loaded(element);
  const view = element.contentWindow;
  const owner = view.document;
  for (const one of cases) {
    const root = create.call(owner, "div");
    bodyOf.call(owner).append(root);
    root.innerHTML = one.html;
    one.assigned = looked(root, one.html, owner);
    one.root = root;
  }
  await wait(20);
  for (const one of cases) {
    disturb(one.root, view);
    delete one.root;
  }
  if (await close(element, address)) for (const one of cases) one.assigned.push("its page, with others, is left");
}

// Shows cases in a page that the browser reads from the server, each in an element.
async function navigated(cases, address) {
  const element = frame(address);
  await loaded(element, cases[0].site === "raw" ? LONGEST_RAW_LOAD : LONGEST_LOAD);
  for (const one of cases) one.navigated = [];
  const all = (what) => {
    for (const one of cases) one.navigated.push(what);
  };
  try {
    const view = element.contentWindow;
    const roots = Document.prototype.querySelectorAll.call(view.document, ".root");
    if (roots.length !== cases.length) all("has other elements around it");
    if (bodyOf.call(view.document).childNodes.length !== cases.length) all("leaves its element");
    cases.forEach((one, at) => {
      one.navigated.push(...looked(roots[at], one.html, view.document));
    });
    for (const root of roots) disturb(root, view);
  } catch (error) {
    all(`cannot be looked at: ${error.message}`);
  }
  if (await close(element, address)) all("the page is left");
}

async function tell(path, data) {
  const answer = await fetch(path, { method: "POST", body: JSON.stringify(data) });
  return answer.json();
}

// Shows all cases in both ways, and as many in one page as told.
async function show(cases, name, inElements, inPages) {
  const groups = (size) => {
    const groups = [];
    for (let at = 0; at < cases.length; at += size) groups.push(cases.slice(at, at + size));
    return groups;
  };
  await many(groups(inElements), FRAMES, assigned);
  await tell("/stage", `${name}, in elements`);
  const pages = groups(inPages);
  await tell(`/cases/${name}`, pages.map((page) => page.map((one) => one.html)));
  await many(pages, FRAMES, (page, at) => navigated(page, `/doc/${name}/${at}`));
  await wait(300);
  await tell("/stage", `${name}, in ${pages.length} pages`);
}

const ATOM = "http://www.w3.org/2005/Atom";
const CONTENT = "http://purl.org/rss/1.0/modules/content/";
const CREATOR = "http://purl.org/dc/elements/1.1/";

async function xml(address) {
  const document = new DOMParser().parseFromString(await (await fetch(address)).text(), "application/xml");
  if (document.querySelector("parsererror")) throw new Error(`${address} is no XML`);
  return document;
}

// Every text of the feeds of a site that a reader may show as HTML, with where it is from; and
// where the formats differ.
async function entries(site) {
  const [atom, rss, json] = await Promise.all([
    xml(`/files/${site}/feeds/atom.xml`),
    xml(`/files/${site}/feeds/rss.xml`),
    fetch(`/files/${site}/feeds/feed.json`).then((answer) => answer.json()),
  ]);
  const found = [];
  const differing = [];
  const texts = [];
  const child = (of, namespace, name) => [...of.children].find((element) => element.namespaceURI === namespace && element.localName === name);
  const children = (of, namespace, name) => [...of.children].filter((element) => element.namespaceURI === namespace && element.localName === name);
  const number = (url) => Number(/v(\d+)/.exec(url)?.[1] ?? 0);
  const add = (url, field, html) => html && found.push({ site, number: number(url), field, html });
  const text = (url, field, html) => html && texts.push({ site, number: number(url), field, html });
  const contents = new Map();
  const content = (url, format, html) => {
    add(url, "content", html);
    const known = contents.get(url);
    if (known !== undefined && known !== html) differing.push({ number: number(url), what: `${format} has other content` });
    contents.set(url, html);
  };
  for (const item of json.items) {
    content(item.url, "JSON Feed", item.content_html ?? "");
    text(item.url, "title of JSON Feed", item.title);
    text(item.url, "summary of JSON Feed", item.summary);
  }
  for (const entry of atom.getElementsByTagNameNS(ATOM, "entry")) {
    const url = children(entry, ATOM, "link").find((link) => link.getAttribute("rel") === "alternate").getAttribute("href");
    content(url, "Atom", child(entry, ATOM, "content")?.textContent ?? "");
    for (const name of ["title", "summary"]) {
      const element = child(entry, ATOM, name);
      if (!element) continue;
      const put = element.getAttribute("type") === "html" ? add : text;
      put(url, `${name} of Atom`, element.textContent);
    }
  }
  for (const item of rss.querySelectorAll("item")) {
    const url = child(item, null, "link").textContent;
    content(url, "RSS", child(item, CONTENT, "encoded")?.textContent ?? "");
    for (const element of children(item, null, "description")) add(url, "description of RSS", element.textContent);
    // The best practices of RSS say that these are text, and some readers take them for HTML.
    for (const name of ["title", "category"]) {
      for (const element of children(item, null, name)) text(url, `${name} of RSS`, element.textContent);
    }
    for (const element of children(item, CREATOR, "creator")) text(url, "creator of RSS", element.textContent);
  }
  return { count: json.items.length, found, differing, texts };
}

// Leaves one of those that differ by the number of the vector alone.
function unique(cases) {
  const known = new Map();
  for (const one of cases) {
    const key = one.html.replaceAll(String(one.number), "#");
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

function result(cases) {
  return cases.map(({ site, number, field, html, assigned, navigated }) => ({ site, number, field, html, assigned, navigated }));
}

async function run() {
  const { sites, raw, pages } = await (await fetch("/work")).json();
  const started = performance.now();
  const times = {};
  const stage = (name) => {
    times[name] = Math.round(performance.now() - started);
    return tell("/stage", name);
  };
  const all = [];
  const texts = [];
  const differing = [];
  let count = 0;
  for (const site of sites) {
    const read = await entries(site);
    count += read.count;
    all.push(...read.found);
    texts.push(...read.texts);
    differing.push(...read.differing);
  }
  await stage("read");
  const clean = unique(all);
  await show(clean, "clean", TOGETHER, TOGETHER);
  await many(pages, FRAMES, async (page) => {
    const element = frame(page);
    await loaded(element);
    await close(element, page);
  });
  const firedClean = [...fired];
  fired.clear();
  await stage("clean");
  // What the formats call text, and a reader that is wrong shows as HTML.
  const wrong = unique(texts);
  for (const one of wrong) {
    const { body } = new DOMParser().parseFromString(one.html, "text/html");
    one.assigned = scan(body);
  }
  // The same eyes, on what nobody has made safe.
  const dirty = raw.map(({ number, html }) => ({ site: "raw", number, field: "raw", html }));
  await tell("/phase", "raw");
  await show(dirty, "raw", FEW_TOGETHER, 1);
  await stage("raw");
  await tell("/done", {
    count,
    texts: all.length,
    clean: result(clean),
    firedClean,
    differing,
    taken: { looked: wrong.length, active: result(wrong.filter((one) => one.assigned.length > 0)) },
    dirty: result(dirty),
    firedDirty: [...fired],
    times,
  });
}

run().catch((error) => tell("/failed", String(error.stack ?? error)));
