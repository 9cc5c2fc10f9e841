// The week board: drag an audition to a free slot. Each slot says, in words, what forbids it or deserves a look.
// Without a mouse or without this file, the link of each audition opens the same choice as a list.
const board = document.querySelector("[data-board]");

if (board) {
  const said = document.getElementById(board.dataset.said);
  const form = board.querySelector("[data-move]");
  const free = [...board.querySelectorAll("[data-slot]")];
  let known = {};
  let held = null;

  const words = (cell) => {
    const choice = known[cell.dataset.slot];
    if (!choice) return "";
    return choice.obstacle || choice.warnings.join(" ");
  };

  const show = () => {
    for (const cell of free) {
      const choice = known[cell.dataset.slot];
      cell.classList.toggle("tableau__case--possible", Boolean(choice && !choice.obstacle && !choice.warnings.length));
      cell.classList.toggle("tableau__case--attention", Boolean(choice && !choice.obstacle && choice.warnings.length));
      cell.classList.toggle("tableau__case--impossible", Boolean(choice && choice.obstacle));
      cell.title = words(cell);
    }
  };

  const reset = () => {
    known = {};
    held = null;
    show();
  };

  for (const card of board.querySelectorAll("[data-audition]")) {
    card.draggable = true;
    card.addEventListener("dragstart", async (event) => {
      held = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.dataset.audition);
      said.textContent = `${card.dataset.name} : choisissez un créneau libre.`;
      const answer = await fetch(card.dataset.check, { credentials: "same-origin" });
      if (answer.ok && held === card) {
        known = (await answer.json()).slots;
        show();
      }
    });
    card.addEventListener("dragend", reset);
  }

  for (const cell of free) {
    cell.addEventListener("dragover", (event) => {
      const choice = known[cell.dataset.slot];
      if (held && choice && !choice.obstacle) event.preventDefault();
      said.textContent = held ? words(cell) || cell.dataset.label : "";
    });
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      form.elements.audition.value = held.dataset.audition;
      form.elements.slot.value = cell.dataset.slot;
      form.submit();
    });
  }
}
