"use strict";
/* The media library: a dialog to choose from (window.deskLibrary), the picker of a form, uploads of several files at
   once, and the centre of interest set by a click. */
(() => {
  const make = (name, values = {}, ...children) => {
    const element = document.createElement(name);
    Object.entries(values).forEach(([key, value]) =>
      key in element ? (element[key] = value) : element.setAttribute(key, value));
    element.append(...children);
    return element;
  };
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const language = () => document.querySelector("#id_language")?.value || "";

  async function send(address, values) {
    const body = new FormData();
    Object.entries(values).forEach(([name, value]) => body.append(name, value));
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() } });
    if (answer.status !== 200 && answer.status !== 400) throw new Error(answer.status);
    return answer.json();
  }

  function library() {
    const [dialog, ...others] = document.querySelectorAll("dialog[data-library]");
    others.forEach((other) => other.remove());
    if (!dialog) return null;
    document.body.append(dialog); // outside the form: its Enter key saves nothing
    const find = (part) => dialog.querySelector(`[data-${part}]`);
    const [results, status, more, words] = ["results", "status", "more", "find-words"].map(find);
    let page = 1, asked = 0, take = () => {};

    const choose = (image) => {
      dialog.close();
      take(image);
    };
    const entry = (image) => {
      const button = make("button", { type: "button", onclick: () => choose(image) },
        make("span", { className: "library-thumb" }, make("img", { src: image.thumbnail, alt: "", loading: "lazy" })),
        make("span", { className: "library-title" }, image.title));
      button.setAttribute("aria-label", dialog.dataset.chooseLabel.replace("%s", image.title));
      return make("li", {}, button);
    };
    async function show(number) {
      page = number;
      const mine = ++asked;
      const query = new URLSearchParams({ find: words.value, page, language: language() });
      try {
        const found = await (await fetch(`${dialog.dataset.find}?${query}`)).json();
        if (mine !== asked) return;
        const entries = found.images.map(entry);
        if (page === 1) results.replaceChildren(...entries);
        else {
          results.append(...entries);
          entries[0]?.querySelector("button").focus();
        }
        more.hidden = !found.more;
        status.textContent = results.children.length ? "" : dialog.dataset.none;
      } catch {
        status.textContent = dialog.dataset.failed;
      }
    }
    let waiting;
    words.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => show(1), 200);
    });
    more.addEventListener("click", () => show(page + 1));
    find("close").addEventListener("click", () => dialog.close());

    const errors = find("errors");
    find("send").addEventListener("click", async () => {
      const file = find("file").files[0];
      const values = { file: file || "", alt: find("alt").value, credit: find("credit").value, language: language() };
      if (find("decorative").checked) values.is_decorative = "on";
      errors.hidden = true;
      find("send").disabled = true;
      try {
        const answer = await send(dialog.dataset.upload, values);
        if (answer.image) {
          ["file", "alt", "credit"].forEach((part) => (find(part).value = ""));
          choose(answer.image);
        } else {
          errors.textContent = Object.values(answer.errors).flat().join(" ");
        }
      } catch {
        errors.textContent = dialog.dataset.failed;
      }
      errors.hidden = !dialog.open || !errors.textContent;
      find("send").disabled = false;
    });
    return {
      open(callback) {
        take = callback;
        errors.textContent = "";
        errors.hidden = true;
        dialog.showModal();
        words.focus();
        show(1);
      },
    };
  }

  function picker(root, chooser) {
    const input = root.querySelector("input"), chosen = root.querySelector("[data-chosen]");
    const set = (image) => {
      input.value = image ? image.id : "";
      chosen.replaceChildren(...(image
        ? [make("img", { src: image.thumbnail, alt: "" }), " ", make("span", {}, image.title)] : []));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      root.querySelector("[data-choose]").focus();
    };
    root.querySelector(".picture-buttons").hidden = false;
    root.querySelector("[data-number]").classList.add("picture-number-only");
    root.querySelector("[data-choose]").addEventListener("click", () => chooser.open(set));
    root.querySelector("[data-none]").addEventListener("click", () => set(null));
  }

  /* Each file is sent by itself, with its own description; what is refused says why and can be mended and sent again. */
  function several(root) {
    const labels = root.dataset, rows = root.querySelector("[data-rows]");
    root.hidden = false;
    root.querySelector("[data-files]").addEventListener("change", (event) => {
      const waiting = [...event.target.files].map((file) => {
        const alt = make("input", { type: "text", maxLength: 300 });
        const credit = make("input", { type: "text", maxLength: 200 });
        const decorative = make("input", { type: "checkbox" });
        const state = make("p", { role: "status", className: "several-state" });
        rows.append(make("li", {}, make("strong", {}, file.name),
          make("label", {}, labels.altLabel, " ", alt), make("label", {}, decorative, " ", labels.decorativeLabel),
          make("label", {}, labels.creditLabel, " ", credit), state));
        return { file, alt, credit, decorative, state, done: false };
      });
      const button = make("button", { type: "button", className: "button default" }, labels.sendLabel);
      const item = make("li", { className: "several-send" }, button);
      rows.append(item);
      button.addEventListener("click", async () => {
        button.disabled = true;
        for (const row of waiting.filter((one) => !one.done)) {
          const values = { file: row.file, alt: row.alt.value, credit: row.credit.value };
          if (row.decorative.checked) values.is_decorative = "on";
          try {
            const answer = await send(labels.upload, values);
            row.done = Boolean(answer.image);
            row.state.textContent = row.done ? answer.said || labels.doneLabel
              : Object.values(answer.errors).flat().join(" ");
            row.state.dataset.done = row.done;
          } catch {
            row.state.textContent = labels.failed;
          }
        }
        button.disabled = false;
        const bad = waiting.find((row) => !row.done);
        if (bad) bad.alt.focus();
        else window.location.assign(labels.library);
      });
      event.target.value = "";
      waiting[0]?.alt.focus();
    });
  }

  function focal(root) {
    const x = document.querySelector("#id_focal_x"), y = document.querySelector("#id_focal_y");
    if (!x || !y) return;
    const picture = root.querySelector("img"), mark = make("span", { className: "focal-mark" });
    root.append(mark);
    const draw = () => {
      mark.style.insetInlineStart = `${Number(x.value) * 100}%`;
      mark.style.insetBlockStart = `${Number(y.value) * 100}%`;
    };
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      x.value = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1).toFixed(2);
      y.value = Math.min(Math.max((event.clientY - box.top) / box.height, 0), 1).toFixed(2);
      draw();
    });
    [x, y].forEach((input) => input.addEventListener("input", draw));
    draw();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const chooser = library();
    window.deskLibrary = chooser;
    document.querySelectorAll("[data-picture-picker]").forEach((root) => picker(root, chooser));
    document.querySelectorAll("[data-several]").forEach(several);
    document.querySelectorAll("[data-focal]").forEach(focal);
  });
})();
