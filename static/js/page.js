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

// "Comment on this": the passage selected in the text beside the link goes with it.
let held = null;
const chosen = () => { const one = getSelection(); return one.rangeCount && !one.isCollapsed ? one.getRangeAt(0).cloneRange() : null; };

document.addEventListener("pointerdown", () => { held = chosen(); }, true);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-quotes]");
  const range = link && (chosen() ?? held);
  const node = range?.commonAncestorContainer;
  const text = (node?.closest ? node : node?.parentElement)?.closest(".provision__text");
  if (!text || !link.closest(".provision")?.contains(text)) return;
  const lead = document.createRange();
  lead.setStart(text, 0);
  lead.setEnd(range.startContainer, range.startOffset);
  const url = new URL(link.href);
  url.searchParams.set("quote", range.toString().slice(0, 2000));
  url.searchParams.set("before", lead.toString().slice(-60));
  event.preventDefault();
  event.stopImmediatePropagation();
  location.assign(url);
}, true);

// Keys: see the help dialog, where single ones can be switched off (WCAG 2.1.4). Ctrl+S saves.
const KEY = "jointplan.keys";
const isOn = () => localStorage.getItem(KEY) !== "off";
const isTyping = (element) => element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
const ROW = "[data-rows] [data-row]";
const rows = (which) => [...document.querySelectorAll(which)].filter((row) => row.offsetParent !== null);

// A row just decided on is replaced and loses the focus: j goes on from its place, not from the top.
let lastRow = -1;
document.addEventListener("focusin", (event) => {
  const row = event.target.closest(ROW);
  if (row) lastRow = rows(ROW).indexOf(row);
});

function focusRow(step, which = ROW) {
  const all = rows(which);
  // A page without rows, opened from a list, goes on to its neighbour there.
  if (all.length === 0) return which === ROW && document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const at = here === -1 && which === ROW ? Math.min(lastRow, all.length - 1) : here;
  const row = all[at === -1 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function edit() {
  const row = document.activeElement.closest("[data-row]");
  (row ?? document).querySelector("[data-edit]")?.click();
}

function search() {
  const box = document.querySelector("main [data-search]") ?? document.querySelector("[data-search]");
  box?.focus();
  box?.select?.();
}

// Deciding in a table: the keys 1 to 6 press what the row has for them, b ticks the row.
const press = (which) => document.activeElement.closest("[data-row]")?.querySelector(which)?.click();
const decide = Object.fromEntries([..."123456"].map((key) => [key, () => press(`[data-key="${key}"]`)]));
document.addEventListener("htmx:after:swap", () => {
  const next = document.querySelector("[data-focus]");
  next?.removeAttribute("data-focus");
  // A quick hand is in the next row already: the focus is not taken back.
  if (document.activeElement === document.body) next?.focus();
});

const acts = { ...decide, b: () => press("input[type=checkbox]"), j: () => focusRow(1), k: () => focusRow(-1), n: () => focusRow(1, "[data-change]"), p: () => focusRow(-1, "[data-change]"), e: edit, "/": search, "?": () => document.getElementById("keyboard-help")?.showModal() };

document.addEventListener("keydown", (event) => {
  const form = (event.ctrlKey || event.metaKey) && event.key === "s" && document.querySelector("form[data-saves]");
  if (form) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !isOn()) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const toggle = document.querySelector("[data-keys-toggle]");
if (toggle) {
  toggle.checked = isOn();
  toggle.addEventListener("change", () => localStorage.setItem(KEY, toggle.checked ? "on" : "off"));
}

// A table as a grid: Tab stops at one cell, arrows or hjkl go on, a cell opens in the dialog that the table names.
const grid = document.querySelector("[data-grid]");
if (grid) {
  const STEPS = { ArrowLeft: [0, -1], h: [0, -1], ArrowRight: [0, 1], l: [0, 1], ArrowUp: [-1, 0], k: [-1, 0], ArrowDown: [1, 0], j: [1, 0] };
  const CELL = "[data-row] td > a";
  let stop = grid.querySelector(CELL);
  const beside = (cell, [down, right]) => {
    let [row, at, link] = [cell.parentElement.rowIndex, cell.cellIndex];
    do link = grid.rows[(row += down)]?.cells[(at += right)]?.querySelector("a");
    while (!link && grid.rows[row] && at > 0 && at <= grid.rows[0].cells.length);
    return link;
  };
  grid.querySelectorAll(CELL).forEach((link) => { link.tabIndex = link === stop ? 0 : -1; });
  grid.addEventListener("focusin", ({ target }) => {
    if (!target.matches(CELL)) return;
    stop.tabIndex = -1;
    stop = target;
    stop.tabIndex = 0;
  });
  grid.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.target.tagName !== "A" || event.ctrlKey || event.metaKey || event.altKey || (!event.key[1] && !isOn())) return;
    event.preventDefault();
    event.stopPropagation();
    beside(event.target.closest("td, th"), step)?.focus();
  });
  grid.addEventListener("click", (event) => {
    const link = event.target.closest(`${CELL}, [data-panel]`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const panel = document.getElementById(grid.dataset.grid);
    htmx.ajax("GET", link.href, { target: panel.firstElementChild, swap: "innerHTML" }).then(() => panel.showModal());
  });
}
