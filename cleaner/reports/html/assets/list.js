// All removals: what the manifest says of the data files decides which of them are loaded, one after the other, as
// scripts, since pages that are files may not fetch. Text goes into the page as text only.
"use strict";

(() => {
  const PAGE = 100; // removals shown at a time
  const form = document.querySelector(".filters");
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  const { chunks, rules, categories, colours } = window.cleanerManifest;
  const loaded = new Map();
  let run = 0;

  function load(number) {
    if (!loaded.has(number)) {
      loaded.set(number, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = policy.createScriptURL(`data/c${Number(number)}.js`);
        script.onload = () => { script.remove(); resolve(window.cleanerChunks[number]); };
        script.onerror = () => reject(new Error(`data/c${number}.js is missing`));
        document.head.append(script);
      }));
    }
    return loaded.get(number);
  }
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("cleaner", { createScriptURL: (url) => (/^data\/c\d+\.js$/.test(url) ? url : "") })
    : { createScriptURL: (url) => url };

  function wanted() {
    const values = Object.fromEntries(new FormData(form));
    const q = values.q.trim().toLowerCase();
    const rule = rules.indexOf(values.rule);
    const category = categories.indexOf(values.category);
    const below = values.below === "" ? Infinity : Number(values.below);
    return {
      chunk: (own) => (rule < 0 || own.rules.includes(rule)) && (category < 0 || own.categories.includes(category)) &&
        (below === Infinity || (own.least !== null && own.least < below)),
      takes: (place, [, r, c, sum, text]) => (rule < 0 || r === rule) && (category < 0 || c === category) &&
        (below === Infinity || (sum !== null && sum < below)) &&
        (!q || place.toLowerCase().includes(q) || text.toLowerCase().includes(q)),
    };
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function group(place, page, hits) {
    const section = element("section", "hit");
    const heading = element("h2");
    const link = element("a", "path", place);
    link.href = `d/${page}.html`;
    heading.append(link);
    const list = element("ol");
    for (const [number, rule, category, sum, text, part] of hits) {
      const item = element("li");
      const snippet = element("a", "snippet", text || "(white space)");
      snippet.href = `d/${page}${part > 1 ? "-" + part : ""}.html#r${number}`;
      const meta = element("span", "meta");
      meta.append(
        element("b", "sum", sum === null ? "certain" : `+${sum.toFixed(1)}`.replace("+-", "−")), " ",
        element("span", `tag ${colours[category]}`, categories[category]), " ",
        element("span", "mono", rules[rule].split("/").slice(1).join("/")),
      );
      item.append(snippet, meta);
      list.append(item);
    }
    section.append(heading, list);
    return section;
  }

  async function* hits(filter) {
    for (let number = 0; number < chunks.length; number += 1) {
      if (!filter.chunk(chunks[number])) continue;
      for (const [place, page, removals] of await load(number)) {
        const own = removals.filter((removal) => filter.takes(place, removal));
        if (own.length) yield [place, page, own];
      }
    }
  }

  async function search() {
    const own = ++run;
    const iterator = hits(wanted());
    results.replaceChildren();
    let shown = 0;
    more.hidden = true;
    remember();

    async function page() {
      const until = shown + PAGE;
      let done = false;
      while (shown < until && !done) {
        const next = await iterator.next();
        if (own !== run) return; // somebody typed on
        done = next.done;
        if (!done) { results.append(group(...next.value)); shown += next.value[2].length; }
      }
      more.hidden = done;
      found.textContent = done ? `${shown} removal${shown === 1 ? "" : "s"}` : `the first ${shown} removals`;
    }
    more.onclick = page;
    found.textContent = "Looking…";
    await page();
  }

  function remember() {
    const values = [...new FormData(form)].filter(([, value]) => value);
    history.replaceState(null, "", values.length ? "#" + new URLSearchParams(values) : location.pathname);
  }

  function recall() {
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      if (["q", "category", "rule", "below"].includes(name)) form.elements[name].value = value;
    }
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  let timer;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 120); });
  window.addEventListener("hashchange", () => { recall(); search(); });
  recall();
  search();
})();
