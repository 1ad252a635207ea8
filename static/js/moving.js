// A provision dragged by its handle to another place of its chapter, or onto a chapter of the contents: the form of the steps is sent, as by the buttons.
let dragged = "";
const placeOf = (event) => event.target.closest?.("[data-place], [data-shelf]");
const unmark = () => document.querySelectorAll(".is-drop-place").forEach((one) => one.classList.remove("is-drop-place"));

document.addEventListener("dragstart", (event) => {
  dragged = event.target.dataset?.grip ?? "";
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged);
  event.dataTransfer.setDragImage(event.target.closest("article"), 0, 0);
});
document.addEventListener("dragover", (event) => {
  const place = dragged && placeOf(event);
  unmark();
  if (!place) return;
  event.preventDefault();
  place.classList.add("is-drop-place");
});
document.addEventListener("drop", (event) => {
  const place = dragged && placeOf(event);
  const button = document.querySelector("[data-drop]");
  if (!place || !button) return;
  event.preventDefault();
  button.value = `${dragged}:${place.dataset.shelf ? `@${place.dataset.shelf}` : place.dataset.place}`;
  button.disabled = false;
  button.form.requestSubmit(button);
});
document.addEventListener("dragend", () => {
  dragged = "";
  unmark();
});
