(() => {
  // A draft that went out with the form is forgotten here, where the complaint was taken; one
  // that she is still writing in another window stays.
  try {
    const draft = JSON.parse(localStorage.getItem("complaint-draft"));
    if (draft && draft.sent) localStorage.removeItem("complaint-draft");
  } catch (nothingKept) { /* Without storage there is no draft. */ }
})();
