// What every htmx request carries, and what happens when one fails. Words for failures are data attributes of #page-alert.
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const RELOAD_KEY = "jointplan.reloaded-at";
const RELOAD_PAUSE_MS = 10_000;

function reloadOnce() {
  // A fragment that loads with the page would otherwise reload for ever.
  const last = Number(sessionStorage.getItem(RELOAD_KEY) ?? 0);
  if (Date.now() - last < RELOAD_PAUSE_MS) return;
  sessionStorage.setItem(RELOAD_KEY, String(Date.now()));
  location.reload();
}

function say(kind, text) {
  const place = document.getElementById("page-alert");
  if (place) place.textContent = text || (place.dataset[kind] ?? "");
}

function sentToSignIn(response) {
  const signIn = meta("sign-in-url");
  return signIn !== "" && response.redirected && new URL(response.url).pathname === signIn;
}

// What saves by itself says in its own place ([data-lost]) that it could not; the page stays as it is.
function lost(ctx, isLost) {
  const { sourceElement } = ctx;
  if (!isLost || !sourceElement?.dataset.lost) return false;
  sourceElement.textContent = sourceElement.dataset.lost;
  return true;
}

document.addEventListener("htmx:config:request", (event) => {
  const { request } = event.detail.ctx;
  const token = meta("csrf-token");
  if (token && !/^(GET|HEAD|QUERY)$/i.test(request.method)) request.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:before:response", (event) => {
  const { ctx } = event.detail;
  if (lost(ctx, sentToSignIn(ctx.response.raw) || (ctx.response.status >= 400 && ctx.response.status !== 422))) {
    event.preventDefault();
    return;
  }
  if (sentToSignIn(ctx.response.raw)) {
    event.preventDefault();
    reloadOnce();
    return;
  }
  say("clear");
  const { status } = ctx.response;
  const link = status === 403 && ctx.sourceEvent?.type === "click" && ctx.sourceElement.closest?.("a[href]");
  if (status !== 401 && !link) return;
  event.preventDefault();
  if (link) location.assign(link.href); // the full page says who may
  else reloadOnce();
});

document.addEventListener("htmx:response:error", (event) => {
  const { response, text } = event.detail.ctx;
  if (response.status >= 500) say("failed", response.status === 503 && !/^\s*</.test(text) ? text : "");
});

// A refusal comes as a whole page: after a person's act it takes the place of the page's content; a piece that loads by itself just stays as it was.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { status } = ctx.response;
  if (status < 400 || status >= 500) return;
  const isAct = /^(click|submit)$/.test(ctx.sourceEvent?.type ?? "");
  const isPage = /^\s*<!doctype/i.test(ctx.text);
  if (isPage ? !isAct : status === 403) {
    ctx.swap = "none";
    if (status === 403 && isAct) say("refused");
    return;
  }
  if (!isPage) return;
  Object.assign(ctx, { target: document.getElementById("main"), select: "#main", swap: "outerHTML" });
  addEventListener("htmx:after:swap", () => document.getElementById("main")?.focus(), { once: true });
});

document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (ctx && !lost(ctx, true)) say("offline");
});

// After a swap with form errors, the summary speaks first.
document.addEventListener("htmx:after:swap", () => {
  document.querySelector("[data-error-summary]:not([data-seen])")?.focus();
  document.querySelectorAll("[data-error-summary]").forEach((summary) => { summary.dataset.seen = ""; });
});
