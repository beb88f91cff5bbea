/* Suggests keywords while one is typed. Without it the field is a plain text field that works as well.
   The list is a native datalist: its entries repeat what stands before the last comma, for the browser compares whole values. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const WAIT_MS = 200;

  for (const input of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("datalist");
    list.id = `${input.id}_suggestions`;
    input.after(list);
    input.setAttribute("list", list.id);

    let timer = 0;
    let asked = "";

    const suggest = async () => {
      const cut = input.value.lastIndexOf(",") + 1;
      const before = input.value.slice(0, cut);
      const find = input.value.slice(cut).trim();
      if (find === asked) return;
      asked = find;
      if (!find) {
        list.replaceChildren();
        return;
      }
      const response = await fetch(`${input.dataset.suggest}?find=${encodeURIComponent(find)}`);
      if (!response.ok || find !== asked) return;
      const { keywords } = await response.json();
      list.replaceChildren(
        ...keywords.map(({ name, means }) => {
          const option = document.createElement("option");
          option.value = `${before}${before ? " " : ""}${name}`;
          if (means) option.label = `${name} = ${means}`;
          return option;
        }),
      );
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => suggest().catch(() => {}), WAIT_MS);
    });
  }
});
