// An episode's page: its big bar, `#t=` links, the line and the chapter that are heard, following, and the transcript as
// one stop of the keyboard.
"use strict";
(() => {
  const { one, all, recall, remember, timeOf, dock, read, take, hear, go, here, point, shareOf } = studio;
  if (!dock) return;
  let own = null; // the episode of the page that is shown
  let lines = null;
  let chapters = null;
  const inHand = () => Boolean(own) && studio.hand?.key === own.key;

  // Which of these links is heard.
  const track = (selector) => {
    const links = all(selector);
    const starts = links.map((link) => timeOf(link.getAttribute("href")));
    let current = null;
    return {
      links,
      mark(time) {
        const before = current;
        current = time === null ? null : links[starts.findLastIndex((start) => start <= time + 0.05)] ?? null;
        if (current !== before) {
          before?.removeAttribute("aria-current");
          current?.setAttribute("aria-current", "true");
        }
        return [before, current];
      },
    };
  };

  // --- following ---
  const button = one("[data-follow]", dock);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const into = (line) => line?.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight - dock.offsetHeight;
  };
  const following = () => button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", recall("podcast:follow") !== "false");
  button.addEventListener("click", () => {
    const line = one(".lines [aria-current]");
    if (following() && line && !visible(line)) { // who scrolled away comes back
      into(line);
      return;
    }
    button.setAttribute("aria-pressed", !following());
    remember("podcast:follow", String(following()));
    if (following()) into(line);
  });

  // --- what is heard, on the page ---
  const show = () => {
    if (!own) return;
    const time = inHand() && here() > 0 ? here() : null;
    const veil = one("[data-veil]");
    veil.hidden = time === null;
    veil.style.left = `${Math.min(100, (100 * (time ?? 0)) / own.length)}%`;
    chapters.mark(time);
    const [before, now] = lines.mark(time);
    if (now && now !== before) stop(now);
    all(".chapter-bar rect").forEach((segment, at) => {
      segment.classList.toggle("heard", time !== null && chapters.links[at]?.hasAttribute("aria-current"));
    });
    button.hidden = !inHand() || !lines.links.length;
    // Whoever scrolled elsewhere is left alone.
    if (following() && now && before && now !== before && studio.playing && visible(before)) into(now);
  };
  document.addEventListener("player", show);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#t=']");
    if (!link || !own || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (event.detail && !getSelection().isCollapsed) return; // the text is being copied
    history.replaceState(history.state, "", link.getAttribute("href"));
    hear(own, timeOf(link.getAttribute("href")));
  });
  addEventListener("hashchange", () => {
    const time = timeOf(location.hash);
    if (time !== null && inHand()) go(time);
  });

  // --- the transcript: one stop of Tab, lines and what they rest on by the arrows ---
  const STOP = ".lines a[href^='#t='], .lines summary";
  const stops = () => all(STOP);
  let stopped = null;
  function stop(at) {
    if (document.activeElement?.closest(".lines") && document.activeElement !== at) return; // who reads is not moved
    stopped?.setAttribute("tabindex", "-1");
    stopped = at;
    at?.setAttribute("tabindex", "0");
  }
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = event.target.closest(STOP);
    if (!from || (!step && event.key !== "Home" && event.key !== "End")) return;
    event.preventDefault();
    const there = stops();
    const to = step ? there[there.indexOf(from) + step] : there.at(event.key === "Home" ? 0 : -1);
    to?.focus();
  });
  document.addEventListener("focusin", (event) => {
    const at = event.target.closest(STOP);
    if (at) stop(at);
  });

  const start = () => {
    own = read(document, location.href);
    if (!own) {
      button.hidden = true;
      return;
    }
    lines = track(".lines a[href^='#t=']");
    chapters = track(".chapters a");
    const there = stops();
    there.forEach((each, at) => each.setAttribute("tabindex", at ? "-1" : "0"));
    stopped = there[0] ?? null;
    const bars = one(".stage .bars");
    bars.addEventListener("pointermove", (event) => point(bars, shareOf(bars, event), own));
    bars.addEventListener("pointerleave", () => point(bars, null));
    bars.addEventListener("click", (event) => {
      if (!event.target.closest("a")) hear(own, shareOf(bars, event) * own.length);
    });
    const help = one("[data-help]");
    const keys = one("[data-keys]", help);
    help.hidden = false;
    keys.checked = recall("podcast:keys") !== "false";
    keys.addEventListener("change", () => remember("podcast:keys", String(keys.checked)));
    if (!studio.playing || inHand()) take(own, timeOf(location.hash)); // what plays goes on
    show();
  };
  document.addEventListener("page", start);
  start();
})();
