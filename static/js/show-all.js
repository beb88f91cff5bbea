// [data-show-all]: a link to the page of all values of a facet. Here its list and its find box open in place, and stay
// open when the listing is updated.
(() => {
  const parser = new DOMParser();

  async function fetchAll(link, signal) {
    const response = await fetch(link.href, { signal, headers: { Accept: "text/html" } });
    if (!response.ok || !(response.headers.get("Content-Type") || "").startsWith("text/html")) {
      throw new Error(`No list at ${link.href}`);
    }
    const page = parser.parseFromString(await response.text(), "text/html");
    const list = page.querySelector("[data-facet-page]");
    if (!list) throw new Error(`No list at ${link.href}`);
    return [...list.children].filter((child) => child.matches("[data-find], [data-options]"));
  }

  function expand(link, parts) {
    const body = link.closest(".facet-body");
    body.dataset.expanded = link.dataset.showAll;
    body.replaceChildren(...parts);
    return body;
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-show-all]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    try {
      const body = expand(link, await fetchAll(link));
      body.querySelector("[data-find] input[name=find]").focus();
    } catch {
      window.location.assign(link.href);
    }
  });

  // The listing is about to be replaced by a new page: expand there what is expanded here.
  document.addEventListener("newsroom:swapping", ({ detail }) => {
    for (const body of document.querySelectorAll("[data-expanded]")) {
      const name = body.dataset.expanded;
      const link = detail.page.querySelector(`[data-show-all="${CSS.escape(name)}"]`);
      const typed = body.querySelector("[data-find] input[name=find]");
      if (!link) continue;
      // The parsed page has no address of its own, so its links resolve against this one: same site, same result.
      detail.waitUntil(
        fetchAll(link, detail.signal).then((parts) => {
          const input = expand(link, parts).querySelector("[data-find] input[name=find]");
          if (input && typed) input.value = typed.value;
        }),
      );
    }
  });
})();
