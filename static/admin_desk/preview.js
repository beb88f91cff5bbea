/* Previews: as wide as a desk and made small enough for their place; and beside the form, of what it holds.

   Beside the form a page is drawn anew each time that what is typed has been kept. It takes the place of the one before
   it when it is there, at the same height, so that nothing flickers and the browser's way back stays as it was. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  // The address of a new review link is chosen when one comes to it, ready to be copied.
  document.querySelector(".desk-new-link input")?.addEventListener("focus", (event) => event.target.select());

  const DESK = 1200;
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) target.style.setProperty("--scale", Math.min(1, target.clientWidth / DESK));
  });
  for (const holder of document.querySelectorAll("[data-scaled]")) sizes.observe(holder);

  const beside = document.querySelector("[data-beside]");
  const toggle = document.querySelector("[data-beside-toggle]");
  const form = beside?.closest("form");
  if (!form || !toggle) return;
  const { typed, page, title, failed } = beside.dataset;
  const holder = beside.querySelector("[data-beside-page]");
  const status = beside.querySelector("[data-beside-status]");
  const widths = [...beside.querySelectorAll("[data-beside-width]")];
  const wide = window.matchMedia("(min-width: 1400px)");
  const KEY = "desk-beside";
  let shown = null; // the frame that is looked at
  let coming = null; // the one that is being drawn
  let isStale = true; // whether something was typed since

  const remembered = () => {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return "";
    }
  };
  const remember = (text) => {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // Forbidden: the choice ends with the page.
    }
  };

  const send = (frame) => {
    const post = document.createElement("form");
    Object.assign(post, { method: "post", action: typed, target: frame.name, hidden: true });
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string") continue;
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      post.append(input);
    }
    document.body.append(post);
    HTMLFormElement.prototype.submit.call(post);
    post.remove();
  };

  const draw = () => {
    isStale = true;
    if (beside.hidden || !wide.matches || coming) return;
    isStale = false;
    const frame = document.createElement("iframe");
    frame.name = `desk-beside-${Date.now()}`;
    frame.title = title;
    frame.sandbox = "allow-same-origin allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";
    frame.dataset.coming = "";
    coming = frame;
    holder.append(frame);
    frame.addEventListener("load", () => arrived(frame));
    if (typed) send(frame);
    else frame.src = page;
  };

  const arrived = (frame) => {
    if (frame !== coming || frame.contentWindow?.location.href === "about:blank") return;
    coming = null;
    // Signed out, or refused: such a page may not be framed, and the browser shows none that could be read.
    if (frame.contentDocument?.querySelector("main")) {
      const top = shown?.contentWindow?.scrollY ?? 0;
      frame.contentWindow.scrollTo(0, top);
      shown?.remove();
      delete frame.dataset.coming;
      shown = frame;
      status.textContent = "";
    } else {
      frame.remove();
      status.textContent = failed;
    }
    if (isStale) draw();
  };

  const set = (width) => {
    const isOn = Boolean(width);
    beside.hidden = !isOn;
    toggle.setAttribute("aria-pressed", String(isOn));
    if (isOn) form.dataset.previewWidth = width;
    else delete form.dataset.previewWidth;
    for (const button of widths) button.setAttribute("aria-pressed", String(button.dataset.besideWidth === width));
    holder.toggleAttribute("data-scaled", width === "desk");
    if (width === "desk") sizes.observe(holder);
    else sizes.unobserve(holder);
    if (isOn && isStale) draw();
  };

  const choose = (width) => {
    remember(width);
    set(width);
  };

  toggle.hidden = false;
  toggle.addEventListener("click", () => choose(beside.hidden ? "phone" : ""));
  for (const button of widths) button.addEventListener("click", () => choose(button.dataset.besideWidth));
  form.addEventListener("desk:kept", draw);
  wide.addEventListener("change", () => isStale && draw());
  // Editors and pickers fill fields while the page loads; what the form holds is known then.
  window.addEventListener("load", () => set(["phone", "desk"].find((width) => width === remembered()) ?? ""));
});
