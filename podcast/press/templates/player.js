// The sound in hand: one <audio> while pages change, with its row at the lower edge, keys, the lock screen, and the
// place where you stopped. What it does it tells by the event "player"; pages.js and episode.js listen.
"use strict";
const studio = (() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Storage may be switched off or full; the page does without.
  const remember = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {}
  };
  const recall = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };

  const clock = (time) => {
    const [hours, minutes, seconds] = [time / 3600, (time / 60) % 60, time % 60].map(Math.floor);
    const tail = String(seconds).padStart(2, "0");
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
  };
  // `#t=83`, `#t=83.5` and `#t=1:23` all name a time.
  const timeOf = (hash) => {
    const found = /^#t=((?:\d+:){0,2}\d+(?:\.\d+)?)$/.exec(hash);
    return found && found[1].split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  };
  const say = (text) => { one("body > [data-said]").textContent = text; };
  // A browser lets only pages from https, or from this machine, copy.
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      say("The browser does not let this page copy.");
      return false;
    }
    say("Copied.");
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 2000);
    return true;
  };

  const dock = one("[data-dock]");
  const tools = { one, all, remember, recall, clock, timeOf, say, copy };
  if (!dock) return tools; // a frame without it keeps the browser's own players
  const audio = one("[data-audio]", dock);
  const tell = () => document.dispatchEvent(new Event("player"));

  // --- what is in hand: an episode as its page has it ---
  let hand = null;
  const read = (page, address) => {
    const stage = one("[data-stage]", page);
    if (!stage) return null;
    const whole = (path) => new URL(path, address).href;
    const start = (link) => timeOf(link.getAttribute("href"));
    return {
      key: stage.dataset.key,
      page: whole("").split("#")[0],
      sound: whole(stage.dataset.sound),
      length: Number(stage.dataset.duration),
      title: one("h1", page).textContent,
      art: whole(one(".episode .cover", page).getAttribute("src")),
      chapters: all(".chapters a", page).map((link) => ({ start: start(link), title: one("span", link).textContent })),
      lines: all(".lines li", page).map((line) => ({
        start: start(one("a", line)), host: one(".host", line).textContent,
      })),
    };
  };
  const last = (spots, time) => spots.findLast((spot) => spot.start <= time + 0.05);
  const chapterAt = (time, of = hand) => (last(of.chapters, time) ?? of.chapters[0])?.title ?? "";
  const about = (time, of = hand) => [clock(time), last(of.lines, time)?.host, chapterAt(time, of)].filter(Boolean);

  // --- where you stopped, by episode ---
  const place = (key) => {
    const kept = recall("podcast:place:" + key);
    return kept === "end" ? Infinity : Number(kept);
  };
  const keep = () => {
    if (!hand || !loaded()) return;
    const end = audio.ended || audio.duration - audio.currentTime < 5;
    const at = audio.currentTime < 5 ? null : audio.currentTime.toFixed(1);
    remember("podcast:place:" + hand.key, end ? "end" : at);
  };
  let kept = 0;
  audio.addEventListener("timeupdate", () => {
    if (Math.abs(audio.currentTime - kept) < 5) return;
    kept = audio.currentTime;
    keep();
  });
  for (const name of ["pause", "ended"]) audio.addEventListener(name, keep);
  addEventListener("pagehide", keep);

  // --- going to a time; nothing is loaded before somebody plays ---
  let wanted = null;
  const loaded = () => audio.readyState && !audio.error;
  const here = () => (loaded() ? audio.currentTime : wanted ?? 0);
  const go = (time) => {
    if (loaded()) audio.currentTime = Math.max(0, Math.min(time, audio.duration));
    else wanted = Math.max(0, Math.min(time, hand?.length || time));
    tell();
  };
  audio.addEventListener("loadedmetadata", () => {
    if (wanted !== null) audio.currentTime = wanted;
    wanted = null;
  });
  const play = () => {
    if (audio.error) audio.load(); // what failed once is dead until then
    return audio.play().catch(() => {}); // refused before the first click: the button is there
  };
  const toggle = () => (audio.paused ? play() : audio.pause());

  const FAILED = "The sound could not be loaded. Play tries again.";
  audio.addEventListener("error", () => {
    wanted ??= audio.currentTime;
    audio.pause(); // the button says Play again
    say(FAILED);
    tell();
  });

  // Takes an episode in hand, where it was left or `from` a time; what was in hand keeps its place.
  const take = (next, from = null) => {
    if (hand?.key === next.key) {
      hand = { ...hand, ...next };
      if (from !== null) go(from);
      else tell();
      return;
    }
    keep();
    hand = next;
    audio.src = next.sound;
    audio.defaultPlaybackRate = audio.playbackRate = Number(rate.value);
    const left = place(next.key);
    wanted = from ?? (Number.isFinite(left) && left ? left : null);
    kept = 0;
    tell();
    lockScreen();
  };
  // Of what plays from a list, chapters and speakers come with its page, which is asked for meanwhile.
  const hear = async (next, from = null) => {
    take(next, from);
    play();
    if (next.lines.length) return;
    const text = await fetch(next.page).then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
    const found = text && read(new DOMParser().parseFromString(text, "text/html"), next.page);
    if (found && hand.key === found.key) take(found);
    lockScreen();
  };

  const stepChapter = (step) => {
    const starts = hand.chapters.map((chapter) => chapter.start);
    const current = Math.max(0, starts.findLastIndex((start) => start <= here() + 0.05));
    const again = step < 0 && here() - starts[current] > 3; // first back to where it began
    const target = Math.max(0, again ? current : current + step);
    if (target < starts.length) go(starts[target]);
  };

  // --- the row ---
  const position = one("[data-position]", dock);
  const rate = one("[data-speed]", dock);
  const speeds = [...rate.options].map((option) => option.value);
  const setSpeed = (speed) => {
    rate.value = speed;
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed);
    remember("podcast:speed", speed);
  };
  const stepSpeed = (step) => setSpeed(speeds[speeds.indexOf(rate.value) + step] ?? rate.value);
  if (speeds.includes(recall("podcast:speed"))) setSpeed(recall("podcast:speed"));

  const show = () => {
    dock.hidden = !hand;
    if (!hand) return;
    document.documentElement.classList.add("docked");
    const time = here();
    const title = one("[data-title]", dock);
    title.textContent = hand.title;
    title.href = hand.page;
    one("[data-now]", dock).textContent = clock(time);
    one("[data-whole]", dock).textContent = clock(hand.length);
    one("[data-chapter]", dock).textContent = audio.error ? FAILED : chapterAt(time);
    position.max = hand.length;
    position.value = time;
    position.setAttribute("aria-valuetext", about(time).join(", ").replace(",", ` of ${clock(hand.length)},`));
    dock.style.setProperty("--at", `${Math.min(100, (100 * time) / hand.length)}%`);
    const button = one("[data-play]", dock);
    button.classList.toggle("on", !audio.paused);
    button.setAttribute("aria-label", audio.paused ? "Play" : "Pause");
  };
  document.addEventListener("player", show);
  for (const name of ["timeupdate", "seeking", "seeked", "loadedmetadata", "play", "pause", "ended"]) {
    audio.addEventListener(name, tell);
  }
  one("[data-play]", dock).addEventListener("click", toggle);
  position.addEventListener("input", () => go(Number(position.value)));
  rate.addEventListener("change", () => setSpeed(rate.value));
  for (const button of all("[data-skip]", dock)) {
    button.addEventListener("click", () => go(here() + Number(button.dataset.skip)));
  }
  for (const button of all("[data-chapter-step]", dock)) {
    button.addEventListener("click", () => stepChapter(Number(button.dataset.chapterStep)));
  }
  const copyTime = one("[data-copy-time]", dock);
  copyTime.hidden = !navigator.clipboard;
  copyTime.addEventListener("click", () => copy(copyTime, `${hand.page}#t=${Math.floor(here())}`));
  const more = one("[data-open]", dock);
  const open = (on) => {
    more.setAttribute("aria-expanded", on);
    one("[data-rest]", dock).classList.toggle("open", on);
  };
  more.addEventListener("click", () => open(more.getAttribute("aria-expanded") !== "true"));
  dock.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || more.getAttribute("aria-expanded") !== "true") return;
    open(false);
    more.focus();
  });

  // A bar says, under the pointer or at its value by keyboard, which time that is, who speaks, and which chapter.
  const point = (bar, share, of) => {
    const bubble = one("[data-bubble]", bar);
    bubble.hidden = share === null || !of;
    if (bubble.hidden) return;
    bubble.textContent = about(share * of.length, of).join(" · ");
    const half = bubble.offsetWidth / 2;
    const at = Math.max(half, Math.min(bar.clientWidth - half, share * bar.clientWidth));
    bubble.style.left = `${at}px`;
  };
  const shareOf = (bar, event) => {
    const box = bar.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  };
  const seek = one(".seek", dock);
  const atValue = () => point(seek, Number(position.value) / (hand?.length || 1), hand);
  seek.addEventListener("pointermove", (event) => point(seek, shareOf(seek, event), hand));
  seek.addEventListener("pointerleave", () => point(seek, null));
  for (const name of ["input", "focus"]) {
    position.addEventListener(name, () => { if (name === "input" || position.matches(":focus-visible")) atValue(); });
  }
  position.addEventListener("blur", () => point(seek, null));

  // --- keys, where no field, list or button wants them ---
  const keys = {
    " ": toggle,
    k: toggle,
    j: () => go(here() - 15),
    l: () => go(here() + 30),
    ArrowLeft: () => go(here() - 15),
    ArrowRight: () => go(here() + 30),
    p: () => stepChapter(-1),
    n: () => stepChapter(1),
    "<": () => stepSpeed(-1),
    ">": () => stepSpeed(1),
  };
  document.addEventListener("keydown", (event) => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || !hand || recall("podcast:keys") === "false") return;
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
    const at = event.target;
    if (at.closest("input:not([type=range]), select, textarea, [contenteditable]")) return;
    if (event.key === " " && at.closest("a, button, summary, audio")) return;
    if (event.key.startsWith("Arrow") && at.closest("input, audio")) return;
    event.preventDefault();
    act();
  });

  // --- the lock screen ---
  const lockScreen = () => {
    if (!("mediaSession" in navigator) || location.protocol === "file:") return;
    const home = one(".home");
    const cover = one("img", home).src.replace("cover-144", "cover-600");
    navigator.mediaSession.metadata = new MediaMetadata({
      title: hand.title,
      artist: home.textContent.trim(),
      artwork: [{ src: hand.art ?? cover, sizes: "600x600", type: "image/jpeg" }],
    });
    const acts = {
      play,
      pause: () => audio.pause(),
      seekbackward: () => go(here() - 15),
      seekforward: () => go(here() + 30),
      seekto: (details) => go(details.seekTime),
      previoustrack: () => stepChapter(-1),
      nexttrack: () => stepChapter(1),
    };
    for (const [name, act] of Object.entries(acts)) navigator.mediaSession.setActionHandler(name, act);
  };

  return {
    ...tools, audio, dock, read, take, hear, go, here, play, toggle, place, point, shareOf,
    get hand() { return hand; },
    get playing() { return Boolean(hand) && !audio.paused; },
  };
})();
