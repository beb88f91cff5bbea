// [data-sheet]: the filters' <details>. Open beside the results on wide screens, closed above them on narrow ones.
const sheet = document.querySelector("[data-sheet]");
const wide = window.matchMedia("(width >= 60rem)");

function fit() {
  const current = document.querySelector("[data-sheet]");
  if (current) current.open = wide.matches;
}

if (sheet) {
  fit();
  wide.addEventListener("change", fit);
}
