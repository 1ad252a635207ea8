// Dialogs and menus: native <dialog> and <details>, opened and closed by data attributes.
document.documentElement.classList.add("js");

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.opensDialog);
  if (dialog) {
    event.preventDefault(); // without JavaScript the link leads to the full page
    dialog.showModal();
  }
  if (event.target.closest("[data-closes-dialog]")) event.target.closest("dialog")?.close();
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  if (event.target.closest("[data-prints]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
