// Leaving at once. Runs before the page is painted, so that Back after leaving shows nothing.
// No storage: only the name of this tab, which the browser itself forgets.
"use strict";
(() => {
  const root = document.documentElement;
  const target = document.currentScript.dataset.leave;
  const LEFT = "-";
  const PRESSES = 3;
  const WITHIN = 5000;
  let presses = [];

  const leave = () => {
    root.classList.add("leaving");
    document.title = "";
    window.name = LEFT;
    location.replace(target);
  };

  const [arrival] = performance.getEntriesByType("navigation");
  if (window.name === LEFT) {
    if (arrival && arrival.type !== "navigate") leave();
    else window.name = "";
  }

  addEventListener("pageshow", (event) => {
    presses = [];
    if (event.persisted && window.name === LEFT) leave();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-leave]")) {
      event.preventDefault();
      leave();
    }
  });

  // Shift and not Escape: Escape stops a page that is still loading.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
    else if (!event.repeat) {
      presses = presses.filter((at) => event.timeStamp - at < WITHIN).concat(event.timeStamp);
      if (presses.length === PRESSES) leave();
    }
  });
})();
