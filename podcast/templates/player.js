// What the pages can do beyond plain HTML: one player at a time, `#t=` links, speed,
// the transcript's current line, and the place where you stopped.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];

  document.addEventListener("play", (event) => {
    for (const other of all("audio")) if (other !== event.target) other.pause();
  }, true);

  const player = document.querySelector("[data-player]");
  if (!player) return;
  const audio = player.querySelector("audio");

  // Storage may be switched off or full; the page does without.
  const remember = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {}
  };
  const recall = (key) => {
    try { return Number(localStorage.getItem(key)) || 0; } catch { return 0; }
  };

  // --- going to a time ---
  let wanted = null;
  const go = (time) => {
    if (audio.readyState) audio.currentTime = Math.max(0, Math.min(time, audio.duration));
    else wanted = time;
  };
  audio.addEventListener("loadedmetadata", () => {
    if (wanted !== null) go(wanted);
    wanted = null;
  });
  const play = () => audio.play().catch(() => {});

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
    history.replaceState(null, "", link.hash);
    go(timeOf(link.hash));
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
  const from = timeOf(location.hash) ?? recall(place);
  if (from) go(from);

  // --- buttons ---
  const speeds = all("[data-speed]");
  const setSpeed = (speed) => {
    audio.defaultPlaybackRate = audio.playbackRate = speed;
    for (const button of speeds) button.setAttribute("aria-pressed", Number(button.dataset.speed) === speed);
  };
  for (const button of speeds) {
    button.addEventListener("click", () => {
      setSpeed(Number(button.dataset.speed));
      remember("podcast:speed", button.dataset.speed);
    });
  }
  const usual = recall("podcast:speed");
  if (speeds.some((button) => Number(button.dataset.speed) === usual)) setSpeed(usual);
  for (const button of all("[data-skip]")) {
    button.addEventListener("click", () => go(audio.currentTime + Number(button.dataset.skip)));
  }
  player.querySelector(".tools").hidden = false;

  // --- the current line and chapter ---
  const track = (selector) => {
    const links = all(selector);
    const starts = links.map((link) => timeOf(link.hash));
    let current = null;
    return (time) => {
      let index = starts.length - 1;
      while (index >= 0 && starts[index] > time + 0.05) index -= 1;
      const before = current;
      current = links[index] ?? null;
      if (current !== before) {
        before?.removeAttribute("aria-current");
        current?.setAttribute("aria-current", "true");
      }
      return [before, current];
    };
  };
  const chapterAt = track(".chapters a");
  const lineAt = track(".lines a");
  const find = document.querySelector("[data-current]");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const show = (line) => line?.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  };
  const follow = () => {
    chapterAt(audio.currentTime);
    const [before, now] = lineAt(audio.currentTime);
    find.hidden = !now;
    // Follow whoever reads along; leave alone whoever scrolled elsewhere.
    if (now && before && now !== before && !audio.paused && visible(before)) show(now);
  };
  audio.addEventListener("timeupdate", follow);
  audio.addEventListener("seeked", follow);
  find.addEventListener("click", () => show(document.querySelector(".lines [aria-current]")));

  // --- the lock screen ---
  if ("mediaSession" in navigator && location.protocol !== "file:") {
    navigator.mediaSession.metadata = new MediaMetadata({
      title: document.querySelector("h1").textContent,
      artist: document.querySelector(".home").textContent.trim(),
      artwork: [{ src: document.querySelector(".home img").src, sizes: "600x600", type: "image/jpeg" }],
    });
  }
})();
