"use strict";
// Filters the rows of the matrix. It makes no markup: what it writes is text.
(() => {
  const form = document.getElementById("filters");
  const fields = form.elements;
  const shown = document.getElementById("shown");
  form.hidden = false;

  const groups = Array.from(document.querySelectorAll(".matrix tbody"), (body) => ({
    body,
    area: body.dataset.area,
    title: body.dataset.section,
    rows: Array.from(body.querySelectorAll(".row"), (row) => ({
      row,
      text: row.textContent.toLowerCase(),
      differs: "differs" in row.dataset,
      verdicts: Array.from(row.querySelectorAll("td[data-v]"), (td) => td.dataset.v),
    })),
  }));
  const total = groups.reduce((n, g) => n + g.rows.length, 0);

  function apply() {
    const words = fields.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = Array.from(form.querySelectorAll("[name=verdict]:checked"), (e) => e.value);
    const area = fields.area.value;
    let n = 0;
    for (const g of groups) {
      const here = !area || area === g.area || area === g.title;
      let some = false;
      for (const r of g.rows) {
        const show = here && (r.differs || !fields.differ.checked) &&
          (!verdicts.length || r.verdicts.some((v) => verdicts.includes(v))) &&
          words.every((w) => r.text.includes(w));
        if (r.row.hidden === show) r.row.hidden = !show;
        if (show) { n++; some = true; }
      }
      if (g.body.hidden === some) g.body.hidden = !some;
    }
    shown.textContent = n === total ? `${total} requirements` : `${n} of ${total} requirements`;
  }

  form.addEventListener("input", apply);
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
