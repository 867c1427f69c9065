"use strict";
// While a chapter is typed, the portal says how it reads: numbers, footnotes, mistakes.

const PAUSE_MS = 500;

const section = document.querySelector("[data-preview]");
const source = document.querySelector("textarea.prose-source");

if (section && source?.form) {
  const form = source.form;
  const body = section.querySelector("[data-preview-body]");
  let timer = 0;
  let request = null;

  async function show() {
    request?.abort();
    request = new AbortController();
    const typed = new FormData();
    for (const name of ["csrfmiddlewaretoken", "report", "position", "numeral", "heading", "prose"]) {
      typed.append(name, form.elements.namedItem(name)?.value ?? "");
    }
    try {
      const answer = await fetch(section.dataset.preview, {
        method: "POST",
        body: typed,
        signal: request.signal,
      });
      if (answer.ok && !answer.redirected) {
        body.innerHTML = await answer.text();
      }
    } catch (error) {
      if (error.name !== "AbortError") {
        // What stands there grows old, and says so; what was typed is safe in its field.
        body.querySelector(".preview")?.classList.add("is-old");
      }
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    body.querySelector(".preview")?.classList.add("is-old");
    timer = setTimeout(show, PAUSE_MS);
  });

  body.addEventListener("click", (event) => {
    const place = event.target.closest("[data-begin]");
    if (place) {
      source.focus();
      source.setSelectionRange(Number(place.dataset.begin), Number(place.dataset.end));
    }
  });

  if (!body.querySelector(".preview") && source.value) {
    show();
  }
}
