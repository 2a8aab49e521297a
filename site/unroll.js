// What a page gains when scripts are on. Without them all text, charts and links are there already.
(() => {
  const root = document.documentElement;

  // The switch turns the theme to the other one; the choice is remembered, also between pages of a folder.
  const button = document.querySelector("button.theme");
  const isDark = () => {
    const chosen = root.dataset.theme;
    return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch {}
  });

  // Each block of code gets a button that copies the code alone.
  const words = document.body.dataset;
  for (const block of document.querySelectorAll(".code")) {
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = words.copy;
    copy.addEventListener("click", async () => {
      const code = block.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code);
        document.execCommand("copy");
        getSelection().removeAllRanges();
      }
      copy.textContent = words.copied;
      copy.classList.add("done");
      setTimeout(() => { copy.textContent = words.copy; copy.classList.remove("done"); }, 1500);
    });
    block.append(copy);
  }

  // The contents show where the reader is.
  const entries = new Map();
  for (const link of document.querySelectorAll(".contents a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) entries.set(heading, link);
  }
  const mark = () => {
    let current;
    for (const heading of entries.keys()) {
      if (heading.getBoundingClientRect().top > innerHeight / 3) break;
      current = heading;
    }
    for (const [heading, link] of entries) {
      if (heading === current) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  };
  if (entries.size) {
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }
})();
