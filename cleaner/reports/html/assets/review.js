// Accept and reject: each decision goes to the server at once, which writes it down before it answers.
"use strict";

(() => {
  const root = document.documentElement.dataset.root;
  const status = document.getElementById("judged");
  const WORDS = { remove: "accepted", keep: "rejected: it stays" };
  let decided = new Map(); // "rule\nfingerprint" → decision; without a fingerprint, of the whole rule

  const key = (rule, print) => `${rule}\n${print || ""}`;

  async function ask(path, body) {
    const answer = await fetch(root + path, body && {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error((await answer.text()) || answer.statusText);
    return answer.json();
  }

  function show(list) {
    decided = new Map(list.map((own) => [key(own.rule, own.fingerprint), own]));
    for (const note of document.querySelectorAll(".note[data-print]")) {
      const own = decided.get(key(note.dataset.rule, note.dataset.print));
      const rule = decided.get(key(note.dataset.rule));
      mark(note, own, rule);
      for (const del of document.querySelectorAll(`#r${note.dataset.number}`)) {
        del.classList.toggle("kept", (own || rule)?.verdict === "keep");
      }
    }
    for (const cell of document.querySelectorAll("[data-rule-all]")) {
      const own = decided.get(key(cell.dataset.ruleAll));
      cell.querySelector('[data-verdict="undo"]').hidden = !own;
      for (const button of cell.querySelectorAll("button:not([data-verdict=undo])")) {
        button.setAttribute("aria-pressed", String(own?.verdict === button.dataset.verdict));
      }
    }
    status.textContent = `${decided.size} decision${decided.size === 1 ? "" : "s"} on file`;
    window.cleaner?.refresh();
  }

  function mark(note, own, rule) {
    const verdict = (own || rule)?.verdict;
    note.dataset.state = verdict || "";
    note.querySelector(".verdict").textContent = verdict
      ? WORDS[verdict] + (own ? (own.example ? ", an example" : "") : ", as all of this rule") : "";
    for (const button of note.querySelectorAll(".judge button")) {
      const name = button.dataset.verdict;
      if (name === "undo") button.hidden = !own;
      else if (name === "example") button.hidden = own?.verdict !== "keep" || own.example;
      else button.setAttribute("aria-pressed", String(own?.verdict === name));
    }
  }

  async function decide(verdict, items) {
    try {
      show(await ask("api/decide", { verdict, items }));
    } catch (error) {
      status.textContent = `not written: ${error.message}`;
    }
  }

  const ofNote = (note) => ({ rule: note.dataset.rule, fingerprint: note.dataset.print });

  const everything = () => [...document.querySelectorAll(".note[data-print]")].map(ofNote);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-verdict]");
    if (!button) return;
    const note = button.closest(".note");
    const cell = button.closest("[data-rule-all]");
    if (note) decide(button.dataset.verdict, [ofNote(note)]);
    else if (cell) decide(button.dataset.verdict, [{ rule: cell.dataset.ruleAll }]);
    else if (button.closest("#all")) decide(button.dataset.verdict, everything());
  });

  // each key: what it says, and of what: the removal, its rule, or all that the page shows
  const KEYS = {
    a: ["remove", "note"], r: ["keep", "note"], e: ["example", "note"], u: ["undo", "note"],
    Y: ["remove", "rule"], X: ["keep", "rule"], U: ["undo", "rule"],
    A: ["remove", "all"], R: ["keep", "all"],
  };
  document.addEventListener("keydown", async (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const [verdict, scope] = KEYS[event.key] || [];
    if (!verdict || !window.cleaner) return;
    const del = window.cleaner.current();
    if (!del && scope !== "all") return;
    event.preventDefault();
    const note = del && window.cleaner.noteOf(del);
    await decide(verdict, scope === "all" ? everything() : scope === "rule" ? [{ rule: note.dataset.rule }] : [ofNote(note)]);
    if (scope === "note" && (verdict === "remove" || verdict === "keep")) window.cleaner.go(1);
  });

  ask("api/decisions").then(show, (error) => { status.textContent = `the server is gone: ${error.message}`; });
})();
