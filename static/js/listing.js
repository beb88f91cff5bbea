// [data-listing]: a listing whose links and date form bring the new results into the page instead of a new page.
// The server sends the same page either way; its [data-region]s are taken over. On any failure the browser goes there
// as if this file did not exist.
(() => {
  if (!document.querySelector("[data-listing]")) return;

  const parser = new DOMParser();
  const HEAD = "[data-discovery], link[rel=canonical], link[rel=alternate], link[rel=prev], link[rel=next], meta[name=robots], meta[name=description]";
  let shown = address(window.location);
  let running = null;

  function address(url) {
    return url.pathname + url.search;
  }

  function isListing(url) {
    const root = document.querySelector("[data-listing]").dataset.listing;
    return url.origin === window.location.origin && (url.pathname === root || url.pathname === window.location.pathname);
  }

  // How to find the same control again in the next page.
  function nameOf(element) {
    if (!element || !element.closest("[data-region]")) return null;
    const { facet, value, filter, key, group } = element.dataset;
    if (facet) return `[data-facet="${CSS.escape(facet)}"][data-value="${CSS.escape(value)}"]`;
    if (filter) return `[data-filter="${CSS.escape(filter)}"]`;
    if (key) return `[data-key="${CSS.escape(key)}"]`;
    if (element.id) return `#${CSS.escape(element.id)}`;
    const details = element.closest("summary")?.parentElement.dataset.group ?? group;
    return details ? `[data-group="${CSS.escape(details)}"] > summary` : null;
  }

  async function fetchPage(url, signal) {
    const response = await fetch(url, { signal, headers: { Accept: "text/html" } });
    if (!response.ok || !(response.headers.get("Content-Type") || "").startsWith("text/html")) {
      throw new Error(`No page at ${url}`);
    }
    const page = parser.parseFromString(await response.text(), "text/html");
    if (!page.querySelector("[data-listing]")) throw new Error(`No listing at ${url}`);
    return { page, address: new URL(response.url || url) };
  }

  async function prepare(page, signal) {
    const waits = [];
    document.dispatchEvent(
      new CustomEvent("newsroom:swapping", { detail: { page, signal, waitUntil: (promise) => waits.push(promise) } }),
    );
    await Promise.all(waits);
  }

  function swap(page) {
    for (const group of document.querySelectorAll("details[data-group]")) {
      const next = page.querySelector(`details[data-group="${CSS.escape(group.dataset.group)}"]`);
      if (next) next.open = group.open;
    }
    for (const region of document.querySelectorAll("[data-region]")) {
      const next = page.querySelector(`[data-region="${CSS.escape(region.dataset.region)}"]`);
      if (next) region.replaceWith(document.adoptNode(next));
    }
    document.title = page.title;
    for (const old of document.head.querySelectorAll(HEAD)) old.remove();
    document.head.append(...page.head.querySelectorAll(HEAD));
    document.dispatchEvent(new CustomEvent("newsroom:swapped"));
  }

  // The total, and what could not be understood.
  function announce() {
    const texts = [...document.querySelectorAll("#heading, #problems, .notice-problem li")];
    document.querySelector("[data-announce]").textContent = texts.map((text) => text.textContent.trim()).join(". ");
  }

  function remember() {
    // While going back the address is already that of the page to come.
    if (address(window.location) !== shown) return;
    window.history.replaceState({ ...window.history.state, scroll: window.scrollY }, "");
  }

  // `scroll`: a position to go back to; "results": to the first result; absent: what has the focus stays where it is.
  async function visit(url, { push = true, scroll = null } = {}) {
    running?.abort();
    const { signal } = (running = new AbortController());
    const results = document.querySelector("[data-region=results]");
    results.setAttribute("aria-busy", "true");
    // Emptied first, so that the same words are announced again.
    document.querySelector("[data-announce]").textContent = "";
    try {
      const fetched = await fetchPage(url, signal);
      await prepare(fetched.page, signal);
      if (signal.aborted) return;
      const active = document.activeElement;
      const name = nameOf(active);
      const top = active?.getBoundingClientRect().top;
      if (push) {
        remember();
        window.history.scrollRestoration = "manual";
        window.history.pushState({ scroll: window.scrollY }, "", fetched.address);
      }
      swap(fetched.page);
      shown = address(window.location);
      const same = scroll === "results" || !name ? null : document.querySelector(name);
      const heading = document.getElementById("heading");
      if (same) {
        same.focus({ preventScroll: true });
        if (scroll === null) window.scrollBy({ top: same.getBoundingClientRect().top - top, behavior: "instant" });
      } else if (name || scroll === "results") {
        heading.focus({ preventScroll: true });
        if (scroll === null || scroll === "results") heading.scrollIntoView({ block: "nearest", behavior: "instant" });
      }
      if (typeof scroll === "number") window.scrollTo({ top: scroll, behavior: "instant" });
      announce();
    } catch {
      // A newer request has taken over, or this one failed: then go there the plain way.
      if (!signal.aborted) window.location.assign(url);
    } finally {
      if (!signal.aborted) document.querySelector("[data-region=results]")?.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-listing] a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    if (url.hash || link.target || link.hasAttribute("download") || !isListing(url)) return;
    event.preventDefault();
    link.focus({ preventScroll: true });
    visit(url, { scroll: link.closest(".pagination") ? "results" : null });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-visit]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const url = new URL(form.action);
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    url.search = new URLSearchParams(filled);
    visit(url);
  });

  window.addEventListener("popstate", (event) => {
    // Moving to an anchor of this page is no change of the listing.
    if (address(window.location) === shown) return;
    visit(new URL(window.location.href), { push: false, scroll: event.state?.scroll ?? 0 });
  });

  // The browser leaves the scroll position of an updated listing to us, also on coming back from an item.
  let resting;
  window.addEventListener("scroll", () => {
    clearTimeout(resting);
    resting = setTimeout(remember, 150);
  });
  window.addEventListener("pagehide", remember);
  if (window.history.scrollRestoration === "manual" && window.history.state?.scroll) {
    window.scrollTo({ top: window.history.state.scroll, behavior: "instant" });
  }
})();
