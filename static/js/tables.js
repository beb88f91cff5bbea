// [data-prose]: tables wider than their column scroll in a region that has a name and that the keyboard reaches.
for (const table of document.querySelectorAll("[data-prose] table")) {
  const region = document.createElement("div");
  region.className = "table-scroll";
  table.replaceWith(region);
  region.append(table);
  const fit = () => {
    const scrolls = region.scrollWidth > region.clientWidth;
    if (scrolls) {
      region.tabIndex = 0;
      region.setAttribute("role", "region");
      region.setAttribute("aria-label", table.caption?.textContent.trim() || region.parentElement.closest("[data-prose]").dataset.tableLabel);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) region.removeAttribute(name);
    }
  };
  new ResizeObserver(fit).observe(region);
}
