// Ticks of a list: all of this page at once, and how many rows a deed would take.

const form = document.querySelector("form[data-deeds]");
const boxes = Array.from(document.querySelectorAll('input[name="code"][form="bulk"]'));
const all = document.querySelector("input[data-tick-all]");
const said = form?.querySelector("[data-ticked]");
const usual = said?.textContent;

function tell() {
  const ticked = boxes.filter((box) => box.checked).length;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
  const rows = ticked < 2 ? "ligne cochée" : "lignes cochées";
  said.textContent = ticked ? `${ticked}\u00a0${rows} sur cette page. ${usual.trim()}` : usual;
}

if (form && all && boxes.length) {
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  // The browser restores ticks when one comes back to the page.
  window.addEventListener("pageshow", tell);
}
