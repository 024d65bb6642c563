// Makes the forms smoother; without it every button is an ordinary POST.
// A step is fetched and shown in place, so that a lost connection loses nothing that was typed,
// and so that the phone's own Back button goes one step back instead of leaving the form.
"use strict";
(() => {
  const PATIENCE = 20000;
  const root = document.documentElement;
  let depth = 0;
  let hash = location.hash;
  let busy = false;

  const steps = () => document.querySelector("form[data-steps]");
  const step = () => steps()?.dataset.steps;

  const show = (html, address, goingBack) => {
    const next = new DOMParser().parseFromString(html, "text/html");
    const before = step();
    root.lang = next.documentElement.lang;
    root.dir = next.documentElement.dir;
    document.title = next.title;
    document.body.replaceWith(document.adoptNode(next.body));
    if (!goingBack && step() !== before) history.pushState({ depth: ++depth }, "", address);
    else if (location.pathname !== address) history.replaceState(history.state, "", address);
    scrollTo(0, 0);
    const focus = document.querySelector("[autofocus]");
    if (focus) focus.focus();
    else document.querySelector("h1")?.focus({ preventScroll: true });
  };

  const send = async (form, button, goingBack) => {
    if (busy) return;
    busy = true;
    const fields = new FormData(form);
    if (button?.name) fields.append(button.name, button.value);
    const address = new URL(button?.getAttribute("formaction") ?? form.getAttribute("action"), location.href);
    const lost = form.querySelector("[data-no-connection]");
    lost.hidden = true;
    root.classList.add("waiting");
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams(fields),
        signal: AbortSignal.timeout?.(PATIENCE),
      });
      show(await answer.text(), address.pathname, goingBack);
    } catch {
      lost.hidden = false;
      lost.scrollIntoView({ block: "center" });
    } finally {
      root.classList.remove("waiting");
      busy = false;
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-steps]") || !event.submitter) return;
    event.preventDefault();
    if (event.submitter.matches("[data-back]") && depth > 0) history.back();
    else send(form, event.submitter, false);
  });

  // A link to a field moves the focus and leaves no entry in the history.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#q-"]');
    if (!link) return;
    event.preventDefault();
    const field = document.getElementById(link.hash.slice(1));
    field?.focus();
    field?.closest(".field")?.scrollIntoView({ block: "start" });
  });

  addEventListener("popstate", (event) => {
    if (location.hash !== hash) {
      hash = location.hash;
      return;
    }
    const now = event.state?.depth ?? 0;
    const back = now < depth && document.querySelector("[data-back]");
    depth = now;
    if (back) send(back.form, back, true);
  });

  // ---- chat ----

  const field = () => document.getElementById("chat-text");

  document.addEventListener("htmx:after:swap", (event) => {
    if (!field()) return;
    document.getElementById("no-connection").hidden = true;
    if (event.detail.ctx.sourceElement.matches("[data-send]")) {
      if (!document.getElementById("text-problem").textContent) field().value = "";
      field().focus();
    } else {
      document.getElementById("controls").focus({ preventScroll: true });
    }
    [...document.querySelectorAll("#log > .turn-you")].pop()?.scrollIntoView({ block: "start" });
  });

  document.addEventListener("htmx:error", () => {
    const lost = document.getElementById("no-connection");
    if (!lost) return;
    lost.hidden = false;
    lost.scrollIntoView({ block: "center" });
  });

  // Enter sends, Shift and Enter makes a new line; not while a word is still being composed.
  document.addEventListener("keydown", (event) => {
    if (event.target !== field() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    document.querySelector("[data-send]").click();
  });
})();
