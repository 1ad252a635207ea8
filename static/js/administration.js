// Choices with a search (select2) get the name of their field, which the library leaves out.
function nameChoices() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const text = select.labels?.[0]?.textContent.replace(/[:：]\s*$/, "").trim();
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    if (!text || !box) continue;
    for (const part of [box, box.querySelector(".select2-selection__rendered")]) {
      part?.removeAttribute("aria-labelledby");
      part?.setAttribute("aria-label", text);
    }
  }
}
addEventListener("load", nameChoices);
