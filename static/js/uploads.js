// Uploads ahead of their form: progress, cancel, the error at the field. Without this script the form carries the file itself.
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
const running = new WeakMap();

const part = (box, name) => box.querySelector(`[data-upload-${name}]`);

function say(box, text) {
  const place = part(box, "error");
  place.textContent = text;
  place.hidden = text === "";
  const input = box.querySelector("input[type=file]");
  if (text === "") input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
}

function progress(box, share) {
  const place = part(box, "progress");
  place.hidden = share === null;
  if (share === null) return;
  const bar = place.querySelector("progress");
  bar.value = share;
  const text = `${box.dataset.uploading}: ${share} %`;
  bar.textContent = text;
  part(box, "text").textContent = text;
}

function show(box, kept) {
  part(box, "kept").value = kept.id;
  part(box, "name").textContent = kept.name;
  part(box, "facts").textContent = kept.facts;
  part(box, "remove").checked = false;
  part(box, "shown").hidden = false;
  part(box, "status").textContent = `${box.dataset.done}: ${kept.name}`;
}

function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

function end(box, text) {
  running.delete(box);
  progress(box, null);
  say(box, text);
}

function begin(box, input) {
  const file = input.files[0];
  if (!file) return;
  running.get(box)?.abort();
  part(box, "status").textContent = "";
  say(box, "");
  const limit = Number(box.dataset.maxSize);
  if (limit > 0 && file.size > limit) {
    say(box, box.dataset.tooLarge);
    input.value = "";
    return;
  }
  const request = new XMLHttpRequest();
  running.set(box, request);
  request.open("POST", box.dataset.url);
  request.setRequestHeader("X-CSRFToken", meta("csrf-token"));
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) progress(box, Math.round((100 * event.loaded) / event.total));
  });
  request.addEventListener("load", () => {
    const answer = answerOf(request);
    end(box, request.status === 201 ? "" : answer.error ?? box.dataset.failed);
    input.value = ""; // the form carries the id; a wrong file is not sent a second time
    if (request.status !== 201) return;
    const former = part(box, "kept").value;
    show(box, answer);
    if (former) drop(box, former);
  });
  request.addEventListener("error", () => end(box, box.dataset.failed)); // the form still carries the file
  request.addEventListener("abort", () => {
    end(box, box.dataset.cancelled);
    input.value = "";
  });
  const data = new FormData();
  data.append("kinds", box.dataset.kinds);
  data.append("file", file);
  progress(box, 0);
  request.send(data);
}

// What is attached already answers 409 and stays; housekeeping takes what this misses.
function drop(box, id) {
  fetch(`${box.dataset.url}${id}/`, { method: "DELETE", headers: { "X-CSRFToken": meta("csrf-token") } }).catch(() => {});
}

document.addEventListener("change", (event) => {
  const box = event.target.closest?.("[data-upload]");
  if (box && event.target.type === "file") begin(box, event.target);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-upload-cancel]");
  if (!button) return;
  const box = button.closest("[data-upload]");
  running.get(box)?.abort();
  box.querySelector("input[type=file]").focus();
});

// A form is not sent while a file is on its way.
document.addEventListener("submit", (event) => {
  const busy = [...event.target.querySelectorAll("[data-upload]")].find((box) => running.has(box));
  if (!busy) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(busy, busy.dataset.busy);
  part(busy, "cancel").focus();
}, true);
