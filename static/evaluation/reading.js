// The reader's page: marks by one key, masks made visible. Everything works without it. Keys act only on the
// criterion that has the focus: from anywhere else a stray key, or a word said to the machine, would change a mark.

const form = document.querySelector("[data-reading]");
const criteria = form ? Array.from(form.querySelectorAll("[data-criterion]")) : [];
const help = document.getElementById("raccourcis");

// What was hidden reads « [nom masqué] »: it is given the look of a mask.
function showMasks(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode())
    if (/\[[^\]]* masquée?\]/.test(walker.currentNode.data)) found.push(walker.currentNode);
  for (const node of found) {
    const pieces = node.data.split(/(\[[^\]]* masquée?\])/);
    node.replaceWith(
      ...pieces.map((piece) => {
        if (!/^\[.* masquée?\]$/.test(piece)) return piece;
        const mask = document.createElement("span");
        mask.className = "eig-mask";
        mask.textContent = piece;
        return mask;
      }),
    );
  }
}

const current = () => {
  const held = document.activeElement?.closest?.("[data-criterion]");
  return criteria.indexOf(held);
};

function goTo(rank) {
  const target = criteria[Math.max(0, Math.min(rank, criteria.length - 1))];
  const radio =
    target?.querySelector('input[type="radio"]:checked') || target?.querySelector('input[type="radio"]');
  radio?.focus();
  target?.scrollIntoView({ block: "center", behavior: "auto" });
}

function give(value) {
  const radio = criteria[current()].querySelector(`input[type="radio"][value="${value}"]`);
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

const isWriting = (target) =>
  target.matches('textarea, select, input:not([type="radio"]):not([type="checkbox"])');

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || current() < 0) return;
  const key = event.key.toLowerCase();
  if (key === "?" && help) {
    help.open = !help.open;
    help.querySelector("summary").focus();
  } else if (/^[0-9]$/.test(key)) {
    give(key);
  } else if (key === "n" || key === "p") {
    goTo(current() + (key === "n" ? 1 : -1));
  } else {
    return;
  }
  event.preventDefault();
}

document.querySelectorAll("[data-masked]").forEach(showMasks);
if (form?.dataset.reading === "shortcuts") form.addEventListener("keydown", onKey);

// On the person's own page: the words selected in the text go into the field.
const field = document.querySelector('[data-mark-field] input[name="text"]');
if (field) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const text = selection.toString().trim().replace(/\s+/g, " ");
    const inside = selection.anchorNode?.parentElement?.closest("[data-masked]");
    if (inside && text.length > 1 && text.length <= 120 && !text.includes("masqué")) field.value = text;
  });
}
