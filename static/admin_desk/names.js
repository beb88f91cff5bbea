/* Gives the admin's autocomplete boxes the name of their field, which Select2 leaves out, and makes a
   picture of the sign beside its filters, which has a name. */
"use strict";
window.addEventListener("load", () => {
  const nameOf = (select) => select.labels?.[0]?.textContent.trim().replace(/:$/, "") ?? "";

  const nameParts = (select) => {
    const box = select.nextElementSibling;
    if (!box?.classList.contains("select2")) return;
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) {
      part.removeAttribute("aria-labelledby");
      part.setAttribute("aria-label", nameOf(select));
    }
  };

  // After the admin has made the boxes, which it does when jQuery is ready, be that before or after the page is loaded.
  window.django?.jQuery(() => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      nameParts(select);
      const events = window.django.jQuery(select);
      events.on("select2:open", () => {
        document.querySelector(".select2-container--open .select2-dropdown .select2-search__field")
          ?.setAttribute("aria-label", nameOf(select));
      });
      events.on("change", () => setTimeout(() => nameParts(select)));
    }
  });

  // Last, when the filters are there.
  setTimeout(() => {
    for (const sign of document.querySelectorAll(".search-label-icon")) sign.setAttribute("role", "img");
  });
});
