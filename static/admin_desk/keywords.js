/* Offers known keywords while one is typed, and lets a new one be proposed by a choice of its own.
   A combobox as WAI-ARIA describes it. Without it the field is a plain line, and the form asks about new words. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const WAIT_MS = 150;

  for (const input of document.querySelectorAll("input[data-suggest]")) {
    const single = "one" in input.dataset;
    const box = document.createElement("span");
    box.className = "word-box";
    input.replaceWith(box);
    const list = document.createElement("ul");
    list.id = `${input.id}_suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() || input.name);
    list.hidden = true;
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    box.append(input, list, said);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

    let timer = 0;
    let asked = null;
    let active = -1;

    const cut = () => (single ? 0 : input.value.slice(0, input.selectionStart ?? input.value.length).lastIndexOf(",") + 1);
    const end = () => {
      const next = single ? -1 : input.value.indexOf(",", cut());
      return next < 0 ? input.value.length : next;
    };
    const typed = () => input.value.slice(cut(), end()).trim();

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const mark = (index) => {
      const options = [...list.children];
      active = (index + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    };

    const propose = (word) => {
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name: `${input.name}_propose`, value: word });
      box.append(hidden);
    };

    const choose = (option) => {
      const word = option.dataset.word;
      if ("propose" in option.dataset) propose(word);
      const before = input.value.slice(0, cut());
      const after = input.value.slice(end()).replace(/^[,\s]+/, "");
      const quoted = word.includes(",") ? `"${word}"` : word;
      const head = before ? `${before.trimEnd()} ` : "";
      input.value = single ? word : `${head}${quoted}, ${after}`;
      const place = single ? input.value.length : input.value.length - after.length;
      input.setSelectionRange(place, place);
      input.dispatchEvent(new Event("change", { bubbles: true }));
      asked = typed();
      close();
    };

    const optionOf = (word, text, isNew) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${list.children.length}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.word = word;
      if (isNew) option.dataset.propose = "";
      option.textContent = text;
      // Not the click, before which the input loses the focus and the list closes.
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        choose(option);
      });
      list.append(option);
    };

    const suggest = async () => {
      const find = typed();
      if (find === asked) return;
      asked = find;
      if (!find) return close();
      const response = await fetch(`${input.dataset.suggest}?find=${encodeURIComponent(find)}`);
      if (!response.ok || find !== typed()) return;
      const { keywords, known } = await response.json();
      list.replaceChildren();
      for (const { name, means, near } of keywords) {
        const words = input.dataset;
        if (means) optionOf(name, `${name} (${(words.means ?? "%s").replace("%s", means)})`);
        else optionOf(name, near ? (words.near ?? "%s").replace("%s", name) : name);
      }
      if (!known && !single && input.dataset.propose) optionOf(find, input.dataset.propose.replace("%s", find), true);
      active = -1;
      input.removeAttribute("aria-activedescendant");
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      said.textContent = (input.dataset.count ?? "%s").replace("%s", String(list.children.length));
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => suggest().catch(() => {}), WAIT_MS);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (list.hidden) {
        if (event.key === "ArrowDown") {
          asked = null;
          suggest().catch(() => {});
        }
        return;
      }
      if (event.key === "ArrowDown") mark(active + 1);
      else if (event.key === "ArrowUp") mark(active < 0 ? -1 : active - 1);
      else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  }
});
