// What the pages can do beyond plain HTML: one sound at a time, addresses copied, and on an episode's page a player
// with chapters, speed, keys, `#t=` links, the place where you stopped, and a transcript that goes along.
"use strict";
(() => {
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

  document.addEventListener("play", (event) => {
    for (const other of all("audio")) if (other !== event.target) other.pause();
  }, true);

  // --- copying: a browser lets only pages from https, or from this machine, do so ---
  const say = (text) => { one("[data-said]").textContent = text; };
  const copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      say("The browser does not let this page copy.");
      return;
    }
    say("Copied.");
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 2000);
  };
  if (navigator.clipboard) {
    for (const button of all("[data-copy]")) {
      button.closest("[hidden]").hidden = false;
      button.addEventListener("click", () => copy(button, button.dataset.copy));
    }
  }

  const player = one("[data-player]");
  if (!player) return;
  const audio = one("audio", player);

  // --- going to a time ---
  let wanted = null;
  const here = () => (audio.readyState ? audio.currentTime : wanted ?? 0);
  const go = (time) => {
    if (audio.readyState) {
      audio.currentTime = Math.max(0, Math.min(time, audio.duration));
    } else { // nothing is loaded before somebody plays
      wanted = Math.max(0, time);
      audio.dispatchEvent(new Event("seeking"));
    }
  };
  audio.addEventListener("loadedmetadata", () => {
    if (wanted !== null) go(wanted);
    wanted = null;
  });
  const play = () => audio.play().catch(() => {}); // refused before the first click: the button is there
  const toggle = () => (audio.paused ? play() : audio.pause());

  // `#t=83`, `#t=83.5` and `#t=1:23` all name a time.
  const timeOf = (hash) => {
    const found = /^#t=((?:\d+:){0,2}\d+(?:\.\d+)?)$/.exec(hash);
    return found && found[1].split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#t=']");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (event.detail && !getSelection().isCollapsed) return; // the text is being copied
    const hash = link.getAttribute("href");
    history.replaceState(null, "", hash);
    go(timeOf(hash));
    play();
  });
  addEventListener("hashchange", () => {
    const time = timeOf(location.hash);
    if (time !== null) go(time);
  });

  // --- where you stopped ---
  const place = "podcast:place:" + player.dataset.key;
  const keep = () => {
    const near = audio.currentTime < 5 || audio.duration - audio.currentTime < 5;
    if (audio.readyState) remember(place, near ? null : audio.currentTime.toFixed(1));
  };
  let kept = 0;
  audio.addEventListener("timeupdate", () => {
    if (Math.abs(audio.currentTime - kept) < 5) return;
    kept = audio.currentTime;
    keep();
  });
  audio.addEventListener("pause", keep);
  addEventListener("pagehide", keep);
  const from = timeOf(location.hash) ?? Number(recall(place));
  if (from) go(from);

  // --- chapters and lines: which one is heard ---
  const track = (selector) => {
    const links = all(selector);
    const starts = links.map((link) => timeOf(link.getAttribute("href")));
    let current = null;
    return {
      links,
      starts,
      at: (time) => starts.findLastIndex((start) => start <= time + 0.05),
      mark(time) {
        const before = current;
        current = links[this.at(time)] ?? null;
        if (current !== before) {
          before?.removeAttribute("aria-current");
          current?.setAttribute("aria-current", "true");
        }
        return [before, current];
      },
    };
  };
  const chapters = track(".chapters a");
  const lines = track(".lines a[href^='#t=']");
  const titleAt = (time) => one("span", chapters.links[Math.max(0, chapters.at(time))]).textContent;
  const stepChapter = (step) => {
    const current = Math.max(0, chapters.at(here()));
    const again = step < 0 && here() - chapters.starts[current] > 3; // first back to where it began
    const target = Math.max(0, again ? current : current + step);
    if (target < chapters.starts.length) go(chapters.starts[target]);
  };

  // --- the deck ---
  const deck = one("[data-deck]", player);
  const position = one("[data-position]", player);
  const veil = one(".now-line", player);
  const segments = all(".chapter-bar rect", player);
  const length = Number(position.max);
  const clock = (time) => {
    const [hours, minutes, seconds] = [time / 3600, (time / 60) % 60, time % 60].map(Math.floor);
    const tail = String(seconds).padStart(2, "0");
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
  };
  const show = () => {
    const time = here();
    const share = `${Math.min(100, (100 * time) / length)}%`;
    for (const spot of all("[data-now]")) spot.textContent = clock(time);
    one("[data-chapter]", player).textContent = titleAt(time);
    position.value = time;
    position.setAttribute("aria-valuetext", `${clock(time)} of ${clock(length)}, ${titleAt(time)}`);
    veil.classList.toggle("moved", time > 0);
    one("rect", veil).setAttribute("x", share);
    for (const end of ["x1", "x2"]) one("line", veil).setAttribute(end, share);
    chapters.mark(time);
    segments.forEach((segment, index) => segment.classList.toggle("heard", time > 0 && index === chapters.at(time)));
    follow(...lines.mark(time));
  };
  const sound = () => {
    player.classList.toggle("playing", !audio.paused);
    one("[data-play]", player).setAttribute("aria-label", audio.paused ? "Play" : "Pause");
  };

  const rate = one("[data-speed]", player);
  const speeds = [...rate.options].map((option) => option.value);
  const setSpeed = (speed) => {
    rate.value = speed;
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed);
    remember("podcast:speed", speed);
  };
  const stepSpeed = (step) => setSpeed(speeds[speeds.indexOf(rate.value) + step] ?? rate.value);
  if (speeds.includes(recall("podcast:speed"))) setSpeed(recall("podcast:speed"));

  one("[data-play]", player).addEventListener("click", toggle);
  position.addEventListener("input", () => { go(Number(position.value)); });
  rate.addEventListener("change", () => setSpeed(rate.value));
  for (const button of all("[data-skip]", player)) {
    button.addEventListener("click", () => go(here() + Number(button.dataset.skip)));
  }
  for (const button of all("[data-chapter-step]", player)) {
    button.addEventListener("click", () => stepChapter(Number(button.dataset.chapterStep)));
  }
  const copyTime = one("[data-copy-time]", player);
  copyTime.hidden = !navigator.clipboard;
  copyTime.addEventListener("click", () => {
    copy(copyTime, `${location.href.split("#")[0]}#t=${Math.floor(here())}`);
  });

  // --- following ---
  const followButton = one("[data-follow]");
  const jump = one("[data-current]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const into = (line) => line?.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  const setFollow = (on) => followButton.setAttribute("aria-pressed", on);
  function follow(before, now) {
    jump.hidden = !now || visible(now);
    const on = followButton.getAttribute("aria-pressed") === "true";
    // Whoever scrolled elsewhere is left alone.
    if (on && now && before && now !== before && !audio.paused && visible(before)) into(now);
  }
  setFollow(recall("podcast:follow") !== "false");
  followButton.hidden = false;
  followButton.addEventListener("click", () => {
    const on = followButton.getAttribute("aria-pressed") !== "true";
    setFollow(on);
    remember("podcast:follow", String(on));
  });
  jump.addEventListener("click", () => into(one(".lines [aria-current]")));

  // --- keys, where no field, list or button wants them ---
  const help = one("[data-help]");
  const keysOn = one("[data-keys]", help);
  keysOn.checked = recall("podcast:keys") !== "false";
  keysOn.addEventListener("change", () => remember("podcast:keys", String(keysOn.checked)));
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
    if (!act || !keysOn.checked || event.metaKey || event.ctrlKey || event.altKey) return;
    const at = event.target;
    if (at.closest("input:not([type=range]), select, textarea, [contenteditable]")) return;
    if (event.key === " " && at.closest("a, button, summary, audio")) return;
    if (event.key.startsWith("Arrow") && at.closest("input, audio")) return;
    event.preventDefault();
    act();
  });

  for (const name of ["timeupdate", "seeking", "seeked", "loadedmetadata"]) audio.addEventListener(name, show);
  for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, sound);
  addEventListener("scrollend", show);
  audio.controls = false;
  for (const hidden of [deck, position, help]) hidden.hidden = false;
  player.classList.add("ready");
  show();
  sound();

  // --- the lock screen ---
  if ("mediaSession" in navigator && location.protocol !== "file:") {
    navigator.mediaSession.metadata = new MediaMetadata({
      title: one("h1").textContent,
      artist: one(".home").textContent.trim(),
      artwork: ["144", "600"].map((size) => ({
        src: one(".home img").src.replace("cover-144", `cover-${size}`), sizes: `${size}x${size}`, type: "image/jpeg",
      })),
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
  }
})();
