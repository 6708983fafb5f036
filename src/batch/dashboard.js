const box = document.getElementById("search");
box.addEventListener("input", () => {
  const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of document.querySelectorAll("[data-find]")) {
    item.hidden = !wanted.every((word) => item.dataset.find.includes(word));
  }
});
