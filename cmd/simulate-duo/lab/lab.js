// What the lab's pages do beside what they do without this script: they follow what
// happens, and spare a few clicks. Everything that is shown comes from the server.
"use strict";
document.documentElement.classList.add("script");
const $ = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));

// Parts of the page with data-live="kind …" are loaded again when an event of one of
// these kinds comes.
const stale = new Set();
let loading = false, paused = false, leftOut = 0;

async function refresh() {
  if (loading || paused || stale.size === 0) return;
  loading = true;
  const kinds = new Set(stale);
  stale.clear();
  try {
    const answer = await fetch(location.href, {headers: {"X-Lab-Refresh": "1"}});
    if (answer.ok) replaceParts(new DOMParser().parseFromString(await answer.text(), "text/html"), kinds);
  } catch { /* the stream says when the lab is back */ }
  loading = false;
  if (stale.size > 0) setTimeout(refresh, 500);
}

function replaceParts(page, kinds) {
  for (const part of all("[data-live]")) {
    if (!part.dataset.live.split(" ").some((kind) => kinds.has(kind))) continue;
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.innerHTML === part.innerHTML || isBeingTypedIn(part)) continue;
    const focused = part.contains(document.activeElement) ? pathTo(document.activeElement) : null;
    const open = all("details", part).map((d) => d.open);
    part.replaceChildren(...fresh.childNodes);
    all("details", part).forEach((d, i) => { if (open[i] !== undefined) d.open = open[i]; });
    if (focused) focusAgain(focused, part);
  }
}

const isBeingTypedIn = (part) => part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
const pathTo = (element) => ({href: element.getAttribute("href"), label: element.getAttribute("aria-label")});
function focusAgain(path, part) {
  const same = all("a, button, [tabindex]", part).find((e) => path.href ? e.getAttribute("href") === path.href : e.getAttribute("aria-label") === path.label);
  if (same) { same.focus({preventScroll: true}); markRow(same.closest("tr")); }
}

// A browser has few connections to one host: a hidden page gives its own back,
// and goes on after the last event that it has got.
const kinds = ["directory", "application", "entry", "exchange", "secure-access", "status", "guide", "judge"];
let stream = null, last = document.body.dataset.follow;

function follow() {
  stream = new EventSource(`/api/events?after=${last}`);
  const take = (event) => { last = event.lastEventId || last; };
  for (const kind of kinds) {
    stream.addEventListener(kind, (event) => { take(event); stale.add(kind); setTimeout(refresh, 150); });
  }
  stream.addEventListener("left-out", (event) => {
    take(event);
    leftOut += JSON.parse(event.data).count;
    const note = $("#left-out");
    if (note) { note.hidden = false; note.textContent = `${leftOut} events were left out here: more came than a page can follow. The table has all requests that the lab keeps.`; }
  });
  let broken = false; // after a break, everything may be another
  stream.addEventListener("error", () => { broken = true; });
  stream.addEventListener("open", () => { if (broken) { kinds.forEach((kind) => stale.add(kind)); refresh(); broken = false; } });
}

function rest() {
  stream?.close();
  stream = null;
}
if (last !== undefined) {
  const attend = () => { if (document.hidden) rest(); else if (!stream) follow(); };
  document.addEventListener("visibilitychange", attend);
  addEventListener("pageshow", attend);
  addEventListener("pagehide", rest);
  attend();
}

// Buttons.
function press(button, on) { button.setAttribute("aria-pressed", String(on)); return on; }
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("pause" in button.dataset) pause();
  if (button.dataset.show) {
    const field = document.getElementById(button.dataset.show);
    field.type = press(button, field.type === "password") ? "text" : "password";
    button.textContent = field.type === "password" ? "Show" : "Hide";
  }
  if (button.dataset.copy) await copy(button, document.getElementById(button.dataset.copy));
  if (button.dataset.all) {
    event.preventDefault();
    all(`input[name="${button.dataset.all}"]`).forEach((box) => { box.checked = true; });
    count();
  }
});

async function copy(button, field) {
  try { await navigator.clipboard.writeText(field.value); button.textContent = "Copied"; } catch { field.focus(); field.select(); }
}

function pause() {
  paused = !paused;
  const button = $("[data-pause]");
  press(button, paused);
  button.textContent = paused ? "Go on" : "Pause";
  refresh();
}

// "Selected (n items)" follows the boxes.
function count() {
  for (const text of all("[data-count]")) {
    const n = all(`input[name="${text.dataset.count}"]:checked`).length + Number(text.dataset.more || 0);
    text.textContent = `Selected (${n} items)`;
  }
}
document.addEventListener("change", count);

// Keys of the wire view. They do nothing while something is typed.
function markRow(row) {
  all("tr.here").forEach((other) => other.classList.remove("here"));
  row?.classList.add("here");
}
function move(by) {
  const rows = all("tr[data-seq]");
  const at = rows.indexOf(document.activeElement.closest("tr"));
  const row = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (row) { $("a", row).focus(); markRow(row); }
}
document.addEventListener("keydown", (event) => {
  if (!$("#wire") || event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = {j: () => move(1), k: () => move(-1), p: pause, "/": () => $("[data-key]").focus()};
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
