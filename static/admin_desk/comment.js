/* Sends a comment without leaving the form, and offers colleagues' names after an @. Without it both are plain text and
   a page that loads anew. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const WAIT_MS = 200;

  for (const box of document.querySelectorAll("[data-comment]")) {
    const field = box.querySelector("textarea");
    const status = box.querySelector("[data-comment-status]");
    const form = field.form;
    const record = box.parentElement.querySelector("[data-record]");

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const send = async () => {
        const answer = await fetch(form.action, {
          method: "POST",
          body: new FormData(form),
          headers: { "X-Fragment": "record" },
        });
        if (answer.redirected || !(answer.ok || answer.status === 400)) throw new Error(answer.status);
        if (answer.status === 400) {
          status.textContent = (await answer.json()).problem;
          return;
        }
        record.innerHTML = await answer.text();
        field.value = "";
        status.textContent = record.querySelector("li strong + *, li p")?.textContent.trim() ?? "";
      };
      send().catch(() => HTMLFormElement.prototype.submit.call(form));
    });

    offerPeople(field, box.dataset.people);
  }

  function offerPeople(field, address) {
    const list = document.createElement("ul");
    list.id = `${field.id}_people`;
    list.className = "desk-people";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "@");
    list.hidden = true;
    field.after(list);
    field.setAttribute("aria-autocomplete", "list");

    let timer = 0;
    let chosen = -1;

    const typed = () => field.value.slice(0, field.selectionStart).match(/(^|[^\w@.+/-])@([\w.+-]{1,50})$/)?.[2];
    const close = () => {
      list.hidden = true;
      chosen = -1;
      field.removeAttribute("aria-activedescendant");
      field.removeAttribute("aria-controls");
    };
    const mark = (number) => {
      chosen = (number + list.children.length) % list.children.length;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      field.setAttribute("aria-activedescendant", list.children[chosen].id);
    };
    const take = (option) => {
      const before = field.value.slice(0, field.selectionStart).replace(/@[\w.+-]*$/, `@${option.dataset.username} `);
      field.value = before + field.value.slice(field.selectionStart);
      field.setSelectionRange(before.length, before.length);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
      close();
    };
    const offer = async () => {
      const find = typed();
      if (!find) return close();
      const answer = await fetch(`${address}?find=${encodeURIComponent(find)}`);
      if (!answer.ok || find !== typed()) return;
      const { people } = await answer.json();
      if (!people.length || (people.length === 1 && people[0].username === find)) return close();
      list.replaceChildren(
        ...people.map(({ username, name }, number) => {
          const option = document.createElement("li");
          option.id = `${list.id}_${number}`;
          option.dataset.username = username;
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.textContent = name ? `${name} (@${username})` : `@${username}`;
          option.addEventListener("mousedown", (event) => event.preventDefault());
          option.addEventListener("click", () => take(option));
          return option;
        }),
      );
      list.hidden = false;
      field.setAttribute("aria-controls", list.id);
      mark(0);
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => offer().catch(close), WAIT_MS);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) mark(chosen + step);
      else if (event.key === "Enter" || event.key === "Tab") take(list.children[chosen]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", close);
  }
});
