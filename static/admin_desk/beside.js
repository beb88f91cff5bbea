/* Keeps the panels beside the form in step with what is typed: the checklist and the duplicates. */
"use strict";
window.addEventListener("load", () => {
  const WAIT = 700;

  const line = (label, href, text, after) => {
    const item = document.createElement("li");
    if (label) {
      item.dataset.required = "";
      const strong = document.createElement("strong");
      strong.textContent = `${label}:`;
      item.append(strong, " ");
    }
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    item.append(link, after ?? "");
    return item;
  };

  const plain = (text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  };

  // Nothing changes in the page while the answer is the same, so that nothing is read out again.
  const replace = (list, lines) => {
    const fresh = document.createElement("ul");
    fresh.append(...lines);
    if (fresh.textContent.replace(/\s+/g, "") !== list.textContent.replace(/\s+/g, "")) list.replaceChildren(...fresh.children);
  };

  const panels = [
    {
      panel: document.querySelector("[data-checklist]"),
      address: (panel) => panel.dataset.checklist,
      draw: (panel, { findings }) => {
        const lines = findings.map((f) => line(f.required ? panel.dataset.required : "", `#id_${f.field}`, f.message));
        replace(panel.querySelector("[data-findings]"), lines.length ? lines : [plain(panel.dataset.fine)]);
      },
    },
    {
      panel: document.querySelector("[data-duplicates]"),
      address: (panel) => panel.dataset.duplicates,
      draw: (panel, { twins }) => {
        panel.hidden = !twins.length;
        const lines = twins.map((t) => line(t.same_address ? panel.dataset.same : "", t.url, t.title, ` (${t.state})`));
        replace(panel.querySelector("[data-twins]"), lines);
      },
    },
  ].filter(({ panel }) => panel);

  for (const { panel, address, draw } of panels) {
    const form = panel.closest("form");
    if (!form) continue;
    let timer, asked;
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.set(name, value.name);
      try {
        const answer = await fetch(address(panel), { method: "POST", body: data, signal: asked.signal });
        if (answer.ok) draw(panel, await answer.json());
      } catch (error) {
        if (error.name !== "AbortError") console.info("The panel could not be brought up to date.");
      }
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    };
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    window.django?.jQuery(form).on("change", "select", later);
  }
});
