"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // A form is sent once: a second press while it is under way does nothing.
  for (const form of all("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      setTimeout(() => { delete form.dataset.sent; }, 8000);
    });
  }
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // Ctrl+Enter sends from within a long text, as a mail program does.
  document.addEventListener("keydown", (event) => {
    const form = event.target.form;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) form.requestSubmit();
  });

  // Choosing a filter with the mouse or a finger is enough. Who goes through the choices with the
  // arrow keys presses the button, which stays for everybody.
  let pointing = false;
  document.addEventListener("pointerdown", () => { pointing = true; }, true);
  document.addEventListener("keydown", () => { pointing = false; }, true);
  for (const select of all("form[data-at-once] select")) {
    select.addEventListener("change", () => { if (pointing) select.form.requestSubmit(); });
  }

  // Reception stays one entry of the history however often its form is answered, and the slip
  // takes its place: a page that answered a form is not kept, and Back to it would show an error.
  const reception = document.querySelector("[data-first-field]");
  if (reception) {
    reception.addEventListener("submit", async (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const { submitter } = event;
      const body = new URLSearchParams(new FormData(reception));
      if (submitter?.name) body.set(submitter.name, submitter.value);
      try {
        const answer = await fetch(reception.action, { method: "POST", body });
        if (answer.redirected) { location.replace(answer.url); return; }
        const page = await answer.text();
        document.open();
        document.write(page);
        document.close();
      } catch {
        if (submitter?.name) {
          const pressed = document.createElement("input");
          Object.assign(pressed, { type: "hidden", name: submitter.name, value: submitter.value });
          reception.append(pressed);
        }
        reception.submit();
      }
    });
  }

  // The slip is printed as soon as it is there; coming back to it prints nothing.
  if (document.querySelector("[data-print]")) {
    history.replaceState(null, "", location.pathname);
    addEventListener("load", () => print());
  }

  // The household's earlier complaints, as soon as building and unit or a telephone are known.
  const lookUp = document.querySelector("[data-look-up]");
  if (lookUp) {
    const form = lookUp.closest("form");
    const fields = ["community", "building", "unit", "phone"].map((name) => form.elements[name]);
    let asked = "";
    const look = async () => {
      const body = new URLSearchParams(fields.map((field) => [field.name, field.value]));
      const now = body.toString();
      const [community, building, unit, phone] = fields.map((field) => field.value.trim());
      if (now === asked || !community || !((building && unit) || phone)) return;
      asked = now;
      body.set("csrf", form.elements.csrf.value);
      const answer = await fetch(lookUp.dataset.lookUp, { method: "POST", body, redirect: "manual" });
      if (answer.ok && now === asked) lookUp.innerHTML = await answer.text();
    };
    for (const field of fields) field.addEventListener("change", () => look().catch(() => {}));
  }

  // Where the views stand in one line, the present one is in sight.
  const view = document.querySelector(".views [aria-current]");
  if (view) view.closest(".views").scrollLeft = view.offsetLeft - view.closest(".views").offsetLeft;

  // What is wrong, or what was asked about, comes into view.
  const first = document.querySelector(".summary, details[open] [aria-invalid]");
  const start = "[data-first-field] :is(input:checked, input:not([type=hidden]), select, textarea)";
  (first || document.querySelector(start))?.focus();
})();
