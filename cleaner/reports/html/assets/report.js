// A document's page: walk its removals, look at one category, see both sides. Everything works without it but that.
// Text goes into the page as text only; nothing is ever parsed as HTML.
"use strict";

(() => {
  const text = document.getElementById("text");
  if (!text) return;

  const removals = () => [...text.querySelectorAll("del[id]")].filter((del) => !del.closest(".off"));
  const noteOf = (del) => document.getElementById("n" + del.id.slice(1));
  let current = null;

  // every del of a removal, and its note, light up together
  function light(del, on) {
    const note = noteOf(del);
    if (note) note.classList.toggle("on", on);
    del.classList.toggle("on", on);
  }

  function select(del) {
    if (current) light(current, false);
    current = del;
    if (!del) return;
    for (let fold = del.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    light(del, true);
  }

  function go(step) {
    const all = removals();
    if (!all.length) return;
    const at = all.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
    all[next].focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "center" });
  }

  text.addEventListener("focusin", (event) => {
    const del = event.target.closest("del[id]") || document.getElementById("r" + (event.target.closest(".note")?.dataset.number ?? ""));
    if (del && del !== current) select(del);
  });
  text.addEventListener("mouseover", (event) => event.target.closest("del[id]") && light(event.target.closest("del[id]"), true));
  text.addEventListener("mouseout", (event) => {
    const del = event.target.closest("del[id]");
    if (del && del !== current) light(del, false);
  });

  // -- side by side

  function copyWithout(source) {
    const copy = document.createElement("p");
    copy.className = "t after";
    for (const node of source.childNodes) {
      if (node.nodeName !== "DEL" || node.classList.contains("kept")) copy.append(node.textContent);
    }
    copy.classList.toggle("gone", !copy.textContent.trim());
    return copy;
  }

  function view(name) {
    const split = name === "split";
    document.body.classList.toggle("split", split);
    for (const old of text.querySelectorAll(".after")) old.remove();
    if (split) for (const line of text.querySelectorAll(".row > .t")) line.after(copyWithout(line));
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    remember("view", name);
  }

  function remember(key, value) {
    try { sessionStorage.setItem("cleaner-" + key, value); } catch { /* some browsers have none for files */ }
  }

  function remembered(key) {
    try { return sessionStorage.getItem("cleaner-" + key); } catch { return null; }
  }

  // -- one category

  function only(category) {
    for (const row of text.querySelectorAll(".row.cut")) {
      const own = [...row.querySelectorAll(".note")].some((note) => !category || note.dataset.category === category);
      row.classList.toggle("off-in", !own);
      for (const del of row.querySelectorAll("del")) del.classList.toggle("off", !own);
    }
    if (current && current.closest(".off")) select(null);
  }

  // -- keys and buttons

  const tools = document.querySelector(".tools");
  const help = document.getElementById("help");
  const keys = document.getElementById("keys");
  const follow = (rel) => document.querySelector(`a[rel="${rel}"]`)?.click();
  const actions = {
    n: () => go(1), j: () => go(1), p: () => go(-1), k: () => go(-1),
    "]": () => follow("next"), "[": () => follow("prev"),
    v: () => view(document.body.classList.contains("split") ? "inline" : "split"),
    f: () => {
      const folds = [...text.querySelectorAll("details.fold")];
      const open = !folds.every((fold) => fold.open);
      for (const fold of folds) fold.open = open;
    },
    "?": () => keys.click(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  tools.hidden = false;
  document.getElementById("next").addEventListener("click", () => go(1));
  document.getElementById("previous").addEventListener("click", () => go(-1));
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => view(button.dataset.view));
  document.getElementById("only").addEventListener("change", (event) => only(event.target.value));
  keys.addEventListener("click", () => {
    help.hidden = !help.hidden;
    keys.setAttribute("aria-expanded", String(!help.hidden));
  });
  if (remembered("view") === "split") view("split");

  function toHash() {
    const target = /^#[rl]\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  }
  window.addEventListener("hashchange", toHash);
  toHash();

  window.cleaner = { current: () => current, go, noteOf, removals, refresh: () => document.body.classList.contains("split") && view("split") };
})();
