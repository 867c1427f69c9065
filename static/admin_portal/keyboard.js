"use strict";
// Data entry without the mouse: a letter typed on a closed list opens it and starts the search,
// and Ctrl+S (Cmd+S) saves.

// The list that a key was pressed on: on what shows of it or, if the page set the focus before
// the list was drawn, on the field behind it.
function pressedList(target) {
  if (target.matches?.("select.admin-autocomplete")) {
    return target;
  }
  const shown = target.closest?.(".select2-selection")?.closest(".select2-container");
  const field = shown?.previousElementSibling;
  return field?.matches("select") ? field : null;
}

function save(event) {
  const button = document.querySelector(".submit-row input[name='_save']");
  if (button) {
    event.preventDefault();
    button.click();
  }
}

document.addEventListener("keydown", (event) => {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isCommand && event.key.toLowerCase() === "s") {
    save(event);
    return;
  }
  const isText = event.key.length === 1 && event.key !== " ";
  const list = pressedList(event.target);
  if (!list || !isText || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  event.preventDefault();
  window.django.jQuery(list).select2("open");
  const search = document.querySelector(".select2-container--open .select2-search__field");
  if (search) {
    search.value = event.key;
    search.focus();
    search.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
