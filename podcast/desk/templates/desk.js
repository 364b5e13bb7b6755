// The desk in the browser. What it shows is the show's files: after each change the lines are fetched anew.
"use strict";

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const page = one("[data-episode]");
const base = page ? `/e/${page.dataset.episode}/` : "/";

// --- what is told, and what is asked --------------------------------------------------------------

let telling = 0;

function tell(text, wrong = false) {
  const [said, other] = [one(wrong ? "[data-wrong]" : "[data-told]"), one(wrong ? "[data-told]" : "[data-wrong]")];
  other.hidden = true;
  said.hidden = !text;
  said.textContent = text;
  clearTimeout(telling);
  telling = setTimeout(() => { said.hidden = true; }, wrong ? 15000 : 5000);
}

// What the desk said no to: it was told, and nothing more is to be done of the act.
class Refused extends Error {}

// Ask for something; the answer is an object, or sound. What the desk refuses is told, and thrown.
async function ask(path, body = {}) {
  let answer;
  try {
    answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    tell("The desk does not answer. Is podcast desk still running? What you typed stays on this page.", true);
    throw new Refused("away");
  }
  if (answer.headers.get("content-type") === "audio/wav") return answer.blob();
  const said = await answer.json().catch(() => ({ error: `The desk failed (${answer.status}).`, hint: "Its terminal says why." }));
  if (answer.ok) return said;
  tell([said.error, said.hint].filter(Boolean).join(" "), true);
  if (said.kind === "Stale") await renew();
  throw new Refused(said.kind);
}

// Do what a button stands for: it is marked as busy, and cannot be pressed twice.
async function by(button, work) {
  if (button?.getAttribute("aria-busy") === "true") return;
  button?.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

// --- sound ----------------------------------------------------------------------------------------

const audio = one("[data-audio]");
const sample = new Audio();

function play(source) {
  audio?.pause();
  sample.src = typeof source === "string" ? source : URL.createObjectURL(source);
  return new Promise((resolve) => {
    sample.onended = sample.onpause = sample.onerror = resolve;
    sample.play().catch(resolve);
  });
}

function stopAll() {
  audio?.pause();
  sample.pause();
}

// --- the lines ------------------------------------------------------------------------------------

const version = () => Number(one("[data-version]").dataset.version);
const lineOf = (node) => node?.closest?.("[data-line]");
const numberOf = (line) => Number(line.dataset.line);
const textOf = (line) => one("[data-text]", line).textContent;
const lines = () => all("[data-line]").filter((line) => line.offsetParent !== null);

// Fetch the lines as they stand on the disk. Where somebody types, the words and the cursor stay.
async function renew(focus) {
  const open = one(".d-editor");
  const kept = open && { line: numberOf(lineOf(open)), was: open.dataset.was, text: one("textarea", open).value, at: one("textarea", open).selectionStart };
  const answer = await fetch(`${base}lines`);
  if (!answer.ok) return;
  const opened = all("details[open]", one("[data-lines]")).map((each) => [lineOf(each)?.id, each.className]);
  one("[data-lines]").innerHTML = await answer.text();
  for (const [id, kind] of opened) if (id) one(`#${id} details.${kind}`)?.setAttribute("open", "");
  const waiting = Number(one("[data-waiting]").dataset.waiting);
  one("[data-count]").textContent = waiting;
  document.title = document.title.replace(/^(\(\d+\) )?/, waiting ? `(${waiting}) ` : "");
  if (kept) {
    const same = all("[data-line]").filter((line) => textOf(line) === kept.was);
    const line = same.find((each) => numberOf(each) === kept.line) || same[0];
    if (line) edit(line, kept.text, kept.at);
  } else if (focus) {
    one(`#line-${focus}`)?.focus();
  }
}

async function change(changes, said, { focus, because = "", allow = false } = {}) {
  await ask(`${base}change`, { base: version(), changes, because, allow });
  await renew(focus);
  if (said) tell(said);
}

async function hear(line, changes = []) {
  const number = numberOf(line);
  tell("…");
  const sound = await ask(`${base}hear`, { base: version(), changes, first: number });
  tell("");
  await play(sound);
}

// --- an editor in a line --------------------------------------------------------------------------

function edit(line, text, at) {
  const open = one(".d-editor");
  if (open && lineOf(open) === line) return one("textarea", open).focus();
  if (open) leave(open);
  const form = one("#editor").content.firstElementChild.cloneNode(true);
  const area = one("textarea", form);
  form.dataset.was = textOf(line);
  one("[data-label]", form).textContent = `Line ${numberOf(line)}, said by ${one(".d-who", line).textContent}`;
  area.value = text ?? one("[data-typed]", line)?.textContent ?? textOf(line);
  one(".d-head", line).after(form);
  one("[data-text]", line).hidden = true;
  area.focus();
  area.setSelectionRange(at ?? area.value.length, at ?? area.value.length);
  if (area.value !== textOf(line)) judge(form);
}

function leave(form) {
  const line = lineOf(form);
  form.remove();
  one("[data-text]", line).hidden = false;
  line.focus();
}

let waiting = 0;

// Half a second after the last key the words are kept as typed, and judged.
function typed(form) {
  clearTimeout(waiting);
  waiting = setTimeout(() => judge(form), 500);
}

async function judge(form) {
  const [line, area] = [lineOf(form), one("textarea", form)];
  const asked = area.value;
  const found = await ask(`${base}type`, { base: version(), line: numberOf(line), text: asked }).catch((error) => { if (!(error instanceof Refused)) throw error; });
  if (!found || area.value !== asked || !form.isConnected) return;
  one("[data-allow]", form).hidden = !found.refused;
  one("[data-keep]", form).disabled = found.refused;
  const verdict = one("[data-verdict]", form);
  verdict.replaceChildren();
  if (found.faults.length) {
    const list = document.createElement("ul");
    for (const fault of found.faults) {
      const row = document.createElement("li");
      row.textContent = `${fault.grade === "doubted" ? "Doubted: " : ""}${fault.reason}`;
      list.append(row);
    }
    verdict.append(list);
    one("details.d-behind", line)?.setAttribute("open", "");
  }
  const fine = document.createElement("p");
  fine.className = "d-fine";
  fine.textContent = asked === form.dataset.was ? "It says that already." : cost(found);
  verdict.append(fine);
}

function cost(found) {
  if (!found.lines) return "Nothing has to be recorded.";
  const lines = found.lines === 1 ? "1 line" : `${found.lines} lines`;
  const price = found.cost === null ? "" : `, ${found.cost.toFixed(4)} US dollars`;
  return `Records ${lines}, about ${found.seconds} s of sound${price}.`;
}

const said = (form) => ({ do: "say", line: numberOf(lineOf(form)), text: one("textarea", form).value });

async function keep(form, allow) {
  const number = numberOf(lineOf(form));
  clearTimeout(waiting);
  const because = one("[name=because]", form).value;
  const changes = one("textarea", form).value === form.dataset.was ? [] : [said(form)];
  if (!changes.length) return leave(form);
  await ask(`${base}change`, { base: version(), changes, because, allow });
  form.remove();
  await renew(number);
  tell("Kept. Hear it in its place, or mix the episode.");
}

// --- what each button does ------------------------------------------------------------------------

const ACTS = {
  play(line) {
    if (line.dataset.start === undefined || !audio) return hear(line);
    sample.pause();
    audio.currentTime = Number(line.dataset.start);
    return audio.play();
  },
  edit: (line) => edit(line),
  hear: (line) => hear(line),
  retake: (line) => retake(line),
  choose: (line, node) => change([{ do: "retake", line: numberOf(line), take: Number(node.value) }], `Take ${node.value} is chosen.`, { focus: numberOf(line) }),
  sound: (line, node) => play(node.dataset.sound),
  use(line, node) { edit(line, node.dataset.use); },
  speak: (line, node) => change([{ do: "speak", line: numberOf(line), host: node.dataset.speak }], "Another host says it.", { focus: numberOf(line) }),
  up: (line) => move(line, numberOf(line) - 2, numberOf(line) - 1),
  down: (line) => move(line, numberOf(line) + 1, numberOf(line) + 1),
  join: (line) => change([{ do: "join", line: numberOf(line) }], "Joined.", { focus: numberOf(line) }),
  delete: (line) => change([{ do: "delete", line: numberOf(line) }], "Left out. Undo brings it back.", { focus: Math.max(1, numberOf(line) - 1) }),
  merge: (line) => change([{ do: "divide", line: numberOf(line), title: "" }], "No chapter begins here.", { focus: numberOf(line) }),
  forget: async (line, node) => { await ask(`${base}drop`, { was: node.dataset.was, host: node.dataset.host }); await renew(); },
  old: (line) => hear(line),
  new: (line, node) => hear(line, [said(node.closest("form"))]),
  allow: (line, node) => keep(node.closest("form"), true),
  leave: async (line, node) => { await drop(line); leave(node.closest("form")); one("[data-typed]", line)?.parentElement.remove(); },
  split: async (line, node) => {
    const form = node.closest("form");
    const at = one("textarea", form).selectionStart;
    const before = one("textarea", form).value === form.dataset.was ? [] : [said(form)];
    await ask(`${base}change`, { base: version(), changes: [...before, { do: "split", line: numberOf(line), at }] });
    form.remove();
    await renew(numberOf(line));
    tell("Split.");
  },
  mix: async () => {
    tell("Mixing …");
    const { wrong } = await ask(`${base}mix`);
    if (wrong) return tell(wrong, true);
    if (!audio) return location.reload();
    audio.load();
    await renew();
    tell("Mixed. Listeners have the one before until you publish.");
  },
  publish: async () => {
    if (!confirm("Publish the show? Listeners get what is mixed.")) return;
    tell("Publishing …");
    const { wrong } = await ask("/publish");
    if (page) await renew();
    list(wrong, "Published. All is as it should be.");
  },
  check: async () => {
    tell("Checking …");
    list((await ask("/check")).wrong, "Every rule holds.");
  },
  undo: async () => { await ask(`${base}undo`, { base: version() }); await renew(); tell("Undone."); },
  back: async (line, node) => {
    await ask(`${base}back`, { base: version(), number: Number(node.dataset.back) });
    await renew();
    await showVersions();
    tell(`As in version ${node.dataset.back}.`);
  },
  history: async (line, node) => {
    const shown = node.getAttribute("aria-expanded") !== "true";
    node.setAttribute("aria-expanded", shown);
    one("[data-versions]").hidden = !shown;
    if (shown) await showVersions();
  },
  say: async (line, node) => {
    const form = node.closest("form");
    await play(await ask("/say", { host: one("[name=host]").value, text: form.elements.spoken.value || form.elements.written.value }));
  },
  stop: async (line, node) => { await ask("/runs/stop", { run: node.dataset.stop }); tell("It ends after the line it is at."); },
};

function move(line, after, number) {
  const goes = { do: "move", line: numberOf(line), after };
  return change([goes], "Moved.", { focus: number });
}

// A take that nobody made yet: behind the highest there is.
function retake(line) {
  const takes = all("[data-choose]", line).map((each) => Number(each.value));
  const take = Math.max(Number(line.dataset.take), 0, ...takes) + 1;
  return change([{ do: "retake", line: numberOf(line), take }], `Take ${take} is recorded when it is heard or mixed.`, { focus: numberOf(line) })
    .then(() => hear(one(`#line-${numberOf(line)}`)))
    .then(() => renew(numberOf(line)));
}

function drop(line) {
  const was = textOf(line);
  clearTimeout(waiting);
  return ask(`${base}drop`, { was, host: line.dataset.host });
}

async function showVersions() {
  const answer = await fetch(`${base}history`);
  one("[data-versions]").innerHTML = await answer.text();
}

function list(wrong, fine) {
  const shown = one("[data-checks]");
  shown.hidden = !wrong.length;
  shown.replaceChildren(...wrong.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  tell(wrong.length ? `${wrong.length} of it is not as it should be: see the list.` : fine, Boolean(wrong.length));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const act = button && Object.keys(button.dataset).find((name) => name in ACTS);
  if (act) by(button, () => ACTS[act](lineOf(button), button));
});

document.addEventListener("change", (event) => {
  const node = event.target;
  if ("choose" in node.dataset) by(node, () => ACTS.choose(lineOf(node), node));
  if ("only" in node.dataset) document.body.classList.toggle("only", node.checked);
});

document.addEventListener("input", (event) => {
  const form = event.target.closest(".d-editor");
  if (form && event.target.localName === "textarea") typed(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || form.matches(".d-editor, [data-insert], [data-divide], [data-entitle], [data-recast], [data-spell], [data-run], [data-set]")) {
    if (form.getAttribute("action") === "/day") return;
    event.preventDefault();
  }
  const button = event.submitter;
  const line = lineOf(form);
  by(button, async () => {
    if (form.matches(".d-editor")) return keep(form, false);
    if (form.matches("[data-insert]")) return change([{ do: "insert", after: numberOf(line), host: form.elements.host.value, text: form.elements.text.value }], "Inserted.", { focus: numberOf(line) + 1 });
    if (form.matches("[data-divide]") && form.elements.title.value) return change([{ do: "divide", line: numberOf(line), title: form.elements.title.value }], "A chapter begins here.", { focus: numberOf(line) });
    if (form.matches("[data-entitle]")) {
      const [title, description] = [form.elements.title.value, form.elements.description.value];
      await change([{ do: "entitle", title, description }], "Kept.");
      one("[data-title]").textContent = title;
      one("[data-description]").textContent = description;
      return;
    }
    if (form.matches("[data-recast]")) return change([{ do: "recast", host: form.elements.host.value, voice: form.elements.voice.value }], "Its lines are recorded when you mix.");
    if (form.matches("[data-spell]")) {
      await ask("/lexicon", { written: form.elements.written.value, spoken: form.elements.spoken.value });
      tell("Lines that hold the word are recorded when you mix.");
      return renew();
    }
    if (form.matches("[data-run]")) {
      const values = new FormData(form);
      await ask("/runs", { day: form.dataset.run, papers: values.getAll("paper"), stages: values.getAll("stage"), publish: values.has("publish") });
      location.href = "/runs";
    }
    if (form.matches("[data-set]")) {
      await ask("/settings", { name: form.dataset.set, value: form.elements.value.value });
      one(".d-from", form).textContent = "from podcast.toml";
      tell(`${form.dataset.set} is set.`);
    }
  });
});

// --- keys: in a field they write ------------------------------------------------------------------

const KEYS = {
  " ": (line) => (audio && !audio.paused) || !sample.paused ? stopAll() : line ? ACTS.play(line) : audio?.play(),
  ArrowDown: (line) => step(line, 1),
  ArrowUp: (line) => step(line, -1),
  Enter: (line) => line && edit(line),
  h: (line) => line && hear(line),
  r: (line) => line && retake(line),
  "[": (line) => line && turn(line, -1),
  "]": (line) => line && turn(line, 1),
};

function step(line, by_) {
  const shown = lines();
  const at = shown.indexOf(line);
  shown[at < 0 ? 0 : Math.min(Math.max(at + by_, 0), shown.length - 1)]?.focus();
}

function turn(line, by_) {
  const takes = all("[data-choose]", line);
  const next = takes[takes.findIndex((each) => each.checked) + by_];
  if (next) return ACTS.choose(line, next).then(() => hear(one(`#line-${numberOf(line)}`)));
}

document.addEventListener("keydown", (event) => {
  const node = event.target;
  if (event.key === "Escape" && node.closest(".d-editor")) {
    event.preventDefault();
    const form = node.closest(".d-editor");
    return by(null, () => ACTS.leave(lineOf(form), form));
  }
  if (!page || event.ctrlKey || event.metaKey || event.altKey || node.matches("input, textarea, select, button, summary, audio, a")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  by(null, async () => act(lineOf(node)));
});

// --- what is heard is shown -----------------------------------------------------------------------

audio?.addEventListener("timeupdate", () => {
  const now = audio.currentTime;
  for (const line of all("[data-start]")) {
    const heard = !audio.paused && Number(line.dataset.start) <= now && now < Number(line.dataset.end);
    if (heard === line.hasAttribute("aria-current")) continue;
    line.toggleAttribute("aria-current", heard);
    if (heard) {
      line.setAttribute("aria-current", "true");
      if (!one(".d-editor")) line.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  }
});

// --- what others do meanwhile ---------------------------------------------------------------------

async function look() {
  if (document.hidden) return;
  const answer = await fetch(`${base}state`).catch(() => null);
  if (!answer?.ok) return;
  const found = await answer.json();
  if (found.version !== version() && !one("[aria-busy=true]")) {
    await renew();
    tell("Somebody changed the script: these are its lines now.");
  }
}

if (page) setInterval(look, 2000);

async function watch() {
  if (document.hidden || !one("[data-alive]")) return;
  const answer = await fetch("/runs?part");
  if (answer.ok) one("[data-runs]").innerHTML = await answer.text();
}

if (one("[data-runs]")) setInterval(watch, 1000);
