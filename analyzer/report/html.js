"use strict";
(() => {
  const links = [...document.querySelectorAll("#tabs a")];
  const panels = links.map((link) => document.querySelector(link.hash));

  function select(index, focus) {
    links.forEach((link, i) => {
      link.setAttribute("aria-selected", i === index);
      link.tabIndex = i === index ? 0 : -1;
      panels[i].hidden = i !== index;
    });
    if (focus) links[index].focus();
  }

  /* The panel that ELEMENT is in, with what is folded around it open. */
  function reveal(element) {
    const index = panels.findIndex((panel) => panel.contains(element));
    if (index < 0) return;
    select(index, false);
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (element === panels[index]) scrollTo(0, 0);
    else element.scrollIntoView({ block: "center", inline: "center" });
    const first = element.matches("td") ? element.querySelector(".m") : element;
    if (first && first !== panels[index] && first.matches("[tabindex]")) first.focus({ preventScroll: true });
  }

  function followHash() {
    const element = location.hash && document.getElementById(location.hash.slice(1));
    if (element) reveal(element);
  }

  function makeTabs() {
    const list = document.getElementById("tabs");
    list.setAttribute("role", "tablist");
    links.forEach((link, i) => {
      link.id = "tab-" + panels[i].id;
      link.setAttribute("role", "tab");
      link.setAttribute("aria-controls", panels[i].id);
      panels[i].setAttribute("role", "tabpanel");
      panels[i].setAttribute("aria-labelledby", link.id);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        history.replaceState(null, "", link.hash);
        select(i, true);
      });
    });
    list.addEventListener("keydown", (event) => {
      const now = links.indexOf(document.activeElement);
      const last = links.length - 1;
      const next = { ArrowRight: now < last ? now + 1 : 0, ArrowLeft: now > 0 ? now - 1 : last, Home: 0, End: last }[event.key];
      if (next === undefined || now < 0) return;
      event.preventDefault();
      history.replaceState(null, "", links[next].hash);
      select(next, true);
    });
  }

  /* In a byte map the tab key stops once; from there the arrow keys go on. */
  function makeCells(map) {
    const pieces = [...map.querySelectorAll(".m")];
    pieces.forEach((piece, i) => { piece.tabIndex = i ? -1 : 0; });
    map.addEventListener("focusin", (event) => {
      if (!event.target.matches(".m")) return;
      pieces.forEach((piece) => { piece.tabIndex = piece === event.target ? 0 : -1; });
    });
    map.addEventListener("keydown", (event) => {
      const next = event.target.matches(".m") && neighbour(event.target, pieces, event.key);
      if (!next) return;
      event.preventDefault();
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  }

  /* Left and right in the order of reading, up and down within the column. */
  function neighbour(piece, pieces, key) {
    const at = pieces.indexOf(piece);
    if (key === "ArrowRight") return pieces[at + 1];
    if (key === "ArrowLeft") return pieces[at - 1];
    if (key === "Home") return piece.closest("tr").querySelector(".m");
    if (key === "End") return [...piece.closest("tr").querySelectorAll(".m")].pop();
    if (key !== "ArrowDown" && key !== "ArrowUp") return null;
    const cell = piece.closest("td");
    const column = [...cellsOf(cell)];
    const list = column.flatMap((one) => [...one.querySelectorAll(".m")]);
    return list[list.indexOf(piece) + (key === "ArrowDown" ? 1 : -1)];
  }

  function* cellsOf(cell) {
    for (const row of cell.closest("tbody").rows) yield row.cells[cell.cellIndex];
  }

  makeTabs();
  document.querySelectorAll(".map").forEach(makeCells);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.body.classList.add("quiet-tips");
  });
  document.addEventListener("focusin", () => document.body.classList.remove("quiet-tips"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a[href^='#']");
    if (link && link.hash === location.hash) followHash();
  });
  addEventListener("hashchange", followHash);
  select(0, false);
  followHash();
})();
