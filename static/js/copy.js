// [data-copy]: a button that copies the text of the field it names. Hidden without scripts: then one marks the text.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const words = button.textContent;
  const announce = document.querySelector("[data-announce]");
  let timer;

  // Where the clipboard may not be written to, on a page without TLS, the old command still does.
  async function copy() {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      if (!document.execCommand("copy")) throw new Error("Nothing was copied.");
    }
  }

  field.addEventListener("focus", () => field.select());
  button.hidden = false;
  button.addEventListener("click", async () => {
    announce.textContent = "";
    try {
      await copy();
    } catch {
      field.focus();
      return;
    }
    button.textContent = announce.textContent = button.dataset.done;
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = words), 3000);
  });
}
