// The recording grid: saves each cell as it is left, takes a block pasted from a spreadsheet, moves with Enter and
// the arrow keys. Without this file the form's own button saves everything at once.
"use strict";

(() => {
  const form = document.querySelector(".portal-grid-form");
  if (!form || !form.querySelector("[data-cell]")) {
    return;
  }
  document.documentElement.classList.add("portal-has-grid");

  const inputOf = (name) => document.getElementById(`value-${name}`);
  const stateOf = (name) => document.getElementById(`state-${name}`);
  const isDirty = (input) => input.value !== input.defaultValue || input.hasAttribute("aria-invalid");

  const settle = (input, text) => {
    input.value = text;
    input.defaultValue = text;
    input.removeAttribute("aria-invalid");
  };

  // What was refused or conflicts comes with 409 or 422; it is an answer all the same.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  // The answer's states have taken the place of the old ones; the input itself is never replaced under the hand.
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const state = event.target;
    const input = state.dataset && state.dataset.for ? inputOf(state.dataset.for) : null;
    if (!input || !state.dataset.outcome) {
      return;
    }
    const sent = input.dataset.sent;
    if (state.dataset.outcome === "stored") {
      if (sent === undefined || input.value === sent) {
        settle(input, state.dataset.text);
      } else {
        input.defaultValue = state.dataset.text;
      }
    } else {
      input.setAttribute("aria-invalid", "true");
    }
  });

  // Signing in again, in another tab, gives a new token: the cookie knows it, the page does not.
  const csrfToken = () => {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return cookie && cookie[1];
  };

  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = csrfToken() || event.detail.headers["X-CSRFToken"];
    for (const [key, value] of Object.entries(event.detail.parameters)) {
      const input = document.getElementById(key);
      if (input && input.dataset.cell) {
        input.dataset.sent = value;
      }
    }
  });

  const explain = (message, isSignedOut) => {
    if (!isSignedOut) {
      message.textContent = form.dataset.unsaved;
      return;
    }
    const link = document.createElement("a");
    link.className = "kern-link";
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.textContent = form.dataset.signInLabel;
    message.replaceChildren(form.dataset.signedOut, " ", link);
  };

  const failed = (event) => {
    const isSignedOut = [401, 403].includes(event.detail.xhr && event.detail.xhr.status);
    for (const input of form.querySelectorAll("[data-cell]")) {
      if (input.dataset.sent !== undefined && input.value !== input.defaultValue) {
        input.setAttribute("aria-invalid", "true");
        let message = stateOf(input.dataset.cell).querySelector("[data-offline]");
        if (!message) {
          message = document.createElement("span");
          message.dataset.offline = "";
          message.className = "portal-cell-message portal-cell-message--danger";
          stateOf(input.dataset.cell).append(message);
        }
        explain(message, isSignedOut);
      }
    }
    document.getElementById("verdicts").textContent = isSignedOut ? form.dataset.signedOut : form.dataset.unsaved;
  };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.body.addEventListener(name, failed);
  }

  // A cell that failed is tried again when it is left, even if it was not touched.
  form.addEventListener("focusout", (event) => {
    const input = event.target;
    if (input.dataset.cell && stateOf(input.dataset.cell).querySelector("[data-offline]")) {
      htmx.trigger(input, "change");
    }
  });

  form.addEventListener("click", (event) => {
    const keep = event.target.closest("[data-keep]");
    if (keep) {
      const input = inputOf(keep.dataset.keep);
      input.value = keep.dataset.text;
      htmx.trigger(input, "change");
      input.focus();
    }
  });

  const place = (input) => {
    const cell = input.closest("td");
    return { table: cell.closest("table"), row: cell.parentElement, column: cell.cellIndex };
  };

  const rowsOf = (table) =>
    [...table.querySelectorAll("tbody tr")].filter((row) => row.querySelector("[data-cell]"));

  const step = (input, by) => {
    const { table, row, column } = place(input);
    const rows = rowsOf(table);
    const next = rows[rows.indexOf(row) + by];
    const target = next && next.cells[column] && next.cells[column].querySelector("[data-cell]");
    if (target) {
      target.focus();
      target.select();
    }
  };

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.dataset || !input.dataset.cell || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const by = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      step(input, by);
      if (event.key === "Enter" && document.activeElement === input) {
        input.blur();
      }
    }
  });

  // A block from a spreadsheet: rows by line break, cells by tab; all of them are sent at once.
  form.addEventListener("paste", (event) => {
    const input = event.target;
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    if (!input.dataset || !input.dataset.cell || !/[\t\n\r]/.test(text)) {
      return;
    }
    event.preventDefault();
    const { table, row, column } = place(input);
    const rows = rowsOf(table);
    const first = rows.indexOf(row);
    const values = {};
    text.split(/\r?\n|\r/).forEach((line, down) => {
      line.split("\t").forEach((value, across) => {
        const cells = rows[first + down] ? rows[first + down].cells : [];
        const target = cells[column + across] && cells[column + across].querySelector("[data-cell]");
        if (target) {
          target.value = value.trim();
          target.dataset.sent = target.value;
          values[target.name] = target.value;
          values[`seen-${target.dataset.cell}`] = document.getElementById(`seen-${target.dataset.cell}`).value;
        }
      });
    });
    const headers = JSON.parse(form.getAttribute("hx-headers"));
    htmx.ajax("POST", form.dataset.post, { source: "#content", values, headers, swap: "none" });
  });

  window.addEventListener("beforeunload", (event) => {
    if ([...form.querySelectorAll("[data-cell]")].some(isDirty)) {
      event.preventDefault();
    }
  });
  form.addEventListener("submit", () => {
    for (const input of form.querySelectorAll("[data-cell]")) {
      settle(input, input.value);
    }
  });
})();
