const box = document.getElementById("search");
const rows = [...document.querySelectorAll("#matrix tbody tr")].map((row) => {
  const section = document.querySelector(row.querySelector("a").getAttribute("href"));
  return { row, section, text: row.dataset.find + " " + section.textContent.toLowerCase() };
});
box.addEventListener("input", () => {
  const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, section, text } of rows) {
    row.hidden = section.hidden = !wanted.every((word) => text.includes(word));
    shown += row.hidden ? 0 : 1;
  }
  document.getElementById("shown").textContent = wanted.length ? `${shown} of ${rows.length} districts` : "";
});
