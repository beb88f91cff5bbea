/* Tells the desk every half minute that this form is open, and shows who else has it open. Silent while out of sight. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const EVERY = 25_000;
  const box = document.querySelector("[data-presence]");
  const form = box?.closest("form");
  if (!form) return;
  const list = box.querySelector("[data-others]");

  const body = (left) => {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (left) data.set("left", "1");
    return data;
  };

  // What is the same is left alone, so that nothing is read out again; the minutes that pass do not count.
  const show = (others) => {
    const bare = (text) => text.replace(/\d+/g, "");
    const before = [...list.children].map((line) => bare(line.textContent.trim()));
    if (before.join("\n") === others.map(bare).join("\n")) return;
    list.replaceChildren(
      ...others.map((sentence) => {
        const line = document.createElement("li");
        line.textContent = sentence;
        return line;
      }),
    );
  };

  const say = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(box.dataset.presence, { method: "POST", body: body(), redirect: "manual" });
      if (answer.ok) show((await answer.json()).others);
    } catch {
      // Cut off: autosave says so.
    }
  };

  say();
  setInterval(say, EVERY);
  document.addEventListener("visibilitychange", say);
  window.addEventListener("pagehide", () => navigator.sendBeacon(box.dataset.presence, body(true)));
});
