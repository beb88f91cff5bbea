// [data-sheet]: the filters' <details>. Open beside the results on wide screens, closed above them on narrow ones.
(() => {
  const wide = window.matchMedia("(width >= 60rem)");

  function fit() {
    const sheet = document.querySelector("[data-sheet]");
    if (sheet) sheet.open = wide.matches;
  }

  fit();
  wide.addEventListener("change", fit);
})();
