// The recording grid with scripts: each cell is saved as it is left. Without them the form's own button saves everything
// at once. The parts are in the files grid_*.js.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  document.documentElement.classList.add("portal-has-grid");
  portalGrid.show();
  portalGrid.offerKept();

  let isLeaving = false;
  let isExplaining = false;
  const isWritten = () =>
    [...form.querySelectorAll("[data-written]")].some((field) => field.value.trim() !== field.defaultValue.trim());
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && form.isConnected && (portalGrid.hasUnsaved() || (isWritten() && !isExplaining))) {
      event.preventDefault();
    }
  });

  // Another language is another page: what is on its way arrives first, what is not saved is offered there.
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches(".portal-language") || isLeaving) {
      return;
    }
    event.preventDefault();
    if (document.activeElement && portalGrid.isCell(document.activeElement)) {
      document.activeElement.blur();
    }
    await portalGrid.idle(3000);
    await portalGrid.keep();
    isLeaving = true;
    event.target.requestSubmit(event.submitter);
  });

  form.addEventListener("submit", () => {
    isLeaving = true;
  });
  document.getElementById("explain")?.addEventListener("submit", () => {
    isExplaining = true;
  });
})();
