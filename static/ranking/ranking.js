// The page of wishes. Everything works without this file; with it, the list is also ordered by dragging the
// handle (mouse, pen, finger). The keyboard and screen readers have the buttons beside it: a handle carried with
// the arrows is none for those whose arrows read the page.
const say = (text) => {
  const line = document.getElementById("annonce-voeux");
  if (line) line.textContent = text;
};
const list = () => document.getElementById("voeux");
const wishes = () => [...(list()?.querySelectorAll("[data-wish]") ?? [])];
const ordinal = (rank) => (rank === 1 ? "1er" : `${rank}e`);
const standing = (wish) => {
  const all = wishes();
  return `« ${wish.dataset.title} », ${ordinal(all.indexOf(wish) + 1)} sur ${all.length}`;
};
const renumber = () =>
  wishes().forEach((wish, index) => {
    wish.querySelector("[data-rank]").textContent = index + 1;
  });

// After a deed: say aloud what happened, and keep the keyboard on the wish it was about.
document.addEventListener("ranking:said", (event) => {
  const { text, focus } = event.detail;
  say(text);
  const target = document.getElementById(focus);
  target?.focus({ preventScroll: target.tagName !== "BUTTON" });
});

// ---- Carry a wish: one at a time, `from` is where it comes back to when the move is given up.
let carried = null;

const take = (handle) => {
  const wish = handle.closest("[data-wish]");
  carried = { wish, from: wishes().indexOf(wish) };
  wish.classList.add("wish--held");
};
const release = () => {
  carried.wish.classList.remove("wish--held");
  const done = carried;
  carried = null;
  return done;
};
const shift = (wish, index) => {
  const others = wishes().filter((other) => other !== wish);
  const before = others[index] ?? null;
  if (before ? before.previousElementSibling === wish : list().lastElementChild === wish) return;
  list().insertBefore(wish, before);
  renumber();
};
const drop = () => {
  const { wish, from } = release();
  const to = wishes().indexOf(wish);
  if (to === from) {
    say(`Déposé sans changement : ${standing(wish)}.`);
    return;
  }
  say(`Déposé : ${standing(wish)}.`);
  const form = wish.querySelector("[data-place]");
  form.querySelector("select").value = String(to + 1);
  form.requestSubmit();
};
const giveUp = () => {
  const { wish, from } = release();
  shift(wish, from);
  say(`Déplacement annulé : ${standing(wish)}.`);
};

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  if (!handle || event.button !== 0 || carried) return;
  handle.setPointerCapture(event.pointerId);
  take(handle);
  event.preventDefault();
});
document.addEventListener("pointermove", (event) => {
  if (!carried) return;
  const others = wishes().filter((wish) => wish !== carried.wish);
  const index = others.filter((wish) => {
    const box = wish.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  }).length;
  shift(carried.wish, index);
  // On a wide screen the list scrolls in its column, elsewhere with the page.
  const column = document.querySelector(".wishes-column");
  const inside = column.scrollHeight > column.clientHeight && getComputedStyle(column).overflowY === "auto";
  const box = inside ? column : document.documentElement;
  const { top, bottom } = inside ? column.getBoundingClientRect() : { top: 0, bottom: window.innerHeight };
  const edge = 64;
  if (event.clientY < top + edge) box.scrollBy(0, -12);
  else if (event.clientY > bottom - edge) box.scrollBy(0, 12);
});
document.addEventListener("pointerup", () => carried && drop());
document.addEventListener("pointercancel", () => carried && giveUp());
document.addEventListener("keydown", (event) => event.key === "Escape" && carried && giveUp());

// ---- A reason saves itself (design/saving.js); each save moves the version that the next deed must carry.
document.addEventListener("ranking:version", (event) => {
  for (const field of document.querySelectorAll('#espace-voeux input[name="version"]')) {
    field.value = event.detail.version;
  }
});

// ---- The fragment that comes back is dressed again; what was unfolded stays unfolded.
let unfolded = [];
const dress = () => {
  document.querySelectorAll("[data-handle]").forEach((handle) => {
    handle.hidden = wishes().length < 2;
  });
  const help = document.getElementById("aide-poignee");
  if (help) help.hidden = wishes().length < 2;
};
document.addEventListener("htmx:beforeSwap", (event) => {
  // A deed refused because the list changed elsewhere comes back with the list as it is.
  const isDeed = !event.detail.requestConfig.elt.closest("[data-save]");
  if (isDeed && event.detail.xhr.status === 409)
    Object.assign(event.detail, { shouldSwap: true, isError: false });
  unfolded = [...document.querySelectorAll("#voeux details[open] > summary")].map((summary) => summary.id);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const id of unfolded) document.getElementById(id)?.parentElement?.setAttribute("open", "");
  dress();
});
dress();
