// Keeps an open page fresh while its author writes. `unroll serve` adds it to the pages that it sends; no site holds it.
(() => {
  "use strict";
  const { page, version, session } = document.currentScript.dataset;

  // Where the reader was, said of the nearest thing with a name above, which stays when text before it changes.
  const memory = "unroll-place";
  const named = () => [...document.querySelectorAll("main [id]")].filter((element) => element.checkVisibility());
  const remember = () => {
    const above = named().filter((element) => element.getBoundingClientRect().top <= innerHeight / 3).pop();
    const place = {
      path: location.pathname, y: scrollY, id: above?.id, top: above?.getBoundingClientRect().top,
      open: [...document.querySelectorAll("details")].map((details) => details.open),
    };
    try { sessionStorage.setItem(memory, JSON.stringify(place)); } catch {}
  };
  const recall = (place) => {
    if (place?.path !== location.pathname) return;
    const details = [...document.querySelectorAll("details")];
    if (details.length === place.open.length) details.forEach((one, index) => { one.open = place.open[index]; });
    const there = () => {
      const above = place.id && document.getElementById(place.id);
      if (above && place.y > 0) scrollBy({ top: above.getBoundingClientRect().top - place.top, behavior: "instant" });
      else scrollTo({ top: place.y, behavior: "instant" });
    };
    there();
    // The browser would go to its own place when all is loaded.
    addEventListener("load", () => {
      there();
      requestAnimationFrame(() => requestAnimationFrame(() => { history.scrollRestoration = "auto"; }));
    }, { once: true });
  };
  try {
    recall(JSON.parse(sessionStorage.getItem(memory)));
    sessionStorage.removeItem(memory);
  } catch {}

  // What the page says, out of reach of its style and of the author's.
  const host = document.createElement("aside");
  host.lang = "en";
  host.setAttribute("aria-label", "Preview");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `
    <style>
      :host { --paper-: var(--paper, Canvas); --ink-: var(--ink, CanvasText); --rule-: var(--rule, GrayText);
        --panel-: var(--panel, Canvas); --soft-: var(--soft, CanvasText); --caution-: var(--caution, #c33);
        --warning-: var(--warning, #960); font: 0.875rem/1.45 system-ui, sans-serif; }
      [hidden] { display: none !important; }
      * { box-sizing: border-box; }
      #corner { position: fixed; z-index: 10; right: 1rem; bottom: 1rem; display: flex; gap: .5rem; align-items: center;
        max-width: calc(100vw - 2rem); }
      #state, #show { padding: .35rem .75rem; border-radius: 1.2rem; color: var(--ink-); background: var(--panel-);
        border: 1px solid var(--rule-); box-shadow: 0 2px 10px rgb(0 0 0 / .15); font: inherit; font-size: .8125rem; }
      #state { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
      #state:empty { display: none; }
      #state.building { animation: appear 0s .25s backwards; }
      #state.building::before { content: ""; display: inline-block; width: .55em; height: .55em; margin-right: .5em;
        border-radius: 50%; background: var(--warning-); animation: pulse 1.2s ease-in-out infinite alternate; }
      @keyframes appear { from { visibility: hidden; } }
      @keyframes pulse { to { opacity: .25; } }
      @media (prefers-reduced-motion: reduce) { #state.building::before { animation: none; } }
      button { cursor: pointer; font: inherit; color: inherit; }
      button:focus-visible, #list:focus-visible { outline: 2px solid var(--ink-); outline-offset: 2px; }
      #show { color: var(--caution-); font-weight: 600; flex: none; }
      #show.mild { color: var(--warning-); }
      #overlay { position: fixed; z-index: 11; inset: auto 0 0; max-height: min(70vh, 40rem); display: flex;
        flex-direction: column; color: var(--ink-); background: var(--paper-); border-top: 3px solid var(--caution-);
        box-shadow: 0 -6px 40px rgb(0 0 0 / .3); }
      #overlay.mild { border-color: var(--warning-); }
      header { display: flex; align-items: center; justify-content: space-between; gap: 1rem;
        padding: .6rem clamp(1rem, 4vw, 2rem); border-bottom: 1px solid var(--rule-); }
      h2 { margin: 0; font-size: 1rem; font-weight: 650; }
      header button { padding: .25rem .7rem; border: 1px solid var(--rule-); border-radius: 6px;
        background: var(--panel-); }
      kbd { font: .75rem ui-monospace, monospace; color: var(--soft-); margin-left: .4em; }
      #list { overflow: auto; margin: 0; padding: 0 clamp(1rem, 4vw, 2rem) 1rem; list-style: none; }
      li { padding: .9rem 0 0; }
      .place { margin: 0; font: .8125rem ui-monospace, Menlo, Consolas, monospace; color: var(--soft-);
        overflow-wrap: anywhere; }
      .message { margin: .15rem 0 .4rem; font-size: .9375rem; overflow-wrap: anywhere; }
      .message b { color: var(--caution-); }
      .warning .message b { color: var(--warning-); }
      pre { margin: 0 0 .4rem; padding: .5rem .75rem; overflow-x: auto; border-radius: 6px; background: var(--panel-);
        font: .8125rem/1.45 ui-monospace, Menlo, Consolas, monospace; tab-size: 4; }
      .number { color: var(--soft-); user-select: none; }
      .blank { visibility: hidden; }
      .caret { color: var(--caution-); font-weight: 700; }
      .hint { margin: 0 0 .4rem; overflow-wrap: anywhere; white-space: pre-wrap; }
      .hint::before { content: "→ "; color: var(--soft-); }
      @media print { :host { display: none; } }
    </style>
    <div id="corner">
      <button id="show" type="button" aria-controls="overlay" aria-expanded="false" hidden></button>
      <div id="state" role="status"></div>
    </div>
    <section id="overlay" aria-labelledby="title" hidden>
      <header>
        <div role="alert"><h2 id="title"></h2></div>
        <button id="hide" type="button">Dismiss<kbd aria-hidden="true">Esc</kbd></button>
      </header>
      <ol id="list" tabindex="0" aria-labelledby="title"></ol>
    </section>`;
  const [state, show, overlay, title, hide, list] =
    ["state", "show", "overlay", "title", "hide", "list"].map((id) => root.getElementById(id));
  document.body.append(host);
  const style = document.createElement("style");
  style.textContent = ".unroll-stale > .output { opacity: .45; transition: opacity .2s .25s; }";
  document.head.append(style);

  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...content);
    return element;
  };
  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  const open = (isOpen) => {
    overlay.hidden = !isOpen;
    show.hidden = isOpen || !list.children.length;
    show.setAttribute("aria-expanded", String(isOpen));
  };

  // Dismissed diagnostics stay away until others come, also after a reload.
  const dismissed = "unroll-dismissed";
  let told = "";
  const dismiss = () => {
    open(false);
    try { sessionStorage.setItem(dismissed, told); } catch {}
  };
  const wasDismissed = () => {
    try { return sessionStorage.getItem(dismissed) === told; } catch { return false; }
  };
  show.onclick = () => { open(true); list.focus(); };
  hide.onclick = () => { dismiss(); show.focus(); };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !overlay.hidden && !document.querySelector("dialog[open]")) dismiss();
  });

  const shown = ({ severity, place, line, message, hint, hasColumn, before, after }) => {
    const item = make("li", severity, make("p", "place", place),
      make("p", "message", make("b", "", severity), ` ${message}`));
    if (before !== null && line !== null) {
      const source = make("pre", "", make("span", "number", `${line} │ `), before, after, "\n");
      if (hasColumn) {
        // The same text unseen, so that the caret stands under its character whatever the widths are.
        source.append(make("span", "blank", `${line} │ ${before}`), make("span", "caret", "^"));
      }
      source.tabIndex = 0;
      item.append(source);
    }
    if (hint !== null) item.append(make("p", "hint", hint));
    return item;
  };

  const cells = () => document.querySelectorAll(".cell");
  // The cells whose outputs on the page are of the build under way.
  const fresh = new Set();
  const on = {
    reload() {
      remember();
      try { history.scrollRestoration = "manual"; } catch {}
      location.reload();
    },
    state({ phase, running }) {
      const here = running.filter((lesson) => lesson.page === page);
      const [first] = here.concat(running);
      state.className = phase;
      state.textContent = phase !== "building" ? "" :
        first ? `Running ${first.lesson} · ${first.cell}${running.length > 1 ? ` and ${running.length - 1} more` : ""}` :
        "Building…";
      if (!running.length) fresh.clear();
      for (const cell of cells()) cell.classList.toggle("unroll-stale", here.length > 0 && !fresh.has(cell.id));
    },
    cell({ name, html }) {
      const cell = [...cells()].find(({ id }) => id === name);
      if (!cell) return;
      fresh.add(name);
      cell.querySelector(":scope > .output")?.remove();
      cell.insertAdjacentHTML("beforeend", html);
      cell.classList.remove("unroll-stale");
    },
    diagnostics(diagnostics) {
      const errors = diagnostics.filter(({ severity }) => severity === "error").length;
      const notes = diagnostics.filter(({ severity }) => severity === "note").length;
      const warnings = diagnostics.length - errors - notes;
      const parts = [errors && count(errors, "error"), warnings && count(warnings, "warning"), notes && count(notes, "note")]
        .filter(Boolean);
      title.textContent = show.textContent = parts.join(", ");
      overlay.className = show.className = errors ? "" : "mild";
      list.replaceChildren(...diagnostics.map(shown));
      told = JSON.stringify(diagnostics);
      open(errors > 0 && !wasDismissed());
    },
  };

  // A browser holds few connections to one server: a page that cannot be seen lets go of its own.
  let source;
  const listen = () => {
    source?.close();
    if (document.visibilityState === "hidden") return;
    source = new EventSource(new URL(`/unroll/events?${new URLSearchParams({ page, version, session })}`, location));
    for (const kind of ["reload", "state", "cell", "diagnostics"]) {
      source.addEventListener(kind, (event) => on[kind](JSON.parse(event.data)));
    }
    source.onerror = () => {
      state.className = "gone";
      state.textContent = "unroll serve does not answer";
    };
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  addEventListener("pagehide", () => source?.close());
  listen();
})();
