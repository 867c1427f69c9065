// Lets readers choose light or dark pages against the setting of their system. Without this script
// pages follow the system; the choice stays in this browser and is never sent.
(function () {
  "use strict";

  const KEY = "colours";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  function ofSystem() {
    return system.matches ? "dark" : "light";
  }

  function chosen() {
    try {
      return window.localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function keep(colours) {
    try {
      if (colours === ofSystem()) {
        window.localStorage.removeItem(KEY);
      } else {
        window.localStorage.setItem(KEY, colours);
      }
    } catch {
      // The choice holds for this page alone.
    }
  }

  // The rules for dark pages wait for the system's word: now the reader's decides.
  const dark = Array.from(document.styleSheets)
    .flatMap((sheet) => Array.from(sheet.cssRules))
    .filter((rule) => rule instanceof CSSMediaRule && rule.conditionText.includes("prefers-color-scheme: dark"));

  function show(colours) {
    const media = colours === "dark" ? "screen" : "not all";
    for (const rule of dark) {
      rule.media.mediaText = colours === ofSystem() ? "(prefers-color-scheme: dark)" : media;
    }
    root.style.colorScheme = colours === ofSystem() ? "" : colours;
    root.dataset.colours = colours;
  }

  show(chosen() || ofSystem());
  system.addEventListener("change", () => show(chosen() || ofSystem()));
  document.addEventListener("click", (event) => {
    if (event.target.closest(".colours")) {
      const other = root.dataset.colours === "dark" ? "light" : "dark";
      keep(other);
      show(other);
    }
  });
})();
