// The week board: drag an audition to a free slot, or onto another to exchange their times. Each place says, in
// words, what forbids it or deserves a look. Without a mouse or without this file, the link of each audition
// opens the same choices as a list.
const board = document.querySelector("[data-board]");

if (board) {
  const said = document.getElementById(board.dataset.said);
  const form = board.querySelector("[data-move]");
  const cards = [...board.querySelectorAll("[data-audition]")];
  const places = [...board.querySelectorAll("[data-slot]"), ...cards];
  const usual = said.textContent;
  let known = {};
  let held = null;

  // Seen and heard, once for each place.
  const tell = (text) => {
    if (said.textContent !== text) said.textContent = text;
  };

  const choiceOf = (place) => known[place.dataset.slot ?? place.dataset.audition];

  const words = (place) => {
    const choice = choiceOf(place);
    if (!choice) return "";
    return choice.obstacle || choice.warnings.join(" ");
  };

  const name = (place) => (place.dataset.slot ? place.dataset.label : `échanger avec ${place.dataset.name}`);

  const verdict = (place) => {
    const choice = choiceOf(place);
    const mark = !choice || choice.obstacle ? "✕" : choice.warnings.length ? "!" : "✓";
    return [`${mark} ${name(place)}`, words(place)].filter(Boolean).join("\u00a0: ");
  };

  const show = () => {
    for (const place of places) {
      const choice = choiceOf(place);
      const cell = place.closest("td");
      cell.classList.toggle(
        "board__cell--possible",
        Boolean(choice && !choice.obstacle && !choice.warnings.length),
      );
      cell.classList.toggle(
        "board__cell--warning",
        Boolean(choice && !choice.obstacle && choice.warnings.length),
      );
      cell.classList.toggle("board__cell--impossible", Boolean(choice?.obstacle));
      cell.title = words(place);
    }
  };

  // Null when offline, signed out or refused: the places stay closed, and the board says so.
  const ask = async (address) => {
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      return answer.ok && !answer.redirected ? await answer.json() : null;
    } catch {
      return null;
    }
  };

  const reset = () => {
    known = {};
    held = null;
    tell(usual);
    show();
  };

  for (const card of cards) {
    card.draggable = true;
    card.addEventListener("dragstart", async (event) => {
      held = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.dataset.audition);
      tell(`${card.dataset.name}\u00a0: choisissez un créneau libre, ou une audition à échanger.`);
      const found = await ask(card.dataset.check);
      if (held !== card) return;
      if (found) known = { ...found.slots, ...found.swaps };
      else tell("Le site ne répond pas\u00a0: rien ne peut être déplacé pour l’instant.");
      show();
    });
    card.addEventListener("dragend", reset);
  }

  for (const place of places) {
    const cell = place.closest("td");
    cell.addEventListener("dragover", (event) => {
      const choice = choiceOf(place);
      if (held && choice && !choice.obstacle) event.preventDefault();
      if (held && held !== place) tell(verdict(place));
    });
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      form.elements.audition.value = held.dataset.audition;
      form.elements.slot.value = place.dataset.slot ?? choiceOf(place).slot;
      form.elements.other.value = place.dataset.slot ? "" : place.dataset.audition;
      form.submit();
    });
  }
}
