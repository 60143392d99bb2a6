// Writes a site whose page of feeds `page.sh` looks at: `page-sites.mjs FOLDER LANGUAGE TAGS`.
//
// Its tags are as people write them: short and long, with numbers, accents and signs.

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const [folder, language, count] = process.argv.slice(2);

const SITES = {
  en: ["Office of Examples", "News from an office that does not exist."],
  de: ["Amt für Beispiele", "Neues aus einem Amt, das es nicht gibt."],
  ar: ["مكتب الأمثلة", "أخبار من مكتب غير موجود."],
};
const NAMES = {
  en: [
    "Budget", "Customer experience", "Éclair", "R&D", "a < b", "Step 2", "Step 10",
    "Modernization of information technology in agencies of the executive branch",
    "Public-private-partnerships/and-a-word-that-cannot-be-broken-anywhere", "AI",
  ],
  de: ["Haushalt", "Übersicht", "Donaudampfschifffahrtsgesellschaft", "Schritt 2", "Schritt 10"],
  ar: ["الميزانية", "الصحة العامة", "التعليم", "RSS", "خطوة 2", "خطوة 10"],
};
const TITLES = {
  en: "How we learned to write notices that people read on their phones",
  de: "Wie wir lernten, Bekanntmachungen zu schreiben, die gelesen werden",
  ar: "كيف تعلمنا كتابة إعلانات يقرؤها الناس",
};

const write = (name, text) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};

const [title, description] = SITES[language];
write("_config.yml", JSON.stringify({ title, description, url: "https://example.gov", lang: language }));
write("feedwright.yaml", JSON.stringify({
  feeds: {
    style: true,
    opml: true,
    limit: 5,
    page: { icon: "/icon.svg", email_signup: "https://public.example.net/sign-up?list=1" },
  },
  lints: { "summary-missing": "allow" },
}));
write("icon.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>');
const names = NAMES[language];
for (let at = 0; at < count; at += 1) {
  const round = Math.floor(at / names.length);
  const tag = names[at % names.length] + (round ? ` ${round + 1}` : "");
  // The first ones have more posts than their feeds take.
  for (let post = 0; post < (at === 0 ? 12 : 1 + (at % 3)); post += 1) {
    const day = new Date(Date.UTC(2020, 0, 1 + at * 7 + post)).toISOString().slice(0, 10);
    const front = { title: `${TITLES[language]} ${at + 1}.${post + 1}`, tags: [tag] };
    write(`_posts/${day}-post-${at}-${post}.md`, `---\n${JSON.stringify(front)}\n---\n${TITLES[language]}.\n`);
  }
}
