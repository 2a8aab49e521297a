// What a page gains when scripts are on. Without them all text, code, charts, outputs and links are there already.
(() => {
  "use strict";
  const root = document.documentElement;
  const words = document.body.dataset;
  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const remember = (key, value) => { try { localStorage.setItem(key, value); } catch {} };

  // The theme: the system's until the reader chooses; the choice is remembered.
  const themeButton = document.querySelector("button.theme");
  if (themeButton) {
    const isDark = () => root.dataset.theme === "dark"
      || (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    themeButton.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember("theme", root.dataset.theme);
    });
  }

  // Shapes at the ends of lines can be switched off.
  const shapesButton = document.querySelector("button.shapes");
  if (shapesButton && document.querySelector(".shape")) {
    const show = () => shapesButton.setAttribute("aria-pressed", root.dataset.shapes !== "off");
    shapesButton.addEventListener("click", () => {
      root.dataset.shapes = root.dataset.shapes === "off" ? "on" : "off";
      remember("shapes", root.dataset.shapes);
      show();
    });
    show();
  }

  // Each block of code gets a button that copies the code alone.
  for (const block of document.querySelectorAll(".code")) {
    const button = make("button", { type: "button", className: "copy", textContent: words.copy });
    button.addEventListener("click", async () => {
      const code = block.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code);
        document.execCommand("copy");
        getSelection().removeAllRanges();
      }
      button.textContent = words.copied;
      button.classList.add("done");
      setTimeout(() => { button.textContent = words.copy; button.classList.remove("done"); }, 1500);
    });
    block.append(button);
  }

  // The contents show where the reader is.
  const entries = new Map();
  for (const link of document.querySelectorAll(".contents a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) entries.set(heading, link);
  }
  if (entries.size) {
    let isWaiting = false;
    const mark = () => {
      isWaiting = false;
      let current;
      for (const heading of entries.keys()) {
        if (heading.getBoundingClientRect().top > innerHeight / 3) break;
        current = heading;
      }
      for (const [heading, link] of entries) {
        if (heading === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    addEventListener("scroll", () => {
      if (!isWaiting) requestAnimationFrame(mark);
      isWaiting = true;
    }, { passive: true });
    mark();
  }

  // A name in a cell says what it is, and a term what it means: on hover, tap or focus. In code that has the focus,
  // the arrow keys go from name to name, and Enter to what the reference says of it.
  const asking = "[data-note], [data-meaning]";
  if (document.querySelector(asking)) {
    const card = make("div", { id: "card", className: "card", hidden: true });
    card.setAttribute("role", "tooltip");
    document.querySelector("main").append(card); // a landmark: what is outside of all, screen readers pass over
    let notes, owner, closing;
    window.unrollNotes = (list) => {
      notes = list;
      if (owner) fill();
    };
    const load = () => {
      if (notes) return;
      notes = [];
      document.head.append(make("script", { src: words.notes }));
    };
    const noteOf = (element) => element.dataset.meaning !== undefined
      ? ["", element.dataset.meaning] : notes[element.dataset.note];
    const close = () => {
      card.hidden = true;
      owner?.removeAttribute("aria-describedby");
      owner = undefined;
    };
    const fill = () => {
      const note = noteOf(owner);
      if (!note) return;
      const [declaration, summary, address] = note;
      card.replaceChildren();
      if (declaration) card.append(make("code", { textContent: declaration }));
      if (summary) card.append(make("p", { textContent: summary }));
      if (address) card.append(make("a", { href: address, textContent: words.reference }));
      card.hidden = false;
      owner.setAttribute("aria-describedby", "card");
      const place = owner.getBoundingClientRect();
      const left = Math.max(8, Math.min(place.left, innerWidth - card.offsetWidth - 8));
      const below = place.bottom + card.offsetHeight + 12 < innerHeight;
      card.style.left = `${left + scrollX}px`;
      card.style.top = `${(below ? place.bottom + 6 : place.top - card.offsetHeight - 6) + scrollY}px`;
    };
    const open = (element) => {
      clearTimeout(closing);
      if (owner === element) return;
      close();
      owner = element;
      if (element.dataset.note) load();
      fill();
    };
    const closeSoon = () => { clearTimeout(closing); closing = setTimeout(close, 250); };
    addEventListener("pointerover", (event) => {
      const element = event.target.closest?.(asking);
      if (element) open(element);
      else if (card.contains(event.target)) clearTimeout(closing);
      else if (owner && owner !== document.activeElement) closeSoon();
    });
    addEventListener("click", (event) => {
      const element = event.target.closest?.("[data-note]");
      if (element) open(element); else if (!card.contains(event.target)) close();
    });
    addEventListener("focusin", (event) => {
      if (event.target.matches(asking)) open(event.target);
      else if (!card.contains(event.target)) close();
    });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      const code = document.activeElement?.closest?.("pre");
      if (!code || event.ctrlKey || event.metaKey || event.altKey) return;
      const names = [...code.querySelectorAll("[data-note]")];
      const at = names.indexOf(document.activeElement);
      if (event.key === "Enter" && at >= 0) card.querySelector("a")?.click();
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step && names[at < 0 ? (step > 0 ? 0 : names.length - 1) : at + step];
      if (!next) return;
      event.preventDefault();
      next.tabIndex = -1;
      next.focus();
    });
  }

  // Search: the index is a script, so that it loads from a folder as well as from a host.
  const searchButton = document.querySelector("button.search");
  const dialog = document.querySelector("dialog.finder");
  if (searchButton && dialog) {
    const input = dialog.querySelector("input");
    const list = dialog.querySelector("[role=listbox]");
    const status = dialog.querySelector("[role=status]");
    let sections, chosen = -1;

    const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    window.unrollSearch = (data) => {
      sections = data.map(([address, page, title, text]) => ({
        address, page, title, text, keys: [plain(title), plain(page), plain(text)],
      }));
      find();
    };
    const isWordStart = (text, at) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]) || /\p{Lo}/u.test(text[at]);
    const score = (section, terms) => {
      let total = 0;
      for (const term of terms) {
        let best = 0;
        section.keys.forEach((key, field) => {
          let at = key.indexOf(term);
          while (at > 0 && !isWordStart(key, at)) at = key.indexOf(term, at + 1);
          if (at < 0) return;
          const isWhole = key === term;
          best = Math.max(best, [section.title ? 12 : 0, section.title ? 5 : 9, 2][field] + (isWhole ? 8 : 0));
        });
        if (!best) return 0;
        total += best;
      }
      return total;
    };
    const excerpt = (text, terms) => {
      const lower = text.toLowerCase();
      const at = Math.max(0, Math.min(...terms.map((term) => { const i = lower.indexOf(term); return i < 0 ? 0 : i; })));
      const start = at > 50 ? text.indexOf(" ", at - 50) + 1 || at - 50 : 0;
      const shown = (start ? "… " : "") + text.slice(start, start + 150);
      const parts = [];
      let rest = shown;
      while (rest) {
        const low = rest.toLowerCase();
        const hits = terms.map((term) => [low.indexOf(term), term.length]).filter(([i]) => i >= 0).sort((a, b) => a[0] - b[0]);
        if (!hits.length) break;
        const [i, length] = hits[0];
        parts.push(rest.slice(0, i), make("mark", { textContent: rest.slice(i, i + length) }));
        rest = rest.slice(i + length);
      }
      return [...parts, rest];
    };
    const choose = (index) => {
      const options = list.children;
      if (!options.length) return;
      options[chosen]?.setAttribute("aria-selected", "false");
      chosen = (index + options.length) % options.length;
      options[chosen].setAttribute("aria-selected", "true");
      options[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[chosen].id);
    };
    const find = () => {
      const terms = plain(input.value).split(/\s+/).filter(Boolean);
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      const found = !sections || !terms.length ? [] : sections.map((section) => [score(section, terms), section])
        .filter(([points]) => points).sort((a, b) => b[0] - a[0]).slice(0, 20);
      list.replaceChildren(...found.map(([, section], index) => {
        const option = make("a", { href: (words.root ?? "") + section.address, id: `found-${index}`, tabIndex: -1 },
          make("b", { textContent: section.title || section.page }),
          make("small", { textContent: section.title ? section.page : "" }),
          make("span", {}, ...excerpt(section.text, terms)));
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.addEventListener("click", () => dialog.close());
        return option;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = sections && terms.length && !found.length ? words.noResult : "";
      choose(0);
    };
    const open = () => {
      if (dialog.open) return;
      dialog.showModal();
      input.select();
      if (!sections && !document.getElementById("search-index")) {
        document.head.append(make("script", { id: "search-index", src: (words.root ?? "") + "search-index.js" }));
      }
    };
    searchButton.addEventListener("click", open);
    input.addEventListener("input", find);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Enter") list.children[chosen]?.click();
      else return;
      event.preventDefault();
    });
    addEventListener("keydown", (event) => {
      const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
      const isShortcut = (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey)
        || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
      if (!isShortcut) return;
      event.preventDefault();
      open();
    });
  }
})();
