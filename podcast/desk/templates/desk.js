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
  if (text.endsWith("…")) return; // it stays as long as that is done
  telling = setTimeout(() => { said.hidden = true; }, wrong ? 15000 : 5000);
}

const ANEW = "The desk was started anew. Open the address that it printed, in another tab: then this one goes on, with what you typed.";

// What the desk said no to: it was told, and nothing more is to be done of the act.
class Refused extends Error {}

const send = (path, body, keepalive = false) => fetch(path, { method: "POST", keepalive, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

// Ask for something; the answer is an object, or sound. What the desk refuses is told, and thrown.
async function ask(path, body = {}) {
  let answer;
  try {
    answer = await send(path, body);
  } catch {
    tell("The desk does not answer. Is podcast desk still running? What you typed stays on this page.", true);
    throw new Refused("away");
  }
  if (answer.headers.get("content-type") === "audio/wav") return answer.blob();
  if (answer.status === 403) {
    tell(ANEW, true);
    throw new Refused("anew");
  }
  const said = await answer.json().catch(() => ({ error: `The desk failed (${answer.status}).`, hint: "Its terminal says why." }));
  if (answer.ok) return said;
  tell([said.error, said.hint].filter(Boolean).join(" "), true);
  if (said.kind === "Stale") await renew();
  throw new Refused(said.kind);
}

let working = 0; // what this page is at,
let done = 0; // and has done

// Do what a button stands for: it is marked as busy, and cannot be pressed twice.
async function by(button, work) {
  if (button?.getAttribute("aria-busy") === "true") return;
  button?.setAttribute("aria-busy", "true");
  working += 1;
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally {
    button?.removeAttribute("aria-busy");
    working -= 1;
    done += 1;
  }
}

// --- sound ----------------------------------------------------------------------------------------

const audio = one("[data-audio]");
const sample = new Audio();

let playing = 0;

// Play sounds one after the other, and say of each which it is; stopped, or with others begun, the rest is left out.
async function play(...sounds) {
  const mine = ++playing;
  audio?.pause();
  for (const [source, what] of sounds) {
    if (playing !== mine) return;
    if (what) tell(what);
    const address = typeof source === "string" ? source : URL.createObjectURL(source);
    sample.src = address;
    await new Promise((resolve) => {
      sample.onended = sample.onpause = sample.onerror = resolve;
      sample.play().catch(resolve);
    });
    if (address !== source) URL.revokeObjectURL(address);
  }
}

function stopAll() {
  playing += 1;
  audio?.pause();
  sample.pause();
}

// --- the lines ------------------------------------------------------------------------------------

const version = () => Number(one("[data-version]").dataset.version);
const lineOf = (node) => node?.closest?.("[data-line]");
const numberOf = (line) => Number(line.dataset.line);
const textOf = (line) => one("[data-text]", line).textContent;
const lines = () => all("[data-line]").filter((line) => line.offsetParent !== null);

let stopped = ""; // the number of the line that Tab stops at: where somebody was, or what is heard

function stop(line) {
  for (const each of all("[data-line][tabindex='0']")) each.tabIndex = -1;
  if (!line) return;
  line.tabIndex = 0;
  stopped = line.dataset.line;
}

function stopAgain() {
  const shown = lines();
  stop(shown.find((line) => line.dataset.line === stopped) || shown[0]);
}

// A line by the words that it said and where it stood: of several with these words the nearest.
const placeOf = (node) => [textOf(lineOf(node)), numberOf(lineOf(node))];
function lineLike([was, number]) {
  const far = (line) => Math.abs(numberOf(line) - number);
  return all("[data-line]").filter((line) => textOf(line) === was).sort((one, other) => far(one) - far(other))[0];
}

const given = (field) => field.localName === "select" ? ([...field.options].find((each) => each.defaultSelected) || field.options[0])?.value : field.defaultValue;

// What somebody does in the lines: an editor or an offered take, what is typed into small forms, what is open, and where
// the focus is.
function standing() {
  const root = one("[data-lines]");
  const fields = all("form:not(.d-editor) :is(input, textarea, select)", root).filter((field) => field.value !== given(field));
  const node = document.activeElement;
  const line = lineOf(node);
  const act = line && node !== line && Object.keys(node.dataset).find((name) => name in ACTS);
  return {
    carried: all(".d-editor, .d-offer", root).map((each) => [placeOf(each), each]),
    fields: fields.map((field) => [placeOf(field), Object.keys(field.form.dataset)[0], field.name, field.value]),
    opened: all(".d-line details[open]", root).map((each) => [placeOf(each), each.className]),
    focus: line && { node, place: placeOf(node), selector: act ? `[data-${act}]` : node.name && node.form ? `[data-${Object.keys(node.form.dataset)[0]}] [name="${node.name}"]` : "", range: node.selectionStart ?? null, end: node.selectionEnd },
  };
}

// Bring it back into lines that were fetched anew, and return the editors whose words are no line's any more.
function restore({ carried, fields, opened }) {
  const gone = [];
  for (const [place, node] of carried) {
    const line = lineLike(place);
    if (node.matches(".d-editor")) line ? put(node, line) : gone.push(node);
    else if (line && line.dataset.take !== node.dataset.take) one(".d-head", line).after(node);
  }
  for (const [place, kind] of opened) one(`details.${kind}`, lineLike(place) || one("#offer").content)?.setAttribute("open", "");
  for (const [place, form, name, value] of fields) {
    const field = lineLike(place) && one(`[data-${form}] [name="${name}"]`, lineLike(place));
    if (field) field.value = value;
  }
  return gone;
}

function refocus({ node, place, selector, range, end }) {
  const line = lineLike(place);
  const goal = node.isConnected ? node : line && ((selector && one(selector, line)) || line);
  goal?.focus({ preventScroll: true });
  if (goal && range !== null) goal.setSelectionRange?.(range, end);
}

// Fetch the lines as they stand on the disk. Whatever somebody types, its words and the cursor stay.
async function renew(focus) {
  const answer = await fetch(`${base}lines`).catch(() => null);
  if (!answer?.ok) return;
  const found = await answer.text();
  const before = standing(); // what is typed until now
  one("[data-lines]").innerHTML = found;
  const gone = restore(before);
  if (focus && !one(".d-editor")) one(`#line-${focus}`)?.focus();
  else if (before.focus) refocus(before.focus);
  stand();
  for (const form of gone) { // its words are others since: what was typed is kept beside, and shown above the lines
    settled();
    await send(`${base}type`, typing(form)).catch(() => null);
    await renew();
  }
  const form = one(".d-editor");
  if (form && form.dataset.base !== String(version())) {
    form.dataset.base = version();
    if (said(form).length) judge(form);
  }
}

// Say on the buttons what they come to.
function stand() {
  const { waiting: count, effort, mixed, out, nowTitle, nowDescription, cast: voices } = one("[data-version]").dataset;
  for (const [name, now] of [["title", nowTitle], ["description", nowDescription]]) {
    const field = one(`[data-entitle] [name=${name}]`);
    one(`[data-${name}]`).textContent = now;
    if (field.value === field.defaultValue) field.value = now;
    field.defaultValue = now;
  }
  cast(JSON.parse(voices));
  stopAgain();
  one("[data-count]").textContent = count;
  one("[data-eye]").hidden = count === "0" && !one("[data-only]").checked;
  document.title = `${count === "0" ? "" : `(${count}) `}${nowTitle} · Desk`;
  const [mix, publish] = [one("[data-mix]"), one(".d-deskplayer [data-publish]")];
  mix.disabled = mixed !== undefined;
  mix.title = mixed === undefined ? effort : "It is mixed as it stands here";
  publish.textContent = mixed === undefined ? "Mix and publish" : "Publish";
  publish.title = mixed === undefined ? effort : "";
  publish.classList.toggle("main", out === undefined);
}

async function change(changes, said, { focus, because = "", allow = false, empty } = {}) {
  await ask(`${base}change`, { base: version(), changes, because, allow });
  empty?.reset();
  await renew(focus);
  if (said) tell(said);
}

// Return the line in its place, as the changes make it; what is not recorded is, first.
async function soundOf(line, changes = []) {
  tell("Laying it out …");
  const sound = await ask(`${base}hear`, { base: version(), changes, first: numberOf(line) });
  tell("");
  return sound;
}

async function hear(line, changes = []) {
  await play([await soundOf(line, changes)]);
}

async function oldThenNew(line, changes) {
  const after = await soundOf(line, changes);
  await play([await soundOf(line), "As it is"], [after, "As it would be"]);
}

// --- an editor in a line --------------------------------------------------------------------------

function edit(line, text) {
  const open = one(".d-editor");
  const form = open && lineOf(open) === line ? open : one("#editor").content.firstElementChild.cloneNode(true);
  const area = one("textarea", form);
  if (form !== open) {
    if (open) leave(open);
    form.dataset.base = version();
    put(form, line);
    area.value = text ?? one("[data-typed]", line)?.textContent ?? textOf(line);
  } else if (text !== undefined) area.value = text;
  area.focus();
  if (form !== open || text !== undefined) {
    area.setSelectionRange(area.value.length, area.value.length);
    if (area.value !== textOf(line)) judge(form);
  }
}

// Lay the editor into the line. Who is to say it stays where somebody chose that, and follows the line where nobody did.
function put(form, line) {
  const who = one("[name=host]", form);
  if (!form.dataset.host || who.value === form.dataset.host) who.value = line.dataset.host;
  Object.assign(form.dataset, { was: textOf(line), host: line.dataset.host, number: line.dataset.line });
  one("[data-label]", form).textContent = `Line ${numberOf(line)}, said by ${one(".d-who", line).textContent}`;
  one(".d-head", line).after(form);
  line.classList.add("d-open");
}

// Close the editor; what was typed stays typed, and is shown at its line.
function leave(form) {
  const line = lineOf(form);
  settled();
  const shown = one("[data-typed]", line)?.textContent ?? textOf(line);
  if (one("textarea", form).value !== shown) send(`${base}type`, typing(form)).catch(() => null).then(() => renew());
  close(form);
}

function close(form) {
  const line = lineOf(form);
  form.remove();
  line.classList.remove("d-open");
  line.focus();
}

let waiting = 0;

// Half a second after the last key the words are kept as typed, and judged; at once where the page is left.
function typed(form) {
  clearTimeout(waiting);
  waiting = setTimeout(() => judge(form), 500);
}

function settled() {
  clearTimeout(waiting);
  waiting = 0;
}

const typing = (form) => ({ base: version(), line: Number(form.dataset.number), text: one("textarea", form).value, was: form.dataset.was, host: form.dataset.host });

addEventListener("pagehide", () => { if (waiting && one(".d-editor")) send(`${base}type`, typing(one(".d-editor")), true).catch(() => null); });

async function judge(form) {
  settled();
  if (!form.isConnected) return;
  const area = one("textarea", form);
  const asked = area.value;
  const mute = (error) => { if (!(error instanceof Refused)) throw error; };
  let found = await ask(`${base}type`, typing(form)).catch(mute);
  if (found && form.isConnected && said(form).some((each) => each.do === "speak")) found = await ask(`${base}propose`, { base: version(), changes: said(form) }).catch(mute);
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
    one("details.d-behind", lineOf(form))?.setAttribute("open", "");
  }
  const fine = document.createElement("p");
  fine.className = "d-fine";
  fine.textContent = said(form).length ? cost(found) : "It says that already.";
  verdict.append(fine);
}

function cost(found) {
  if (!found.lines) return "Nothing has to be recorded.";
  const lines = found.lines === 1 ? "1 line" : `${found.lines} lines`;
  const price = found.cost === null ? "" : `, ${found.cost.toFixed(4)} US dollars`;
  return `Records ${lines}, about ${found.seconds} s of sound${price}.`;
}

// What the editor comes to, as changes; none where it says what the line says already.
function said(form) {
  const [line, text, host] = [numberOf(lineOf(form)), one("textarea", form).value, one("[name=host]", form).value];
  return [
    ...(text === form.dataset.was ? [] : [{ do: "say", line, text }]),
    ...(!host || host === form.dataset.host ? [] : [{ do: "speak", line, host }]),
  ];
}

async function keep(form, allow) {
  const number = numberOf(lineOf(form));
  settled();
  const because = one("[name=because]", form).value;
  const changes = said(form);
  if (!changes.length) return leave(form);
  await ask(`${base}change`, { base: version(), changes, because, allow });
  form.remove();
  await renew(number);
  tell("Kept. Listeners get it when you press Mix and publish.");
}

// --- what each button does ------------------------------------------------------------------------

const ACTS = {
  play(line) {
    if (line.dataset.start === undefined || !audio) return hear(line);
    stopAll();
    audio.currentTime = Number(line.dataset.start);
    return audio.play();
  },
  edit: (line) => edit(line),
  hear: (line) => hear(line),
  retake: (line) => retake(line),
  choose: (line, node) => change([{ do: "retake", line: numberOf(line), take: Number(node.value) }], `Take ${node.value} is chosen.`, { focus: numberOf(line) }),
  sound: (line, node) => playTake(line, node),
  compare: (line) => play(...all("[data-sound]", line).map((each) => [each.dataset.sound, `Take ${each.dataset.number}`])),
  mark: (line) => mark(line),
  unmark: async (line) => { await ask(`${base}mark`, { base: version(), line: numberOf(line), done: true }); await renew(numberOf(line)); tell("The mark is gone."); },
  here: () => mark(one("[data-line][aria-current]") || lineOf(document.activeElement) || lineAt(audio?.currentTime || 0)),
  pass: (line, node) => change([{ do: "allow", line: numberOf(line), facts: JSON.parse(node.dataset.facts) }], "It passes, and that is noted.", { focus: numberOf(line) }),
  look: async (line) => { await ask(`${base}look`, { base: version(), line: numberOf(line) }); await renew(numberOf(line)); tell("It needs no eye any more, until it changes."); },
  next: () => next(lineOf(document.activeElement)),
  both: (line) => oldThenNew(line, offered(line)),
  taken: (line) => change(offered(line), "The new take is chosen.", { focus: numberOf(line) }),
  refuse: (line) => { one(".d-offer", line).remove(); line.focus(); },
  use(line, node) { edit(line, node.dataset.use); },
  speak: (line, node) => change([{ do: "speak", line: numberOf(line), host: node.dataset.speak }], "Another host says it.", { focus: numberOf(line) }),
  up: (line) => move(line, numberOf(line) - 2, numberOf(line) - 1),
  down: (line) => move(line, numberOf(line) + 1, numberOf(line) + 1),
  join: (line) => change([{ do: "join", line: numberOf(line) }], "Joined.", { focus: numberOf(line) }),
  delete: (line) => change([{ do: "delete", line: numberOf(line) }], "Left out. Undo brings it back.", { focus: Math.max(1, numberOf(line) - 1) }),
  merge: (line) => change([{ do: "divide", line: numberOf(line), title: "" }], "No chapter begins here.", { focus: numberOf(line) }),
  forget: async (line, node) => { await ask(`${base}drop`, { was: node.dataset.was, host: node.dataset.host }); await renew(); },
  new: (line, node) => hear(line, said(node.closest("form"))),
  two: (line, node) => oldThenNew(line, said(node.closest("form"))),
  allow: (line, node) => keep(node.closest("form"), true),
  leave: async (line, node) => { await drop(line); close(node.closest("form")); await renew(); },
  split: async (line, node) => {
    const form = node.closest("form");
    const { value, selectionStart } = one("textarea", form);
    const at = value.slice(0, selectionStart).search(/\S*$/); // no word is cut in two
    settled();
    await ask(`${base}change`, { base: version(), changes: [...said(form), { do: "split", line: numberOf(line), at }] });
    form.remove();
    await renew(numberOf(line));
    tell("Split.");
  },
  mix: async () => { if (await mix()) tell("Mixed. Listeners have the one before until you publish."); },
  publish: async () => {
    const standing = page && one("[data-version]").dataset;
    const first = standing && standing.mixed === undefined;
    if (!confirm(first ? `Mix it (${standing.effort}), and publish the show? Listeners get it then.` : "Publish the show? Listeners get what is mixed.")) return;
    if (first && !await mix()) return;
    tell("Publishing, and checking what is published …");
    const { wrong } = await ask("/publish");
    if (page) await renew();
    list(wrong, "Published, and every rule holds.");
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
    tell("Saying it …");
    const sound = await ask(`${base}say`, { host: one("[data-recast] [name=host]").value, text: form.elements.spoken.value || form.elements.written.value });
    tell("");
    await play([sound]);
  },
  stop: async (line, node) => { await ask("/runs/stop", { run: node.dataset.stop }); tell("It ends after the line it is at."); },
};

function move(line, after, number) {
  const goes = { do: "move", line: numberOf(line), after };
  return change([goes], "Moved.", { focus: number });
}

// Mix the episode; tell what went wrong, and return whether nothing did.
async function mix() {
  tell("Recording what is missing, and mixing …");
  const { wrong } = await ask(`${base}mix`);
  if (wrong) tell(wrong, true);
  else if (!audio) location.reload();
  else audio.load();
  await renew();
  return !wrong;
}

// Record a take that nobody made yet, and hear it; the one that is chosen stays until the new one is.
async function retake(line) {
  const number = numberOf(line);
  const take = Math.max(Number(line.dataset.take), ...all("[data-choose]", line).map((each) => Number(each.value))) + 1;
  const sound = await soundOf(line, [{ do: "retake", line: number, take }]);
  await renew(number);
  const here = one(`#line-${number}`);
  one(".d-offer", here)?.remove();
  const offer = one("#offer").content.firstElementChild.cloneNode(true);
  offer.dataset.take = take;
  one("[data-said]", offer).textContent = `Take ${take} is recorded. Take ${here.dataset.take} stays until you choose.`;
  one(".d-head", here).after(offer);
  one("[data-taken]", offer).focus();
  await play([sound]);
}

const offered = (line) => [{ do: "retake", line: numberOf(line), take: Number(one(".d-offer", line).dataset.take) }];

const lineAt = (second) => all("[data-start]").findLast((line) => Number(line.dataset.start) <= second) || one("[data-line]");

async function mark(line, note = "", form = null) {
  if (!line) return;
  const number = numberOf(line);
  await ask(`${base}mark`, { base: version(), line: number, note });
  form?.reset();
  await renew();
  tell(note ? "The note is kept." : `Line ${number} is marked. Go on listening; n leads back to it.`);
}

function next(line) {
  const found = all("[data-waits]");
  const behind = found.find((each) => !line || line.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
  const goal = behind || found[0];
  if (!goal) return tell("Nothing needs an eye.");
  goal.focus();
  goal.scrollIntoView({ block: "center" });
}

function drop(line) {
  const was = textOf(line);
  settled();
  return ask(`${base}drop`, { was, host: line.dataset.host, line: numberOf(line) });
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
  if (node.matches("[data-recast] [name=host]")) one("[data-recast]").elements.voice.value = spoken[node.value];
  if (!("only" in node.dataset)) return;
  document.body.classList.toggle("only", node.checked);
  stopAgain();
});

document.addEventListener("focusin", (event) => { if (lineOf(event.target)) stop(lineOf(event.target)); });

document.addEventListener("input", (event) => {
  const form = event.target.closest(".d-editor");
  if (form && event.target.matches("textarea, select")) typed(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || form.matches(".d-editor, [data-insert], [data-divide], [data-entitle], [data-recast], [data-spell], [data-run], [data-set], [data-note]")) {
    if (form.getAttribute("action") === "/day") return;
    event.preventDefault();
  }
  const button = event.submitter;
  const line = lineOf(form);
  by(button, async () => {
    if (form.matches(".d-editor")) return keep(form, false);
    if (form.matches("[data-note]")) return form.elements.note.value.trim() ? mark(line, form.elements.note.value, form) : undefined;
    if (form.matches("[data-insert]")) return change([{ do: "insert", after: numberOf(line), host: form.elements.host.value, text: form.elements.text.value }], "Inserted.", { focus: numberOf(line) + 1, empty: form });
    if (form.matches("[data-divide]") && form.elements.title.value) return change([{ do: "divide", line: numberOf(line), title: form.elements.title.value }], "A chapter begins here.", { focus: numberOf(line) });
    if (form.matches("[data-entitle]")) {
      const own = [form.elements.title, form.elements.description].filter((field) => field.value !== field.defaultValue);
      if (!own.length) return tell("They are that already.");
      return change([{ do: "entitle", ...Object.fromEntries(own.map((field) => [field.name, field.value])) }], "Kept.");
    }
    if (form.matches("[data-recast]")) {
      const changes = [{ do: "recast", host: form.elements.host.value, voice: form.elements.voice.value }];
      const found = await ask(`${base}propose`, { base: version(), changes });
      if (!confirm(`Speak with ${form.elements.voice.value}? ${cost(found)} That is done when you mix.`)) return;
      return change(changes, "Its lines are recorded when you mix.");
    }
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

// --- keys, where what has the focus does not use them itself --------------------------------------

const USED = [
  ["input[type=checkbox]", /^ $/],
  ["input[type=radio]", /^( |Arrow.*)$/],
  ["input, textarea, select", /./], // they write, or choose
  ["button, summary, a", /^( |Enter)$/],
  ["audio", /^( |Enter|Arrow.*)$/],
];
const uses = (node, key) => USED.find(([kind]) => node.matches(kind))?.[1].test(key);

const KEYS = {
  " ": (line) => (audio && !audio.paused) || !sample.paused ? stopAll() : line ? ACTS.play(line) : audio?.play(),
  ArrowDown: (line) => step(line, 1),
  ArrowUp: (line) => step(line, -1),
  Enter: (line) => line && edit(line),
  h: (line) => line && hear(line),
  m: () => ACTS.here(),
  n: (line) => next(line),
  c: (line) => line?.dataset.heard && ACTS.choose(line, { value: line.dataset.heard }),
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
  const takes = all("[data-sound]", line);
  const heard = line.dataset.heard || line.dataset.take;
  const goal = takes[takes.findIndex((each) => each.dataset.number === heard) + by_];
  if (!goal) return tell(by_ < 0 ? "There is no take before it." : "There is no take behind it: r records one.");
  return playTake(line, goal);
}

function playTake(line, node) {
  const { number, sound } = node.dataset;
  line.dataset.heard = number;
  return play([sound, number === line.dataset.take ? `Take ${number}, the chosen one` : `Take ${number}: c chooses it`]);
}

document.addEventListener("keydown", (event) => {
  const node = event.target;
  if (event.key === "Escape" && node.closest(".d-editor")) {
    event.preventDefault();
    const form = node.closest(".d-editor");
    return by(null, () => ACTS.leave(lineOf(form), form));
  }
  const act = KEYS[event.key];
  if (!page || !act || event.ctrlKey || event.metaKey || event.altKey || uses(node, event.key)) return;
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
      if (!lineOf(document.activeElement)) stop(line); // who reads is not moved
      if (!one(".d-editor")) line.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  }
});

// --- what others do meanwhile ---------------------------------------------------------------------

let away = false;

async function look() {
  if (document.hidden) return;
  const before = done;
  const answer = await fetch(`${base}state`).catch(() => null);
  if (!answer || answer.status === 403) {
    if (!away) tell(answer ? ANEW : "The desk does not answer. What you typed stays on this page.", true);
    away = true;
    return;
  }
  if (!answer.ok) return;
  if (away) {
    away = false;
    tell("The desk is here again.");
    if (one(".d-editor")) judge(one(".d-editor"));
  }
  const found = await answer.json();
  one("[data-busy]").hidden = !found.busy || working > 0;
  const shown = one("[data-version]").dataset;
  if (working || done !== before || found.stamp === shown.stamp) return; // of its own acts the page shows what came
  const changed = found.version !== version();
  await renew();
  if (audio?.paused) audio.load();
  if (changed) tell("Somebody changed the script: these are its lines now.");
}

let spoken = {};

// The voice that stands there is the one that the host speaks with now, unless somebody chose another.
function cast(voices) {
  const { host, voice } = one("[data-recast]").elements;
  const own = spoken[host.value] !== undefined && voice.value !== spoken[host.value];
  spoken = voices;
  if (!own && voices[host.value]) voice.value = voices[host.value];
}

if (page) {
  stand();
  setInterval(look, 2000);
}

let listed = "";

// Show how far the runs are, also one that was begun elsewhere; what somebody opened or closed stays so.
async function watch() {
  if (document.hidden) return;
  const answer = await fetch("/runs?part").catch(() => null);
  const found = answer?.ok ? await answer.text() : listed;
  if (found === listed) return;
  listed = found;
  const root = one("[data-runs]");
  const first = (parts) => "first" in parts.dataset; // as it was shown at first: open, or not
  const turned = all("details", root).filter((each) => each.open !== first(each)).map((each) => [each.closest("section").id, each.open]);
  const node = document.activeElement;
  const focus = root.contains(node) && node.closest("section") && `#${node.closest("section").id} ${node.localName}`;
  root.innerHTML = found;
  for (const [id, open] of turned) {
    const parts = one(`#${id} details`);
    if (parts && first(parts) !== open) parts.open = open;
  }
  if (focus) one(focus)?.focus({ preventScroll: true });
}

if (one("[data-runs]")) setInterval(watch, 1000);
