// [data-find]: a form that narrows the list after it, here as one types. Without scripts it asks the server.
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const original = new WeakMap();

  // The lists that a form is about: those in the same facet, else those of the page.
  const scopeOf = (form) => form.closest(".facet-body, [data-facet-page], main");

  function narrow(form) {
    const scope = scopeOf(form);
    const wanted = fold(form.elements.find.value.trim());
    let found = 0;
    for (const entry of scope.querySelectorAll("[data-options] > li")) {
      entry.hidden = !fold(entry.dataset.label).includes(wanted);
      if (!entry.hidden) found += 1;
    }
    for (const section of scope.querySelectorAll("[data-letter]")) {
      section.hidden = !section.querySelector("[data-options] > li:not([hidden])");
    }
    const announce = document.querySelector("[data-announce]");
    if (announce) announce.textContent = wanted ? `${form.dataset.found} ${found}` : "";
  }

  // A list that the server has already narrowed does not hold what a shorter word would find.
  const isComplete = (form) => {
    if (!original.has(form)) original.set(form, !form.elements.find.defaultValue);
    return original.get(form);
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-find]");
    if (form && event.target.name === "find" && isComplete(form)) narrow(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-find]");
    if (form && isComplete(form)) {
      event.preventDefault();
      narrow(form);
    }
  });

  // A box whose list was replaced while it held a word.
  document.addEventListener("newsroom:swapped", () => {
    for (const form of document.querySelectorAll("[data-find]")) {
      if (form.elements.find.value) narrow(form);
    }
  });
})();
