// Ctrl+S saves the form being edited.
// Keys: j/k next and previous row, n/p next and previous change, e edit, 1-6 decide, b tick, / search, ? help. Single keys can be switched off in the help dialog (WCAG 2.1.4).
const KEY = "jointplan.keys";
const isOn = () => localStorage.getItem(KEY) !== "off";
const isTyping = (element) => element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
const ROW = "[data-rows] [data-row]";
const rows = (which) => [...document.querySelectorAll(which)].filter((row) => row.offsetParent !== null);

function focusRow(step, which = ROW) {
  const all = rows(which);
  // A page without rows, opened from a list, goes on to its neighbour there.
  if (all.length === 0) return which === ROW && document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  const at = all.findIndex((row) => row.contains(document.activeElement));
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
  const box = document.querySelector("[data-search]");
  box?.focus();
  box?.select?.();
}

// Deciding in a table: the keys 1 to 6 press what the row has for them, b ticks the row.
const press = (which) => document.activeElement.closest("[data-row]")?.querySelector(which)?.click();
const decide = Object.fromEntries([..."123456"].map((key) => [key, () => press(`[data-key="${key}"]`)]));
document.addEventListener("htmx:after:swap", () => {
  const next = document.querySelector("[data-focus]");
  next?.removeAttribute("data-focus");
  next?.focus();
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
