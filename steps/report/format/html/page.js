"use strict";
// Filters the list of requirements, opens the one that the address names, and
// copies commands. It makes no markup: what it writes is text.
(() => {
  const form = document.getElementById("filters");
  const fields = form.elements;
  const shown = document.getElementById("shown");
  const said = document.getElementById("said");
  const letters = { p: "passed", w: "warned", f: "failed", s: "unsupported", b: "blocked", u: "untested", x: "broken" };
  let pinned = null; // the requirement that the address names; no filter hides it

  for (const e of document.querySelectorAll(".js")) e.hidden = false;

  const groups = Array.from(document.querySelectorAll("#list > .group"), (section) => ({
    section,
    area: section.dataset.area,
    title: section.dataset.section,
    group: section.dataset.group,
    items: Array.from(section.querySelectorAll(".req"), (element) => ({ element, data: element.dataset })),
  }));
  const total = groups.reduce((n, g) => n + g.items.length, 0);

  function text(item) {
    item.text ??= item.element.textContent.toLowerCase();
    return item.text;
  }

  function chosen() {
    return {
      q: fields.q.value.trim(),
      verdicts: Array.from(form.querySelectorAll("[name=verdict]:checked"), (e) => e.value),
      level: fields.level.value,
      area: fields.area.value,
      group: fields.group.value,
      profile: fields.profile.value,
    };
  }

  function apply() {
    const c = chosen();
    const words = c.q.toLowerCase().split(/\s+/).filter(Boolean);
    const profile = fields.profile.selectedIndex - 1;
    let n = 0;
    for (const g of groups) {
      const here = (!c.area || c.area === g.area || c.area === g.title) && (!c.group || c.group === g.group);
      let some = false;
      for (const item of g.items) {
        const verdict = profile < 0 ? item.data.v : letters[item.data.p[profile]];
        const fits = here && verdict &&
          (!c.verdicts.length || c.verdicts.includes(verdict)) &&
          (!c.level || c.level === item.data.l) &&
          words.every((w) => text(item).includes(w));
        const show = fits || item.element === pinned;
        if (item.element.hidden === show) item.element.hidden = !show;
        if (show) { n++; some = true; }
      }
      if (g.section.hidden === some) g.section.hidden = !some;
    }
    shown.textContent = n === total ? `${total} requirements` : `${n} of ${total} requirements`;
  }

  function remember() {
    const c = chosen();
    const p = new URLSearchParams();
    if (c.q) p.set("q", c.q);
    if (c.verdicts.length) p.set("verdict", c.verdicts.join(","));
    for (const name of ["level", "area", "group", "profile"]) if (c[name]) p.set(name, c[name]);
    const s = p.toString();
    history.replaceState(null, "", s ? `#?${s}` : location.pathname + location.search);
  }

  function recall(query) {
    const p = new URLSearchParams(query);
    const verdicts = (p.get("verdict") ?? "").split(",");
    fields.q.value = p.get("q") ?? "";
    for (const e of form.querySelectorAll("[name=verdict]")) e.checked = verdicts.includes(e.value);
    for (const name of ["level", "area", "group", "profile"]) {
      fields[name].value = p.get(name) ?? "";
      if (fields[name].selectedIndex < 0) fields[name].selectedIndex = 0;
    }
  }

  // follow does what the address says: filters after "#?", otherwise an id.
  function follow() {
    const hash = location.hash.slice(1);
    if (hash.startsWith("?")) {
      pinned = null;
      recall(hash.slice(1));
      apply();
      document.getElementById("all").scrollIntoView();
      return;
    }
    let id = hash;
    try { id = decodeURIComponent(hash); } catch { /* it is what it is */ }
    const target = id && document.getElementById(id);
    if (!target || target.tagName !== "DETAILS") return;
    pinned = target.classList.contains("req") ? target : null;
    apply();
    target.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus({ preventScroll: true });
  }

  form.addEventListener("input", () => { pinned = null; apply(); remember(); });
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { pinned = null; apply(); remember(); }));
  addEventListener("hashchange", follow);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    let done = "Copied";
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch { // not allowed here: leave it selected
      source.closest("details").open = true;
      getSelection().selectAllChildren(source);
      done = "Selected: press Ctrl+C";
    }
    const name = button.textContent;
    button.textContent = said.textContent = done;
    setTimeout(() => { button.textContent = name; said.textContent = ""; }, 1500);
  });

  // On paper nothing can be opened: what matters is open before it is printed.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = Array.from(document.querySelectorAll(".finding:not([open]), .log:not([open]), .callout details:not([open])"));
    for (const e of opened) e.open = true;
  });
  addEventListener("afterprint", () => { for (const e of opened) e.open = false; });

  if (location.hash) follow(); else apply();
})();
