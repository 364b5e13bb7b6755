// The index's search: words, category and month narrow the list; the address holds what was asked. What is searched
// are small files, loaded when somebody asks: one a year on the episodes, and one a year and first letter on what is
// said in them. One wrong letter is forgiven in words of five letters or more (in what is said, not the first).
"use strict";
(() => {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const PAGE = 30;
  const find = (selector) => document.querySelector(selector);
  const results = find("[data-results]");
  const found = find("[data-found]");
  const more = find("[data-more]");
  const clear = form.querySelector("[type=reset]");
  const template = find("[data-result]");
  const newest = [...document.querySelectorAll("[data-newest]")];
  const years = form.dataset.years.split(" ");
  const files = new Set(form.dataset.spoken.split(" "));

  // "Übung" is found by "ubung". Vowels of Hindi and Thai are no accents: as podcast/press/searching.py has it.
  const ACCENTS = /[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u200d-\u200f\u2060\u20d0-\u20f0\u3099\u309a\ufe00-\ufe0f\ufeff]/g;
  const plain = (text) => text.normalize("NFKD").replace(ACCENTS, "").normalize("NFC").toLowerCase();

  // As podcast/press/searching.py parts texts: words of three letters, beyond Latin and its like of two; pairs of signs
  // where no spaces part them.
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;
  const BETWEEN = /[^\p{L}\p{N}\p{M}]+/u;
  const tokens = (word) => [
    ...(word.match(UNSPACED) ?? []).flatMap((run) => [...run].slice(1).map((sign, at) => [...run][at] + sign)),
    ...word.replace(UNSPACED, " ").split(BETWEEN).filter((part) => part.length >= (part[0] >= "\u0590" ? 2 : 3)),
  ];
  const shard = (token) => (/^[a-z]/.test(token) ? token[0] : /^\p{Nd}/u.test(token) ? "0"
    : `x${(token.codePointAt(0) % 16).toString(16)}`);

  // Whether one letter put in, left out, changed or swapped with the next makes the one word the other.
  const near = (one, other) => {
    if (one === other) return true;
    if (one.length < 5 || Math.abs(one.length - other.length) > 1) return false;
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    const [a, b] = [one.slice(at), other.slice(at)];
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
      || (a.length > 1 && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };

  const loaded = new Map();
  const get = (name, made) => {
    if (!loaded.has(name)) {
      loaded.set(name, fetch(`${form.dataset.search}${name}.json`).then(async (answer) => {
        if (!answer.ok) throw new Error(`${answer.status} for ${name}`);
        return made(await answer.json());
      }).catch((error) => {
        loaded.delete(name); // the next question asks again
        throw error;
      }));
    }
    return loaded.get(name);
  };
  const load = (year) => get(year, (entries) => {
    for (const entry of entries) {
      entry.heading = plain(`${entry.title} ${entry.paper}`);
      entry.words = plain(`${entry.heading} ${entry.authors.join(" ")} ${entry.text} ${entry.id} ${entry.category}`);
      entry.parts = entry.words.split(BETWEEN);
    }
    return entries;
  });
  // What is said: for each page its words, and for each word when it is first heard.
  const loadSaid = (year, name) => (!files.has(`${year}-${name}`) ? new Map() : get(`${year}-${name}`, (pages) => new Map(Object.entries(pages).map(([page, said]) => {
    const parts = said.split(" ");
    return [`${page}index.html`, parts.filter((_, at) => at % 2 === 0).map((word, at) => [word, parts[2 * at + 1]])];
  }))));

  // Where a token is heard: the word itself, else one that begins with it, else one that is nearly it.
  const heard = (said, token) => said.find(([word]) => word === token) ?? said.find(([word]) => word.startsWith(token))
    ?? said.find(([word]) => near(token, word));

  const asked = () => {
    const { q = "", category = "", month = "" } = Object.fromEntries(new FormData(form));
    return { q: q.trim(), category, month };
  };
  const search = async ({ q, category, month }) => {
    const words = plain(q).split(/\s+/).filter(Boolean);
    const among = month ? [month.slice(0, 4)] : years;
    const entries = (await Promise.all(among.map(load))).flat();
    const wanted = [...new Set(words.flatMap(tokens).map(shard))];
    const said = new Map(await Promise.all(wanted.map(async (name) =>
      [name, new Map((await Promise.all(among.map((year) => loadSaid(year, name)))).flatMap((pages) => [...pages]))])));
    for (const entry of entries) entry.heard = null;
    const told = (entry, word) => entry.words.includes(word) || entry.parts.some((part) => near(word, part));
    const spoken = (entry, word) => {
      const found = tokens(word).map((token) => heard(said.get(shard(token)).get(entry.page) ?? [], token));
      if (!found.length || !found.every(Boolean)) return false;
      entry.heard ??= found[0];
      return true;
    };
    const rank = (entry) => words.filter((word) => entry.heading.includes(word)).length;
    return entries
      .filter((entry) => (!category || entry.categories.includes(category)) && entry.day.startsWith(month)
        && words.every((word) => told(entry, word) || spoken(entry, word)))
      .sort((a, b) => rank(b) - rank(a)); // stable: the newest first among equals
  };

  const row = (entry) => {
    const item = template.content.cloneNode(true);
    item.querySelector("[data-hear]").dataset.sound = entry.sound;
    const put = (selector, text) => { item.querySelector(selector).textContent = text; };
    item.querySelector("time").dateTime = entry.day;
    put("time", entry.date);
    put("[data-number]", entry.number ? `Episode ${entry.number}` : "Trailer");
    put("[data-length]", entry.length);
    put(".chip", entry.category);
    item.querySelector(".chip").hidden = !entry.category;
    put("h3 a", entry.title);
    item.querySelector("h3 a").href = entry.page;
    const others = entry.authors.length - 3;
    put(".authors", entry.authors.slice(0, 3).join(", ") + (others > 0 ? ` and ${others} more` : ""));
    put(".says", entry.text);
    if (entry.heard) {
      const [word, at] = entry.heard;
      const link = Object.assign(document.createElement("a"), { href: `${entry.page}#t=${at}` });
      link.textContent = `“${word}” is said at ${studio.clock(Number(at))}`;
      const line = Object.assign(document.createElement("p"), { className: "says", lang: "en", dir: "auto" });
      line.append(link);
      item.querySelector(".says").after(line);
    }
    return item;
  };

  let soon = 0;
  let latest = 0;
  let shown = ""; // the question that the list answers
  let rest = [];
  const showSome = () => {
    const some = rest.splice(0, PAGE).map(row);
    const first = some[0]?.querySelector("a");
    results.append(...some);
    more.hidden = rest.length === 0;
    return first;
  };
  const show = async () => {
    clearTimeout(soon);
    const question = asked();
    const turn = (latest += 1);
    let answers = JSON.stringify(question);
    if (answers === shown) return; // the list stands, and who is in it keeps their place
    const idle = !question.q && !question.category && !question.month;
    let entries = [];
    let said = "";
    if (!idle) {
      try {
        entries = await search(question);
        said = entries.length === 0
          ? "No episode fits. Try fewer words, another category, or any month."
          : `${entries.length} ${entries.length === 1 ? "episode" : "episodes"} found`;
        const inWhatIsSaid = entries.filter((entry) => entry.heard).length;
        if (inWhatIsSaid) said += inWhatIsSaid === entries.length ? ", by what is said" : `, ${inWhatIsSaid} by what is said`;
      } catch {
        said = "The search could not be loaded. Look by month in the archive.";
        answers = ""; // the same question may be asked again
      }
    }
    if (turn !== latest) return; // another question came meanwhile
    shown = answers;
    for (const part of newest) part.hidden = !idle;
    results.hidden = clear.hidden = idle;
    results.replaceChildren();
    rest = entries;
    showSome();
    found.textContent = said;
    const query = new URLSearchParams(Object.entries(question).filter(([, value]) => value));
    if (!form.isConnected) return; // another page came meanwhile
    history.replaceState(history.state, "", query.size ? `?${query}` : location.pathname + location.hash);
  };

  const set = () => {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", "category", "month"]) form.elements[name].value = query.get(name) ?? "";
    show();
  };
  form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("reset", () => {
    form.elements.q.focus(); // the button goes
    setTimeout(show);
  });
  more.querySelector("button").addEventListener("click", () => showSome()?.focus());
  const begin = () => {
    form.hidden = false;
    if (!location.search) return;
    set();
    find("#episodes").scrollIntoView();
  };
  // player.js, which has the one clock of all pages, stands behind this script where the page is new.
  if (typeof studio === "undefined") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
