"use strict";
// Data entry without the mouse: a letter typed on a closed list opens it and starts the search,
// and Ctrl+S (Cmd+S) saves.
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
    const save = document.querySelector(".submit-row input[name='_save']");
    if (save) {
      event.preventDefault();
      save.click();
    }
    return;
  }
  const isLetter = event.key.length === 1 && event.key !== " ";
  const selection = event.target.closest?.(".select2-selection");
  if (!selection || !isLetter || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const select = selection.closest(".select2-container")?.previousElementSibling;
  if (select?.matches("select") && window.django?.jQuery) {
    event.preventDefault();
    window.django.jQuery(select).select2("open");
    const search = document.querySelector(".select2-container--open .select2-search__field");
    if (search) {
      search.value = event.key;
      search.focus();
      search.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
});
