// A form's text survives a lost session: kept in the browser, put back after sign-in.
// Bound to the account, half a day at most, gone once sent and at sign-out. Never passwords, codes, files, hidden fields.
const PREFIX = "jointplan.kept:";
const LIFE_MS = 12 * 3600 * 1000;
const UNKEPT = /^(password|file|hidden|submit|button|image|reset)$/;
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const account = meta("account");
const signIn = meta("sign-in-url");
const page = location.pathname + location.search;

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
const write = (key, entry) => { try { localStorage.setItem(key, JSON.stringify(entry)); } catch { /* full: not kept */ } };
const forget = (key) => localStorage.removeItem(key);
const pathOf = (form) => new URL(form.getAttribute("hx-post") || form.getAttribute("action") || page, location.href).pathname;
const keyOf = (form) => `${PREFIX}${account}:${page}:${pathOf(form)}`;
const keeps = (form) => form?.closest("main") && (form.method === "post" || form.hasAttribute("hx-post"))
  && !/^\/(accounts|people\/(tokens|invitation))\//.test(pathOf(form)) && !form.closest("[data-unkept]");
const fields = (form) => [...form.elements].filter((one) => one.name && !UNKEPT.test(one.type) && !/password|one-time-code/.test(one.autocomplete) && one.tagName !== "FIELDSET");
const isBox = (one) => /^(checkbox|radio)$/.test(one.type);
const valueOf = (one) => isBox(one) ? one.checked : one.type === "select-multiple" ? [...one.selectedOptions].map((o) => o.value) : one.value;

function save(form, isSent) {
  write(keyOf(form), { at: Date.now(), page, sent: isSent, back: false, fields: fields(form).map((one) => [one.name, isBox(one) ? one.value : "", valueOf(one)]) });
}

function put(form, kept) {
  const left = [...kept];
  for (const one of fields(form)) {
    const at = left.findIndex(([name, box]) => name === one.name && box === (isBox(one) ? one.value : ""));
    if (at < 0) continue;
    const [[, , value]] = left.splice(at, 1);
    if (isBox(one)) one.checked = value;
    else if (one.type === "select-multiple") for (const option of one.options) option.selected = value.includes(option.value);
    else one.value = value;
    const fold = one.closest("details");
    if (fold && value) fold.open = true;
  }
}

function restore(form) {
  const entry = read(keyOf(form));
  if (!entry?.back) return;
  put(form, entry.fields);
  if (document.querySelector("[data-restored]")) return; // the server says so already
  const note = document.getElementById("kept-text-note")?.content.cloneNode(true);
  note?.querySelector("button")?.addEventListener("click", () => { forget(keyOf(form)); location.reload(); });
  if (note) form.prepend(note);
}

function arrive() {
  for (const key of keys()) {
    const entry = read(key);
    if (!entry || Date.now() - entry.at > LIFE_MS) forget(key);
    else if (!account) write(key, { ...entry, back: true }); // the session is lost: to be put back
    else if (!key.startsWith(`${PREFIX}${account}:`) || (entry.sent && !entry.back)) forget(key);
  }
  const next = location.pathname === signIn && new URLSearchParams(location.search).get("next");
  const newest = next && keys().map(read).filter((entry) => entry.sent).sort((a, b) => b.at - a.at)[0];
  // A form's own address may show nothing: back to its page.
  if (newest) for (const field of document.querySelectorAll('form[action^="/accounts/"] input[name="next"]')) field.value = newest.page;
  if (account) [...document.forms].filter(keeps).forEach(restore);
}

let timer = 0;
document.addEventListener("input", (event) => {
  const { form } = event.target;
  if (!account || !keeps(form)) return;
  clearTimeout(timer);
  timer = setTimeout(save, 300, form, false);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (account && pathOf(form).endsWith("/logout/")) keys().forEach(forget);
  else if (form.matches("[data-sends-again]")) keys().forEach((key) => write(key, { ...read(key), back: !read(key).sent }));
  else if (form.matches("[data-forgets]")) keys().filter((key) => read(key)?.page === page).forEach(forget);
  else if (account && keeps(form)) { clearTimeout(timer); save(form, true); }
}, true);
arrive();
