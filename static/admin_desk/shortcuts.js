/* Keys that do what a link or button of the page does. The page says which: an element's own `data-shortcut`, or a row
   of the dialog with `data-keys` and a `data-href` to go to or a `data-focus` selector. `?` shows the dialog, whose
   switch turns the rest off for good. Nothing happens while one types. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const dialog = document.querySelector("dialog[data-shortcuts]");
  if (!dialog) return;
  const STORE = "desk-shortcuts";
  const WAIT_MS = 1200;
  const toggle = dialog.querySelector("[data-shortcuts-switch]");
  let before = "";
  let timer = 0;

  const isOn = () => {
    try {
      return localStorage.getItem(STORE) !== "off";
    } catch {
      return true;
    }
  };
  toggle.checked = isOn();
  toggle.addEventListener("change", () => {
    try {
      localStorage.setItem(STORE, toggle.checked ? "on" : "off");
    } catch {
      /* not remembered */
    }
  });

  const isTyping = (target) =>
    target instanceof Element &&
    (target.closest("input, textarea, select, [contenteditable], [role=textbox], .select2-container") !== null) &&
    !target.matches("input[type=checkbox], input[type=radio], input[type=submit], input[type=button]");

  const act = (keys) => {
    const own = document.querySelector(`[data-shortcut="${CSS.escape(keys)}"]:not([disabled])`);
    if (own) {
      own.click();
      return true;
    }
    const row = dialog.querySelector(`[data-keys="${CSS.escape(keys)}"]`);
    if (!row) return false;
    if (row.dataset.focus) {
      const field = document.querySelector(row.dataset.focus);
      if (!field) return false;
      field.focus();
      field.select?.();
      return true;
    }
    if (!row.dataset.href) return false;
    location.assign(row.dataset.href);
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length !== 1) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (!isOn()) return;
    clearTimeout(timer);
    const keys = before ? `${before} ${event.key}` : event.key;
    before = "";
    if (act(keys)) {
      event.preventDefault();
    } else if ([...dialog.querySelectorAll("[data-keys]")].some((row) => row.dataset.keys.startsWith(`${keys} `))) {
      before = keys;
      timer = setTimeout(() => (before = ""), WAIT_MS);
    }
  });

  for (const opener of document.querySelectorAll("[data-shortcuts-open]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
  }
});
