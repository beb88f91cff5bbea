// [data-combobox]: a search form whose box suggests while one types. The pattern is the editable combobox with list
// autocomplete of the ARIA Authoring Practices: focus stays in the box, arrow keys choose, Enter goes, Escape closes.
(() => {
  const PAUSE = 150;
  const boxes = new WeakMap();

  class Combobox {
    constructor(form) {
      this.form = form;
      this.input = form.elements.q;
      this.options = [];
      this.active = -1;
      this.list = document.createElement("div");
      this.list.className = "suggestions";
      this.list.id = `${this.input.id}-suggestions`;
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", form.dataset.label);
      form.append(this.list);
      for (const [name, value] of Object.entries({
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.list.id,
      })) {
        this.input.setAttribute(name, value);
      }
      // Pressing on the list must not take the focus from the box.
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => this.go(this.options.indexOf(event.target.closest("[role=option]"))));
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.close());
      form.addEventListener("submit", () => this.close(), true);
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      this.request?.abort();
      const typed = this.input.value.trim();
      if (typed.length < 2) return this.close();
      const { signal } = (this.request = new AbortController());
      try {
        const url = new URL(this.form.dataset.combobox, window.location.href);
        url.searchParams.set("q", typed.slice(0, 100));
        const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(`No suggestions at ${url}`);
        const { groups } = await response.json();
        if (!signal.aborted && document.activeElement === this.input) this.show(groups);
      } catch {
        // Without suggestions it is a search box.
        if (!signal.aborted) this.close();
      }
    }

    show(groups) {
      this.options = [];
      this.list.replaceChildren(...groups.map((group) => this.group(group)));
      this.choose(-1);
      this.expand(this.options.length > 0);
      const announce = document.querySelector("[data-announce]");
      if (announce) announce.textContent = `${this.options.length} ${this.form.dataset.several}`;
    }

    group({ name, label, options }) {
      const group = document.createElement("div");
      const title = document.createElement("div");
      title.id = `${this.list.id}-${name}`;
      title.className = "suggestions-group";
      title.textContent = label;
      title.setAttribute("role", "presentation");
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", title.id);
      group.append(title, ...options.map((option) => this.option(option)));
      return group;
    }

    option({ label, url, count }) {
      const option = document.createElement("div");
      option.id = `${this.list.id}-${this.options.length}`;
      option.className = "suggestion";
      option.dataset.url = url;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.textContent = label;
      option.append(text);
      if (count !== null) {
        const number = document.createElement("span");
        number.className = "count";
        number.textContent = count;
        option.append(" ", number);
      }
      this.options.push(option);
      return option;
    }

    expand(open) {
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open));
    }

    close() {
      clearTimeout(this.timer);
      this.request?.abort();
      this.choose(-1);
      this.expand(false);
    }

    choose(index) {
      this.options[this.active]?.setAttribute("aria-selected", "false");
      this.active = index;
      const option = this.options[index];
      if (!option) return this.input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    go(index) {
      const option = this.options[index];
      if (option) window.location.assign(option.dataset.url);
    }

    key(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const open = !this.list.hidden;
      const count = this.options.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return this.ask();
        if (event.altKey) return;
        // From the box (-1) down to the first, up to the last, and round again through the box.
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.choose(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Enter" && open && this.active >= 0) {
        event.preventDefault();
        this.go(this.active);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        this.close();
      }
    }
  }

  // A listing replaces its box with each new page, so boxes are made when they get the focus.
  document.addEventListener("focusin", (event) => {
    const form = event.target.name === "q" && event.target.closest("[data-combobox]");
    if (form && !boxes.has(form)) boxes.set(form, new Combobox(form));
  });
})();
