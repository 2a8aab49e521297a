// What a page gains when scripts are on. Without them all text, code, charts, outputs and links are there already.
(() => {
  "use strict";
  const root = document.documentElement;
  const words = document.body.dataset;
  const lang = document.querySelector(".tools")?.lang || root.lang; // of those words
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
    const button = make("button", { type: "button", className: "copy", textContent: words.copy, lang });
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

  // Styles unfold what is printed; where they cannot, it is opened.
  if (!CSS.supports("selector(::details-content)")) addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("main details:not(.data)")) fold.open = true;
  });

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
      if (address) card.append(make("a", { href: address, textContent: words.reference, lang }));
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

    // Texts are compared without case, accents and forms of a letter: ß is ss, ﬁ is fi, 기 its two letters.
    const letters = { đ: "d", ð: "d", ħ: "h", ł: "l", ø: "o", æ: "ae", œ: "oe", þ: "th", "−": "-", "’": "'" };
    const plain = (text) => text.replace(/[^\0-\x7f]/gu, (letter) => {
      const base = letter.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toUpperCase().toLowerCase();
      return letters[base] ?? base;
    }).toLowerCase();
    window.unrollSearch = (data) => {
      sections = data.map(([address, page, title, text]) => ({
        address, page, title, text, keys: [plain(title), plain(page), plain(text)],
      }));
      find();
    };
    // Where a term stands in a plain text: at the starts of words, or anywhere in scripts that set no blanks.
    const places = function* (key, term) {
      for (let at = key.indexOf(term); at >= 0; at = key.indexOf(term, at + 1)) {
        const isInWord = /[\p{L}\p{N}]$/u.test(key.slice(Math.max(0, at - 2), at));
        if (!isInWord || /^\p{Lo}/u.test(key.slice(at, at + 2))) yield at;
      }
    };
    const score = (section, terms) => {
      let total = 0;
      for (const term of terms) {
        let best = 0;
        section.keys.forEach((key, field) => {
          if (places(key, term).next().done) return;
          const isWhole = key === term;
          best = Math.max(best, [section.title ? 12 : 0, section.title ? 5 : 9, 2][field] + (isWhole ? 8 : 0));
        });
        if (!best) return 0;
        total += best;
      }
      return total;
    };
    // Where the terms stand in a text as it is written, in its order: [start, end, term].
    const hits = (text, terms) => {
      const origins = [];
      let key = "", at = 0;
      for (const letter of text) {
        const base = plain(letter);
        for (let index = 0; index < base.length; index += 1) origins.push(at);
        key += base;
        at += letter.length;
      }
      return terms.flatMap((term) => [...places(key, term)].map((place) => {
        let end = place + term.length;
        while (origins[end] === origins[end - 1]) end += 1;
        return [origins[place], origins[end] ?? at, term];
      })).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    };
    const marked = (text, found, start, end) => {
      const parts = [];
      let at = start;
      for (const [from, to] of found) {
        if (from < start || to > end || to <= at) continue;
        parts.push(text.slice(at, from), make("mark", { textContent: text.slice(Math.max(at, from), to) }));
        at = to;
      }
      return [...parts, text.slice(at, end)];
    };
    // A piece of a text, or up to three, with as many of the terms as possible.
    const excerpt = (text, terms) => {
      const found = hits(text, terms);
      const room = /[ᄀ-ᇿ⺀-퟿豈-﫿！-｠]/.test(text) ? 80 : 160; // such letters are twice as wide
      let pieces, left;
      for (let count = 1; count <= 3 && left?.size !== 0; count += 1) {
        pieces = [];
        left = new Set(found.map(([, , term]) => term));
        while (left.size && pieces.length < count) pieces.push(piece(text, found, left, room / count));
      }
      if (!pieces.length) pieces.push([0, room]);
      let last = 0;
      return pieces.sort(([a], [b]) => a - b).flatMap(([start, end]) => {
        const parts = marked(text, found, Math.max(start, last), end);
        if (start > last) parts.unshift(last ? " … " : "… ");
        last = Math.max(last, end);
        return parts;
      });
    };
    // The piece that holds most of the terms that are left, and takes them.
    const piece = (text, found, left, size) => {
      let [first, end, best] = [0, 0, new Set()];
      found.forEach(([from, to], index) => {
        const held = new Set();
        for (let next = index, limit = Math.max(to, from + size * 0.7); found[next]?.[1] <= limit; next += 1) {
          if (left.has(found[next][2])) held.add(found[next][2]);
        }
        if (held.size > best.size) [first, end, best] = [from, to, held];
      });
      best.forEach((term) => left.delete(term));
      const lead = Math.max(0, Math.floor(first - size * 0.3));
      const blank = lead ? text.slice(lead, first).search(/\s/) + 1 : 0;
      const whole = (at) => { while (/[\udc00-\udfff\u0300-\u036f]/.test(text[at])) at += 1; return at; };
      const start = whole(lead + blank);
      return [Math.min(start, first), whole(Math.max(end, Math.floor(start + size)))];
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
      const named = (name) => marked(name, hits(name, terms), 0, name.length);
      list.replaceChildren(...found.map(([, section], index) => {
        const option = make("a", { href: (words.root ?? "") + section.address, id: `found-${index}`, tabIndex: -1, lang: root.lang },
          make("b", {}, ...named(section.title || section.page)),
          make("small", {}, ...named(section.title ? section.page : "")),
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
