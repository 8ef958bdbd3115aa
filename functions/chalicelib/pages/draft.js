(() => {
  // What is wrong comes first, for eyes and for screen readers; a link to a field goes before.
  const summary = document.querySelector(".summary");
  if (summary && !location.hash) summary.focus();

  const KEY = "complaint-draft";
  const DAY = 24 * 60 * 60 * 1000;
  const NOT_KEPT = ["website", "form_id", "language"];

  const keep = (draft) => {
    try { localStorage.setItem(KEY, JSON.stringify(draft)); } catch (full) { /* It is only a help. */ }
  };
  const forget = () => {
    try { localStorage.removeItem(KEY); } catch (refused) { /* Nothing was kept. */ }
  };
  const kept = () => {
    try {
      const draft = JSON.parse(localStorage.getItem(KEY));
      if (draft && draft.values && Date.now() - draft.at < DAY && draft.at <= Date.now()) return draft;
      if (draft) forget();
    } catch (unreadable) { /* As if there were none. */ }
    return null;
  };

  // On the page to check the answers: they are on their way now, and wait to be told to be forgotten.
  const send = document.querySelector("button[name=checked]");
  if (send) send.addEventListener("click", () => {
    const draft = kept();
    if (draft) { draft.sent = true; keep(draft); }
  });

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const fields = [].filter.call(form.elements, (one) => one.name && NOT_KEPT.indexOf(one.name) < 0);
  const isTicked = (one) => one.type === "radio" || one.type === "checkbox";
  const typed = () => {
    const values = {};
    fields.forEach((one) => {
      if (isTicked(one) ? one.checked : one.value.trim()) values[one.name] = one.value;
    });
    return values;
  };
  const save = () => {
    const values = typed();
    if (Object.keys(values).length) keep({ at: Date.now(), values: values });
    else forget();
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);

  const restore = (values) => {
    fields.forEach((one) => {
      const value = values[one.name];
      if (typeof value !== "string") return;
      if (isTicked(one)) one.checked = one.value === value;
      else {
        // A date field shows nothing but a date.
        one.value = value;
        if (one.type === "date" && one.value !== value) { one.type = "text"; one.value = value; }
      }
      const folded = one.closest("details");
      if (folded && value) folded.open = true;
    });
  };

  // A form that came back from the server has in it what was sent; that is the draft now.
  if (form.elements.form_id) {
    if (Object.keys(typed()).length) save();
    return;
  }
  const notice = document.getElementById("draft");
  addEventListener("pageshow", () => {
    const draft = kept();
    if (!draft) return;
    if (!Object.keys(typed()).length) restore(draft.values);
    notice.hidden = false;
  });
  notice.querySelector("button").addEventListener("click", () => {
    forget();
    form.reset();
    notice.hidden = true;
    fields[0].focus();
  });
})();
