// [data-polls] hears "poll" after so many seconds: docs/decisions/050.
document.querySelectorAll("[data-polls]").forEach((piece) => {
  const first = piece.dataset.polls * 1000;
  let wait = first;
  let tag = piece.dataset.etag;
  let timer;
  const plan = () => {
    clearTimeout(timer);
    if (wait && !document.hidden) timer = setTimeout(() => piece.dispatchEvent(new Event("poll")), wait);
  };
  const later = () => { wait = Math.min(wait * 2, 300_000); };
  const on = (name, act) => piece.addEventListener(`htmx:${name}`, (event) => {
    const { ctx } = event.detail;
    if (ctx?.sourceElement !== piece) return;
    if (ctx.sourceEvent.type === "poll") event.stopPropagation();
    act(ctx, event);
  });
  on("config:request", ({ request }) => { if (tag) request.headers["If-None-Match"] = tag; });
  on("before:response", ({ response: { raw, status, headers } }, event) => {
    if (raw.redirected || (status > 399 && status < 500)) {
      wait = 0;
      event.preventDefault();
    } else if (status === 200) {
      wait = first;
      tag = headers.get("ETag");
    } else later();
  });
  on("response:error", () => {});
  on("error", later);
  on("finally:request", plan);
  document.addEventListener("visibilitychange", () => {
    if (wait) wait = 1;
    plan();
    if (wait) wait = first;
  });
  plan();
});
