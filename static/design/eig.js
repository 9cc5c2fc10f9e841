// Small comforts on top of pages that work without them.

// The error summary is read first: focus goes to it, and its links focus the field itself.
function focusErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}

// The server counts characters, not UTF-16 units, and receives two characters per line break.
const lengthOf = (text) => Array.from(text.replace(/\r?\n/g, "\r\n")).length;
const inFrench = new Intl.NumberFormat("fr-FR");

function count(field) {
  const limit = Number(field.dataset.limit);
  const hint = field.closest(".fr-input-group")?.querySelector("[data-limit-text]");
  if (!hint) return;
  let pause;
  const update = () => {
    const left = limit - lengthOf(field.value);
    const unit = Math.abs(left) < 2 ? "caractère" : "caractères";
    const used = `${inFrench.format(limit - left)} / ${inFrench.format(limit)} caractères`;
    const text =
      left < 0 ? `${inFrench.format(-left)} ${unit} de trop.` : `Encore ${inFrench.format(left)} ${unit}.`;
    hint.textContent = left < 0 ? `${used}\u00a0: ${text}` : used;
    hint.classList.toggle("eig-over", left < 0);
    // Read aloud only after a pause, and only when the end is near.
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (left < limit / 10) document.dispatchEvent(new CustomEvent("eig:say", { detail: text }));
    }, 1000);
  };
  field.addEventListener("input", update);
  update();
  clearTimeout(pause);
}

// A form marked data-guard asks before it is left with unsaved changes.
function guard(form) {
  let dirty = false;
  form.addEventListener("input", () => {
    dirty = true;
  });
  form.addEventListener("submit", () => {
    dirty = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
}

// A second click on a deed does nothing; the server refuses it anyway.
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => {
    delete form.dataset.sent;
  }, 5000);
}

// A region that does not overflow needs no stop of the Tab key.
function fitRegions() {
  for (const region of document.querySelectorAll('.fr-table__container[role="region"]')) {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  }
}

// The DSFR leaves Escape to the fields of a dialog; a radio button has no use for it.
function closeDialog(event) {
  if (event.key !== "Escape" || !event.target.matches('input[type="radio"], input[type="checkbox"]')) return;
  event.target.closest(".fr-modal--opened")?.querySelector(".fr-btn--close")?.click();
}

// On a narrow screen the menu is folded: the quick access to it goes to the button that opens it.
function reachMenu(event) {
  const button = document.getElementById("bouton-menu");
  if (!event.target.closest('a[href="#navigation"]') || !button?.offsetParent) return;
  event.preventDefault();
  button.focus();
}

// [data-print] opens the browser's print dialog.
function print(event) {
  if (event.target.closest("[data-print]")) window.print();
}

// What sticks to an edge of the screen never covers what has the focus: whatever scrolls there keeps its height clear.
function clearStuck() {
  const sides = new Map();
  for (const block of document.querySelectorAll(".eig-stuck")) {
    const { position } = getComputedStyle(block);
    let box = block.parentElement;
    while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
    box ??= document.documentElement;
    const kept = sides.get(box) ?? { scrollPaddingTop: 0, scrollPaddingBottom: 0 };
    const side = block.matches(".eig-stuck--bottom") ? "scrollPaddingBottom" : "scrollPaddingTop";
    // Above the line of the focus itself.
    if (position === "sticky" && block.offsetHeight)
      kept[side] = Math.max(kept[side], block.offsetHeight + 8);
    sides.set(box, kept);
  }
  for (const [box, kept] of sides) {
    for (const [side, height] of Object.entries(kept)) box.style[side] = height ? `${height}px` : "";
  }
}
const stuck = new ResizeObserver(clearStuck);

function prepare(root) {
  focusErrors(root);
  root.querySelectorAll("[data-limit]").forEach(count);
  root.querySelectorAll("form[data-guard]").forEach(guard);
  for (const block of root.querySelectorAll(".eig-stuck")) stuck.observe(block);
  fitRegions();
}

prepare(document);
document.addEventListener("submit", sendOnce);
document.addEventListener("click", print);
document.addEventListener("click", reachMenu);
document.addEventListener("keydown", closeDialog);
window.addEventListener("resize", fitRegions);
window.addEventListener("resize", clearStuck);
document.addEventListener("change", clearStuck);
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
// A fragment brought by htmx gets the same comforts.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) prepare(event.target);
});
