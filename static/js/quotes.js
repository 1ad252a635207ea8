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
