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
})();
