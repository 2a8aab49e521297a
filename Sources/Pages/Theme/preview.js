// Keeps an open page fresh while its author writes. Served by `unroll serve` only, never part of a site.
(() => {
  "use strict";
  const shown = Number(document.currentScript.dataset.version);
  const here = location.pathname.split("/").pop() || "index.html";
  const saved = JSON.parse(sessionStorage.getItem("unroll-scroll") || "null");
  if (saved?.[0] === location.pathname) scrollTo(0, saved[1]);
  sessionStorage.removeItem("unroll-scroll");

  const style = document.createElement("style");
  style.textContent = `
    .unroll-state { position: fixed; z-index: 9; right: 1rem; bottom: 1rem; padding: .4rem .8rem; border-radius: 6px;
      font: .8rem system-ui, sans-serif; color: var(--paper); background: var(--ink); }
    .unroll-errors { position: fixed; z-index: 9; inset: auto 0 0; max-height: 60vh; margin: 0; padding: 1rem 1.4rem;
      overflow: auto; border: 0; border-top: 3px solid var(--caution); background: var(--paper); color: var(--ink);
      width: 100%; max-width: none; box-shadow: 0 -8px 40px rgb(0 0 0 / .25); }
    .unroll-errors pre { white-space: pre-wrap; margin: 0 0 1rem; font-size: .8rem; }
    .unroll-stale > .output { opacity: .45; }`;
  document.head.append(style);

  const state = document.createElement("div");
  state.className = "unroll-state";
  state.setAttribute("role", "status");
  state.hidden = true;
  const errors = document.createElement("section");
  errors.className = "unroll-errors";
  errors.setAttribute("role", "alert");
  errors.tabIndex = 0;
  errors.hidden = true;
  document.body.append(state, errors);
  addEventListener("keydown", (event) => { if (event.key === "Escape") errors.hidden = true; });

  const cells = [...document.querySelectorAll(".cell")];
  const take = ({ site, phase, messages, cells: fresh }) => {
    if (site !== shown) {
      sessionStorage.setItem("unroll-scroll", JSON.stringify([location.pathname, scrollY]));
      location.reload();
      return;
    }
    for (const cell of cells) cell.classList.toggle("unroll-stale", phase === "building");
    for (const { page, cell: name, html } of fresh) {
      const cell = page === here && document.getElementById(name);
      if (!cell) continue;
      cell.querySelector(":scope > .output")?.remove();
      cell.insertAdjacentHTML("beforeend", html);
      cell.classList.remove("unroll-stale");
    }
    state.hidden = phase !== "building";
    state.textContent = "…";
    errors.hidden = phase !== "failed";
    errors.replaceChildren(...messages.map((message) => {
      const text = document.createElement("pre");
      text.textContent = message;
      return text;
    }));
  };

  (async () => {
    let known = -1;
    for (;;) {
      try {
        const answer = await (await fetch(`/unroll/state?after=${known}`)).json();
        known = answer.version;
        take(answer);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        known = -1;
      }
    }
  })();
})();
