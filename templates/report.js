
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const known = JSON.parse(byId("proofs").textContent);
  const { said } = known;
  const map = byId("map");
  const rows = [...map.tBodies[0].rows];

  // Every word comes in as text: whatever a name holds, it is never markup.
  const made = (name, className, ...inside) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside.filter((each) => each !== null && each !== ""));
    return element;
  };
  const word = (number) => known.words[number];
  const titled = (title, texts) => {
    const items = texts.map((each) => made("li", "", each));
    return items.length ? made("div", "", made("h3", "", title), made("ul", "", ...items)) : null;
  };
  const line = (title, text) => (text ? made("p", "", made("b", "", title + ": "), text) : null);

  const sign = (outcome) => {
    const mark = made("span", "sign " + outcome, known.symbols[outcome]);
    mark.setAttribute("aria-hidden", "true");
    return mark;
  };

  const check = (number) => {
    const [id, outcome, demand, why, share, counts, missing] = known.checks[number];
    const item = made("li", "", sign(outcome), made("b", "", id), " ", word(demand), ": ", said[outcome]);
    const lines = [word(why), counts.map(word).join("; "), word(share)].filter(Boolean);
    lines.push(...missing.map((each) => said.missing + ": " + word(each)));
    item.append(made("ul", "", ...lines.map((each) => made("li", "", each))));
    return item;
  };

  const criterion = (part, at) => {
    const [outcome, why, remedy, checks] = known.parts[part];
    const [id, title, quote, clause, readings, evidence] = known.criteria[at];
    const details = made(
      "details", outcome,
      made("summary", "", sign(outcome), id + ". " + title + ": " + said[outcome]),
      quote ? made("blockquote", "", quote) : null,
      line(said.law, clause),
      word(why) ? made("p", "", word(why)) : null,
      checks.length ? made("ul", "", ...checks.map(check)) : null,
      line(said.remedy, word(remedy)),
      titled(said.readings, readings),
      line(said.evidence, evidence.join("; ")),
    );
    details.open = outcome === "not_met" || outcome === "unknown";
    return details;
  };

  const proof = (at) => {
    const [parts, possible, conflicts, settling, derivation] = known.localities[at];
    return made(
      "article", "",
      titled(said.possible, possible.map(word)),
      titled(said.conflicts, conflicts.map(word)),
      titled(said.settling, settling.map(word)),
      ...parts.map(criterion),
      titled(said.derivation, derivation.map(word)),
    );
  };

  // --- a locality's proof, made when it is first opened ------------------------------
  const proofRow = (row) => {
    const next = row.nextElementSibling;
    return next && next.className === "proof" ? next : null;
  };
  const toggle = (button) => {
    const row = button.closest("tr");
    const open = button.getAttribute("aria-expanded") !== "true";
    let shown = proofRow(row);
    if (open && !shown) {
      const cell = made("td", "", proof(rows.indexOf(row)));
      cell.colSpan = row.cells.length;
      shown = made("tr", "proof", cell);
      shown.id = "proof-" + rows.indexOf(row);
      button.setAttribute("aria-controls", shown.id);
      row.after(shown);
    }
    button.setAttribute("aria-expanded", String(open));
    shown.hidden = !open;
  };
  map.addEventListener("click", (event) => {
    const button = event.target.closest("tbody th button");
    if (button) toggle(button);
  });
  map.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const button = event.target.closest("tbody th button");
    if (!button || !(event.key in steps)) return;
    event.preventDefault();
    const visible = rows.filter((row) => !row.hidden);
    const next = visible[visible.indexOf(button.closest("tr")) + steps[event.key]];
    if (next) next.querySelector("button").focus();
  });

  // --- search, without regard to case and diacritics ---------------------------------
  const folded = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
  const searched = rows.map((row) => folded(row.cells[0].textContent + " " + row.cells[1].textContent));
  const before = 3; // columns before the criteria
  const filter = byId("filter");
  const shown = byId("shown");
  const apply = () => {
    const text = folded(byId("search").value.trim());
    const level = byId("by-level").value;
    const verdict = byId("by-verdict").value;
    const [at, outcome] = byId("by-criterion").value.split(" ");
    let number = 0;
    rows.forEach((row, index) => {
      const fits =
        searched[index].includes(text) &&
        (!level || row.dataset.level === level) &&
        (!verdict || row.dataset.verdict === verdict) &&
        (!outcome || row.cells[before + Number(at)].className === outcome);
      row.hidden = !fits;
      number += fits;
      const opened = proofRow(row);
      const expanded = row.querySelector("button").getAttribute("aria-expanded") === "true";
      if (opened) opened.hidden = !(fits && expanded);
    });
    shown.textContent = said.shown.replace("{shown}", number).replace("{all}", rows.length);
  };
  filter.addEventListener("input", apply);
  filter.addEventListener("reset", () => setTimeout(apply));
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.hidden = shown.hidden = false;
  apply();

  // --- light and dark ----------------------------------------------------------------
  const theme = byId("theme");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  theme.addEventListener("click", () => {
    const now = document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  });
  theme.hidden = false;
})();
