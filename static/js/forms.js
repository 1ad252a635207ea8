// Forms: one submit only, no lost input, autosave status, focus on errors.
const dirty = new WeakSet();
const sent = new WeakSet();

// In the capture phase, before htmx: its queue would send a second press after the first.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[hx-post]")) return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  sent.add(form);
  dirty.delete(form);
}, true);
document.addEventListener("htmx:finally:request", (event) => sent.delete(event.detail.ctx.sourceElement));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.matches("[hx-post], [hx-get]")) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  dirty.delete(form);
  if (form.method !== "post" || form.target === "_blank" || form.hasAttribute("data-download")) return;
  sent.add(form);
  // Disabled only after the browser collected the form, or the pressed button's name is lost.
  setTimeout(() => form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true")));
});

// Back from the history cache: the form may be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.querySelectorAll("form").forEach((form) => sent.delete(form));
  document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-guard")) dirty.add(form);
});

window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-guard]")].some((form) => dirty.has(form))) event.preventDefault();
});

document.querySelector("[data-error-summary]")?.focus();

// "Select all" of a list: [data-select-all="name"] ticks every checkbox of that name in its form.
document.addEventListener("change", (event) => {
  const name = event.target.dataset?.selectAll;
  if (!name) return;
  const scope = event.target.form ?? document;
  scope.querySelectorAll(`input[type=checkbox][name="${CSS.escape(name)}"]`).forEach((box) => { box.checked = event.target.checked; });
});

// A table of many cells sends only those that were changed; without this, all of them.
document.addEventListener("formdata", (event) => {
  if (!event.target.hasAttribute("data-only-changed")) return;
  event.target.querySelectorAll("[data-stands]").forEach((field) => {
    if (field.value === field.dataset.stands) event.formData.delete(field.name);
  });
});
