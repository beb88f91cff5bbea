/* The vocabulary desk: ticks all proposals at once, and orders trees without loading the page anew.
   Everything here works without it too, by the same forms. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  // --- Proposals ---
  const all = document.querySelector("[data-all]");
  if (all) {
    const boxes = [...all.closest("form").querySelectorAll("input[name=term]")];
    all.hidden = false;
    all.querySelector("input").addEventListener("change", (event) => {
      for (const box of boxes) box.checked = event.target.checked;
    });
  }

  // --- The order of a tree ---
  const said = document.querySelector("[data-tree-said]");
  const form = document.getElementById("changelist-form");
  if (!said || !form?.querySelector("[data-term]")) return;
  let busy = false;

  const send = async (move) => {
    if (busy) return;
    busy = true;
    try {
      const data = new FormData();
      data.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
      data.set("move", move);
      const answer = await fetch(location.href.split("#")[0], { method: "POST", body: data });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const table = page.getElementById("result_list");
      if (!answer.ok || !table) throw new Error("no list");
      document.getElementById("result_list").replaceWith(document.adoptNode(table));
      said.textContent = page.querySelector(".messagelist")?.textContent.trim() ?? "";
      prepare();
    } catch {
      location.reload();
    } finally {
      busy = false;
    }
  };

  form.addEventListener("click", async (event) => {
    const button = event.target.closest("button[name=move]");
    if (!button) return;
    event.preventDefault();
    await send(button.value);
    form.querySelector(`button[value="${CSS.escape(button.value)}"]`)?.focus();
  });

  // Dragged onto the upper part of a row: before it. Onto the lower part: below it, in the tree.
  let dragged = null;
  const clear = () => {
    for (const row of form.querySelectorAll("tr[data-drop]")) delete row.dataset.drop;
  };
  const placeIn = (row, event) => {
    const { top, height } = row.getBoundingClientRect();
    return event.clientY < top + height / 2 ? "before" : "below";
  };

  const prepare = () => {
    for (const steps of form.querySelectorAll("[data-term]")) {
      const row = steps.closest("tr");
      row.draggable = true;
      row.addEventListener("dragstart", (event) => {
        dragged = steps.dataset.term;
        event.dataTransfer.setData("text/plain", dragged);
        event.dataTransfer.effectAllowed = "move";
      });
      row.addEventListener("dragover", (event) => {
        if (!dragged || dragged === steps.dataset.term) return;
        event.preventDefault();
        clear();
        row.dataset.drop = placeIn(row, event);
      });
      row.addEventListener("drop", (event) => {
        event.preventDefault();
        clear();
        if (dragged && dragged !== steps.dataset.term) send(`${dragged}:${placeIn(row, event)}:${steps.dataset.term}`);
        dragged = null;
      });
      row.addEventListener("dragend", () => {
        dragged = null;
        clear();
      });
    }
  };
  prepare();
});
