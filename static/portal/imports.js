// The mapping of an import: pointing at a row has the file read again, and the page follows. Without this file the
// buttons send the form as any other.
"use strict";

(() => {
  // What was chosen stays as it is until the file has been read by it.
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "mapping-form") {
      event.target.inert = true;
    }
  });

  const release = () => {
    const form = document.getElementById("mapping-form");
    if (form) {
      form.inert = false;
    }
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(name, release);
  }

  // A choice that is not possible comes back with 422: the form, with what is wrong, takes the place of this one.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
      event.detail.target = document.getElementById("mapping");
    }
  });
})();
