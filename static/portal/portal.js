// Menus close when the reader turns away from them. Everything works without this file.
"use strict";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.portal-user[open]")) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    return;
  }
  for (const menu of document.querySelectorAll("details.portal-user[open], details.portal-nav[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Filters answer at once; without this file their button does it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form) {
    form.requestSubmit();
  }
});

// What is left open in a filter does not stand in the address.
document.body.addEventListener("htmx:configRequest", (event) => {
  if (event.target.matches("form[data-leaves-out-empty]")) {
    const { parameters } = event.detail;
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === "") {
        delete parameters[name];
      }
    }
  }
});

// A page that waits for something and is signed out meanwhile goes to the sign-in, and comes back from there.
document.body.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401 && event.detail.requestConfig.verb === "get") {
    window.location.reload();
  }
});
