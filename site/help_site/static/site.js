// Leaving at once, and not coming back by the Back button. Runs before the page is painted.
// Nothing is stored: a mark goes with the history entry that the browser keeps anyway.
"use strict";
(() => {
  const target = document.currentScript.dataset.leave;
  const PRESSES = 3;
  const WITHIN = 5000;
  let presses = [];

  const leave = () => {
    document.documentElement.classList.add("leaving");
    document.title = "";
    // Pages that the Forward button still holds are dropped by a new entry, not by a replaced one.
    if (window.navigation?.canGoForward) location.assign(target);
    else location.replace(target);
  };

  // Somebody presses Back on the weather page: an older page of ours must not appear. It is told
  // apart from Back inside the site (that has a `from`), from a tab that the phone put to sleep
  // (nothing follows it in the history) and from a visit to a link of ours (that left a mark).
  const isBackAfterLeaving = () => {
    const arrival = window.navigation?.activation;
    const mark = history.state;
    return (
      arrival?.navigationType === "traverse" && !arrival.from &&
      mark?.length && !mark.outside && history.length > mark.length
    );
  };

  const arrive = () => {
    presses = [];
    if (isBackAfterLeaving()) leave();
    else {
      document.documentElement.classList.remove("leaving");
      history.replaceState({ length: history.state?.length ?? history.length }, "");
    }
  };

  arrive();
  addEventListener("pageshow", (event) => event.persisted && arrive());

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link?.relList.contains("external")) {
      history.replaceState({ ...history.state, outside: true }, "");
    }
    if (link && "leave" in link.dataset) {
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
