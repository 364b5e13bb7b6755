// The index's search: words, category and month narrow the list; the address holds what was asked. What is searched
// are small files, one a year, and they are loaded when somebody asks.
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

  // "Übung" is found by "ubung".
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const loaded = new Map();
  const load = (year) => {
    if (!loaded.has(year)) {
      loaded.set(year, fetch(`${form.dataset.search}${year}.json`).then(async (answer) => {
        if (!answer.ok) throw new Error(`${answer.status} for ${year}`);
        const entries = await answer.json();
        for (const entry of entries) {
          entry.heading = plain(`${entry.title} ${entry.paper}`);
          entry.words = plain(`${entry.heading} ${entry.authors.join(" ")} ${entry.text} ${entry.id} ${entry.category}`);
        }
        return entries;
      }).catch((error) => {
        loaded.delete(year); // the next question asks again
        throw error;
      }));
    }
    return loaded.get(year);
  };

  const asked = () => {
    const { q = "", category = "", month = "" } = Object.fromEntries(new FormData(form));
    return { q: q.trim(), category, month };
  };
  const search = async ({ q, category, month }) => {
    const words = plain(q).split(/\s+/).filter(Boolean);
    const entries = (await Promise.all((month ? [month.slice(0, 4)] : years).map(load))).flat();
    const rank = (entry) => words.filter((word) => entry.heading.includes(word)).length;
    return entries
      .filter((entry) => (!category || entry.categories.includes(category)) && entry.day.startsWith(month)
        && words.every((word) => entry.words.includes(word)))
      .sort((a, b) => rank(b) - rank(a)); // stable: the newest first among equals
  };

  const row = (entry) => {
    const item = template.content.cloneNode(true);
    item.querySelector("[data-hear]").dataset.sound = entry.sound;
    const put = (selector, text) => { item.querySelector(selector).textContent = text; };
    item.querySelector("time").dateTime = entry.day;
    put("time", entry.date);
    put("[data-number]", `Episode ${entry.number}`);
    put("[data-length]", entry.length);
    put(".chip", entry.category);
    item.querySelector(".chip").hidden = !entry.category;
    put("h3 a", entry.title);
    item.querySelector("h3 a").href = entry.page;
    const others = entry.authors.length - 3;
    put(".authors", entry.authors.slice(0, 3).join(", ") + (others > 0 ? ` and ${others} more` : ""));
    put(".says", entry.text);
    return item;
  };

  let latest = 0;
  let rest = [];
  const showSome = () => {
    const some = rest.splice(0, PAGE).map(row);
    const first = some[0]?.querySelector("a");
    results.append(...some);
    more.hidden = rest.length === 0;
    return first;
  };
  const show = async () => {
    const question = asked();
    const turn = (latest += 1);
    const idle = !question.q && !question.category && !question.month;
    let entries = [];
    let said = "";
    if (!idle) {
      try {
        entries = await search(question);
        said = entries.length === 0
          ? "No episode fits. Try fewer words, another category, or any month."
          : `${entries.length} ${entries.length === 1 ? "episode" : "episodes"} found`;
      } catch {
        said = "The search could not be loaded. Look by month in the archive.";
      }
    }
    if (turn !== latest) return; // another question came meanwhile
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
  let soon = 0;
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
  form.hidden = false;
  if (location.search) {
    set();
    find("#episodes").scrollIntoView();
  }
})();
