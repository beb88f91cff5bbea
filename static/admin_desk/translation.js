/* Translating: which version stands beside the fields, and taking one text of it over. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const versions = [...document.querySelectorAll("[data-beside-version]")];
  versions.forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault(); // without scripts the page is loaded anew, and what was typed with it
    versions.forEach((one) => one === link ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current"));
    document.querySelectorAll(".desk-passage").forEach((passage) => {
      passage.hidden = passage.dataset.version !== link.dataset.besideVersion;
    });
  }));

  document.querySelectorAll("[data-take-over]").forEach((button) => {
    const field = document.getElementById(button.dataset.takeOver);
    const text = button.closest(".desk-passage").querySelector("[data-passage]").value;
    const take = button.firstChild.data, undo = button.dataset.undo;
    let before = null;
    if (!field) return;
    button.hidden = false;
    const write = (value) => {
      field.value = value;
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    button.addEventListener("click", () => {
      if (before === null) {
        before = field.value;
        write(text);
      } else {
        write(before);
        before = null;
      }
      button.firstChild.data = before === null ? take : undo;
    });
    // What is typed after that is not to be put away.
    field.addEventListener("input", () => {
      if (before === null || field.value === text) return;
      before = null;
      button.firstChild.data = take;
    });
  });
});
