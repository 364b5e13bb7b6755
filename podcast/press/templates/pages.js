// From page to page without a break in the sound: the next page is asked for and put in place of this one, with its
// title, address, focus and scroll. And what every page has: play buttons, what was heard, addresses copied, the menu.
"use strict";
(() => {
  const { one, all, clock, timeOf, say, copy, dock, hear, place } = studio;

  // --- play buttons and what was heard, wherever an episode is listed ---
  const listed = (button) => {
    const stage = button.closest("[data-stage]");
    if (stage) return { key: stage.dataset.key, length: Number(stage.dataset.duration), title: one("h1").textContent };
    const row = button.closest("[data-episode]");
    const link = one(":is(h2, h3) a", row);
    return {
      key: /\/episodes\/([^/]+)\//.exec(link.href)?.[1] ?? link.href,
      page: link.href,
      sound: new URL(button.dataset.sound, document.baseURI).href,
      length: timeOf(`#t=${one("[data-length]", row).textContent}`) ?? 0,
      title: link.textContent,
      chapters: [],
      lines: [],
    };
  };
  const mark = (button) => {
    const episode = listed(button);
    const current = studio.hand?.key === episode.key;
    const on = current && studio.playing;
    const verb = on ? "Pause" : "Play";
    button.classList.toggle("on", on);
    button.setAttribute("aria-label", `${verb} ${episode.title}`);
    if (button.classList.contains("said")) button.textContent = verb;
    const time = current ? Math.max(studio.here(), 0) : place(episode.key);
    const share = current && studio.audio.ended ? 1 : Math.min(1, time / episode.length || 0);
    button.style.setProperty("--heard", `${Math.round(100 * share)}%`);
    const left = one("[data-left]", button.closest("[data-episode], header"));
    left.hidden = !share;
    left.textContent = share === 1 ? "Heard" : `${clock(episode.length - time)} left`;
  };
  const markAll = () => all("[data-hear]").forEach(mark);
  let second = -1;
  document.addEventListener("player", () => {
    const now = `${studio.hand?.key} ${studio.playing} ${Math.floor(studio.here())} ${studio.audio.ended}`;
    if (now !== second) markAll();
    second = now;
  });
  const equip = (root) => {
    if (!dock) return;
    for (const native of all("main audio")) native.remove(); // one sound, one player
    for (const button of all("[data-hear]", root)) {
      button.hidden = false;
      mark(button);
    }
  };
  if (dock) {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-hear]");
      if (!button) return;
      const episode = listed(button);
      if (studio.hand?.key === episode.key) studio.toggle();
      else if (button.closest("[data-stage]")) hear(studio.read(document, location.href), timeOf(location.hash));
      else hear(episode);
    });
    new MutationObserver((changes) => { // what the search finds
      for (const change of changes) for (const node of change.addedNodes) if (node.matches?.(".row")) equip(node);
    }).observe(document.body, { childList: true, subtree: true });
  }

  // --- addresses copied, the menu, apps that are not there ---
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button, button.dataset.copy);
    for (const menu of all("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
    const link = event.target.closest("[data-app]");
    if (link) setTimeout(() => missing(link), 1200);
  });
  document.addEventListener("keydown", (event) => {
    const menu = one("[data-menu][open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    one("summary", menu).focus();
  });
  let left = 0;
  addEventListener("blur", () => { left = Date.now(); });
  const missing = async (link) => {
    if (document.hidden || Date.now() - left < 1500) return; // the app opened
    const nav = link.closest("nav");
    const address = one("[data-copy]", nav);
    const copied = navigator.clipboard && await copy(address, address.dataset.copy);
    const said = one("[data-not-there]", nav);
    said.textContent = `${link.dataset.app} did not open: it may not be on this device. `
      + (copied ? "The feed's address is copied; any podcast app takes it." : `Any podcast app takes the feed's address: ${address.dataset.copy}`);
    said.hidden = false;
    say(said.textContent);
  };
  const furnish = () => {
    if (navigator.clipboard) for (const button of all("[data-copy]")) button.closest("li, p").hidden = false;
    equip(document);
  };
  furnish();

  // --- the next page, in place of this one ---
  if (!dock || !location.protocol.startsWith("http")) return;
  const icon = one("link[rel=icon]");
  icon?.setAttribute("href", icon.href); // whole, for the address changes under it
  const root = new URL(".", one(".home").href).href;
  const policy = (page) => one("meta[http-equiv]", page)?.content;
  const spots = new Map();
  try {
    for (const [spot, y] of JSON.parse(sessionStorage.getItem("podcast:spots") ?? "[]")) spots.set(spot, y);
  } catch {}
  const fresh = () => `${Date.now()}-${Math.random()}`;
  // Each entry of the history has a spot, which knows its scroll; entries of one page, which differ in #, share a view.
  let { spot: at, view } = history.state ?? {};
  const enter = (write, address = location.href) => {
    at = fresh();
    history[write]({ spot: at, view }, "", address);
  };
  const leave = () => spots.set(at, scrollY);
  if (!at) {
    view = fresh();
    enter("replaceState");
  }
  history.scrollRestoration = "manual";
  addEventListener("pagehide", () => {
    leave();
    try { sessionStorage.setItem("podcast:spots", JSON.stringify([...spots].slice(-50))); } catch {}
  });
  const scroll = (y) => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (y === undefined && target) target.scrollIntoView();
    else if (!y) scrollTo(0, 0);
    else {
      const until = Date.now() + 1500; // what a search finds comes later
      const again = () => {
        scrollTo({ top: y, behavior: "instant" });
        if (Math.abs(scrollY - y) > 2 && Date.now() < until) requestAnimationFrame(again);
      };
      again();
    }
  };
  if (spots.has(at)) scroll(spots.get(at));

  const HEAD = "meta[property], meta[name=description], meta[name=robots], meta[name^=twitter], link[rel=canonical], "
    + "link[rel=alternate], script[type], script:not([data-stays])";
  const put = (page) => {
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    for (const old of all(HEAD, document.head)) old.remove();
    for (const part of all(HEAD, page.head)) {
      if (part.localName === "script" && part.src) { // a script that was parsed apart does not run
        const script = document.createElement("script");
        script.src = part.getAttribute("src");
        document.head.append(script);
      } else document.head.append(part);
    }
    for (const old of [...document.body.children]) if (!old.matches("[data-dock], [data-said]")) old.remove();
    const parts = [...page.body.children].filter((part) => !part.matches("[data-dock], [data-said]"));
    const after = parts.findIndex((part) => part.localName === "main");
    dock.before(...parts.slice(0, after + 1));
    dock.after(...parts.slice(after + 1));
  };

  let turn = 0;
  const visit = async (address, spot) => {
    const mine = (turn += 1);
    let page = null;
    try {
      const answer = await fetch(address.split("#")[0]);
      if (answer.ok && answer.headers.get("content-type")?.startsWith("text/html")) {
        page = new DOMParser().parseFromString(await answer.text(), "text/html");
      }
    } catch {}
    if (mine !== turn) return; // another was asked for meanwhile
    if (!page || !one("main", page) || !one("[data-dock]", page) || policy(page) !== policy(document)) {
      location.assign(address); // what cannot be put in place is opened, and says for itself what is wrong
      return;
    }
    if (spot === undefined) {
      leave();
      view = fresh();
      enter("pushState", address);
    }
    put(page);
    furnish();
    document.dispatchEvent(new Event("page"));
    one("main").focus({ preventScroll: true });
    scroll(spot === undefined ? undefined : spots.get(spot) ?? 0);
    say(document.title);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute("download")) return;
    const [address, hash] = link.href.split("#");
    if (hash !== undefined && address === location.href.split("#")[0]) {
      leave(); // the browser goes to a place of this page
      return;
    }
    if (!address.startsWith(root) || !/(\/|\.html)$/.test(new URL(address).pathname)) return;
    event.preventDefault();
    visit(link.href);
  });
  addEventListener("hashchange", () => {
    if (!history.state) enter("replaceState"); // a place of this page, just gone to
  });
  addEventListener("popstate", (event) => {
    if (!event.state) return;
    leave();
    at = event.state.spot;
    if (event.state.view === view) {
      scroll(spots.get(at));
      return;
    }
    view = event.state.view;
    visit(location.href, at);
  });
})();
