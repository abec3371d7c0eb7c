// Another language is another page: what was typed into its forms is carried over and filled in again, not sent. It
// lies in the tab's own storage for that moment. Passwords are never kept, and browsers do not let files be.
"use strict";

(() => {
  const form = document.querySelector(".portal-language");
  if (!form) {
    return;
  }
  form.removeAttribute("target"); // without this file the other language opens in a new tab
  const PREFIX = "portal-typed:";
  const NEVER = ["hidden", "password", "file", "submit", "button"];
  const session = document.querySelector('meta[name="portal-session"]');
  const person = session ? session.content : "";

  const isOwn = (field) => field.form && field.form !== form && !field.dataset.cell;

  // The same field in the page in another language: by the address of its form, its name and its place among those.
  const keyOf = (field) => {
    const address = new URL(field.form.getAttribute("action") || "", window.location.href).pathname;
    const same = [...field.form.elements].filter((other) => other.name === field.name);
    return JSON.stringify([field.form.id, address, field.name, same.indexOf(field)]);
  };

  const contentOf = (field) => {
    if (field.type === "checkbox" || field.type === "radio") {
      return { checked: field.checked };
    }
    return field.tagName === "SELECT" ? { chosen: [...field.selectedOptions].map((option) => option.value) } : { value: field.value };
  };

  const fill = (field, content) => {
    if ("checked" in content) {
      field.checked = content.checked;
    } else if ("chosen" in content) {
      for (const option of field.options) {
        option.selected = content.chosen.includes(option.value);
      }
    } else {
      field.value = content.value;
    }
    for (let folded = field.closest("details:not([open])"); folded; folded = folded.closest("details:not([open])")) {
      folded.open = true;
    }
  };

  // A page that answers a form shows as its own what was typed before.
  const isAnswer = form.hasAttribute("data-answers-form");

  // A preview shows no fields: what was typed before it lies hidden in its form, which is sent along as a whole.
  const whole = document.querySelector("form[data-carried-whole]");
  const addHidden = (name, value) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  };

  form.addEventListener("submit", (event) => {
    if (whole && event.submitter) {
      for (const [name, value] of new FormData(whole)) {
        if (name !== "csrfmiddlewaretoken" && name !== "next" && typeof value === "string") {
          addHidden(name, value);
        }
      }
      addHidden("form_language", event.submitter.value);
      return;
    }
    const fields = typedFields.all().filter((field) => isOwn(field) && field.name);
    const kept = fields
      .filter((field) => !NEVER.includes(field.type) && (isAnswer || typedFields.isTyped(field)))
      .map((field) => [keyOf(field), contentOf(field)]);
    const hadFile = fields.some((field) => field.type === "file" && field.value);
    if (kept.length > 0 || hadFile) {
      const next = form.querySelector('[name="next"]').value;
      sessionStorage.setItem(PREFIX + next, JSON.stringify({ person, kept, hadFile }));
    }
  });

  const place = PREFIX + window.location.pathname + window.location.search;
  const found = sessionStorage.getItem(place);
  if (!found) {
    return;
  }
  sessionStorage.removeItem(place);
  const { person: owner, kept, hadFile } = JSON.parse(found);
  if (owner !== person) {
    return;
  }
  const fields = new Map(typedFields.all().filter((field) => isOwn(field) && field.name).map((field) => [keyOf(field), field]));
  for (const [key, content] of kept) {
    if (fields.has(key)) {
      fill(fields.get(key), content);
    }
  }
  const notice = document.getElementById("typed-again").content.firstElementChild.cloneNode(true);
  notice.querySelector("[data-had-file]").hidden = !hadFile;
  notice.querySelector("[data-had-text]").hidden = kept.length === 0;
  document.querySelector(".portal-content").prepend(notice);
})();
