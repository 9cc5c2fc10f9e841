// The timer of the room: counts down the step under way, from the server's own clock.
// The page says the same in plain hours without it.

let offset = 0;
let told = "";

const text = (seconds) => {
  const size = Math.abs(seconds);
  const minutes = String(Math.floor(size / 60)).padStart(2, "0");
  return `${seconds < 0 ? "+" : ""}${minutes}:${String(size % 60).padStart(2, "0")}`;
};

const tick = () => {
  const timer = document.querySelector("[data-timer]");
  if (!timer) return;
  const now = Date.now() + offset;
  const steps = [...timer.querySelectorAll("[data-step-ends]")];
  const current = steps.find((step) => now < Date.parse(step.dataset.stepEnds));
  const last = steps.at(-1);
  const clock = timer.querySelector("[data-timer-clock]");
  const words = timer.querySelector("[data-timer-step]");
  const ends = Date.parse((current ?? last).dataset.stepEnds);
  clock.hidden = false;
  clock.textContent = text(Math.round((ends - now) / 1000));
  timer.classList.toggle("room-timer--over", !current);
  const said = current ? current.dataset.stepWords : "Temps écoulé";
  // Told to screen readers when the step changes only, never each second nor when the part is drawn again.
  if (words.dataset.said !== said) {
    words.dataset.said = said;
    words.textContent = said;
    if (told && told !== said) document.dispatchEvent(new CustomEvent("eig:say", { detail: said }));
    told = said;
    for (const step of steps) step.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "step");
  }
};

const settle = () => {
  const timer = document.querySelector("[data-timer]");
  if (timer) offset = Date.parse(timer.dataset.now) - Date.now();
  tick();
};

settle();
setInterval(tick, 1000);
document.body.addEventListener("htmx:afterSwap", settle);
