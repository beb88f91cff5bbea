/* Keeps what is typed: on the desk every few seconds while it changes; where the desk cannot be reached or one is
   signed out, in this browser until it can. Nothing is put into a form by itself: the desk offers it back.

   In the browser it stands under the person's number, is taken away as soon as the desk has it, on signing out by
   hand, and after a week. */
"use strict";
window.addEventListener("load", () => {
  const WAIT = 1_500;
  const LOOK = 1_000;
  const WEEK = 7 * 24 * 3_600_000;
  const box = document.querySelector("[data-autosave]");
  const form = box?.closest("form");
  if (!form) return;
  const status = box.querySelector("[data-kept-status]");
  form.querySelector(".submit-row")?.append(status);
  const keyField = box.querySelector("[name=autosave_key]");
  const { person } = box.dataset;
  const prefix = `desk-autosave:${person}:`;
  const address = box.dataset.autosave;
  const SKIPPED = new Set(["csrfmiddlewaretoken", "autosave_key"]);

  // --- What the form holds ---------------------------------------------------------------------------------------

  const typed = () => {
    const pairs = [];
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !SKIPPED.has(name)) pairs.push([name, value]);
    }
    return pairs;
  };

  const parcel = (pairs, key) => {
    const data = new FormData();
    for (const [name, value] of pairs) data.append(name, value);
    data.set("autosave_key", key);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return data;
  };

  const say = (text, warns = false, link = "") => {
    const shown = status.dataset.said ?? "";
    if (shown === text) return;
    status.dataset.said = text;
    status.toggleAttribute("data-warns", warns);
    status.textContent = text;
    if (link) {
      const a = document.createElement("a");
      a.href = link;
      a.target = "_blank";
      a.textContent = box.dataset.signIn;
      status.append(" ", a);
    }
  };

  // --- In this browser -------------------------------------------------------------------------------------------

  const local = {
    put(pairs) {
      try {
        localStorage.setItem(prefix + keyField.value, JSON.stringify({ address, pairs, at: Date.now() }));
      } catch {
        // Full or forbidden: what the desk has is what there is.
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(prefix + key);
      } catch {
        // As above.
      }
    },
    all() {
      try {
        const found = [];
        for (const name of Object.keys(localStorage)) {
          if (!name.startsWith("desk-autosave:")) continue;
          const kept = JSON.parse(localStorage.getItem(name));
          if (Date.now() - kept.at > WEEK) localStorage.removeItem(name);
          else if (name.startsWith(prefix)) found.push({ key: name.slice(prefix.length), ...kept });
        }
        return found;
      } catch {
        return [];
      }
    },
  };

  // --- On the desk -----------------------------------------------------------------------------------------------

  // "kept", "done", "signed out", "large" or "away"
  const send = async (where, pairs, key) => {
    try {
      const answer = await fetch(where, { method: "POST", body: parcel(pairs, key), redirect: "manual" });
      if (answer.ok) {
        const said = await answer.json();
        return said.done ? ["done"] : ["kept", said.kept];
      }
      if (answer.type === "opaqueredirect" || answer.status === 403) return ["signed out"];
      return [answer.status === 413 || answer.status === 400 ? "large" : "away"];
    } catch {
      return ["away"];
    }
  };

  let before = null; // as it was when the person first touched the form
  let last = ""; // what was kept last, or found the same
  let timer;
  let isSending = false;
  let isLeaving = false;

  const keep = async () => {
    clearTimeout(timer);
    if (before === null || isSending || isLeaving) return;
    const pairs = typed();
    const now = JSON.stringify(pairs);
    if (now === last) return;
    isSending = true;
    const key = keyField.value;
    const [outcome, time] = await send(address, pairs, key);
    isSending = false;
    if (isLeaving) return;
    if (outcome === "done") {
      // Saved from elsewhere, or come back to with the browser's back button: this is another form now.
      local.remove(key);
      keyField.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.floor(Math.random() * 1e9)}`;
      return void later();
    }
    if (outcome === "kept") {
      last = now;
      local.remove(key);
      say(box.dataset.kept.replace("%s", time));
      form.dispatchEvent(new CustomEvent("desk:kept"));
    } else {
      say(
        { "signed out": box.dataset.signedOut, large: box.dataset.large, away: box.dataset.local }[outcome],
        true,
        outcome === "signed out" ? box.dataset.login : "",
      );
    }
    if (JSON.stringify(typed()) !== last) later(outcome === "kept" ? WAIT : 5 * WAIT);
  };

  const later = (wait = WAIT) => {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  };

  const look = () => {
    if (before === null || isLeaving) return;
    const pairs = typed();
    const now = JSON.stringify(pairs);
    if (now === look.seen) return;
    look.seen = now;
    if (now === last) return;
    local.put(pairs); // at once: a battery does not wait for the network
    later();
  };

  // Editors and pickers fill fields while the page loads; only what changes after the first touch was typed.
  const touch = () => {
    if (before !== null) return;
    before = last = look.seen = JSON.stringify(typed());
    setInterval(look, LOOK);
  };
  for (const name of ["pointerdown", "keydown", "beforeinput"]) form.addEventListener(name, touch, { capture: true });
  form.addEventListener("input", (event) => {
    if (before === null && event.isTrusted) {
      touch();
      last = look.seen = "";
    }
    setTimeout(look);
  });
  form.addEventListener("change", () => setTimeout(look));
  window.django?.jQuery(form).on("change", "select", () => setTimeout(look));

  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return; // a preview in another tab: this one stays
    isLeaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false;
  });

  const flush = () => {
    if (before === null || isLeaving || JSON.stringify(typed()) === last) return;
    navigator.sendBeacon(address, parcel(typed(), keyField.value));
  };
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  window.addEventListener("pagehide", flush);
  window.addEventListener("online", keep);

  // Signing out by hand leaves nothing behind for the next person at this computer.
  document.getElementById("logout-form")?.addEventListener("submit", () => {
    flush();
    isLeaving = true;
    for (const { key } of local.all()) local.remove(key);
  });

  // --- Left behind by an earlier visit ---------------------------------------------------------------------------

  (async () => {
    let isNew = false;
    for (const { key, address: where, pairs } of local.all()) {
      if (key === keyField.value) continue;
      const [outcome] = await send(where, pairs, key);
      if (outcome === "kept" || outcome === "done") local.remove(key);
      isNew ||= outcome === "kept" && where === address;
    }
    // The desk now offers it; a form that nobody has touched can be asked for again.
    if (isNew && before === null && "fresh" in box.dataset) location.reload();
  })();
});
