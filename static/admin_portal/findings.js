"use strict";
// The table of ticks: typing in the search shows the rows that fit, and those with a tick stay.
// Without this script the table works as it stands.

const table = document.querySelector(".ticks");
const search = document.getElementById("id_rows_filter");
const counter = document.querySelector(".ticked");

function isTicked(row) {
  return row.querySelector("input[type='checkbox']:checked") !== null;
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function show() {
  const wanted = fold(search.value.trim());
  for (const group of table.querySelectorAll("tbody.group")) {
    let shown = 0;
    for (const row of group.querySelectorAll("tr.tick")) {
      const fits = !wanted || isTicked(row) || fold(row.querySelector("th").textContent).includes(wanted);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    group.querySelector("tr.heading").hidden = shown === 0;
  }
}

function count() {
  const ticked = table.querySelectorAll("input[type='checkbox']:checked").length;
  const words = ticked === 1 ? counter.dataset.one : counter.dataset.many.replace("%s", ticked);
  counter.textContent = ticked === 0 ? "" : words;
  for (const row of table.querySelectorAll("tr.tick")) {
    row.classList.toggle("is-ticked", isTicked(row));
  }
}

if (table && search && counter) {
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    // Enter would send the form: whoever searches wants the first row that fits.
    if (event.key === "Enter") {
      event.preventDefault();
      table.querySelector("tr.tick:not([hidden]) input[type='checkbox']")?.focus();
    }
  });
  table.addEventListener("change", count);
  count();
}
