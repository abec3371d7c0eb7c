// Saving: cells wait in a line and are sent together, one request at a time. What could not be sent stays in line and
// is tried again by itself: after a growing while, when the connection is back, and when its owner has signed in again.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 60000;
  const TIMEOUT = 20000;
  const MOST_KEPT_ALIVE = 60000; // bytes that a browser still sends for a page that was left
  const ANSWERS = [200, 409, 422]; // a refusal and a conflict are answers as well

  const waiting = new Map();
  let sent = new Map();
  let isSending = false;
  let timer = 0;
  let failures = 0;
  let trouble = "";
  let isIdle = [];

  // Signing in again, in another tab, gives a new token: the cookie knows it, the page does not.
  const csrfToken = () => {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return cookie ? cookie[1] : form.querySelector('[name="csrfmiddlewaretoken"]').value;
  };

  const post = (address, fields) => {
    const body = new URLSearchParams({ ...fields, kept_for: form.querySelector('[name="kept_for"]').value });
    return fetch(address, {
      method: "POST",
      body,
      headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() },
      keepalive: String(body).length < MOST_KEPT_ALIVE,
      signal: AbortSignal.timeout(TIMEOUT),
    });
  };

  const unsavedInputs = () => portalGrid.inputs().filter(portalGrid.isUnsaved);

  // The time above is that of the last value taken; it is not shown while another is on its way or refused.
  const show = () => {
    const inputs = unsavedInputs();
    const count = new Set([...waiting.keys(), ...sent.keys(), ...inputs.map((input) => input.dataset.cell)]).size;
    const unsaved = document.getElementById("unsaved");
    document.getElementById("saved").hidden = count > 0;
    unsaved.hidden = count === 0;
    const refused = inputs.filter(
      (input) => portalGrid.isRefused(input) && !waiting.has(input.dataset.cell) && !sent.has(input.dataset.cell)
    );
    const isOnItsWay = isSending && !trouble && refused.length === 0;
    const shown = isOnItsWay ? unsaved.dataset.saving : `${unsaved.dataset.unsaved}: ${count}`;
    if (count > 0 && unsaved.textContent !== shown) {
      unsaved.textContent = shown;
    }
    for (const part of document.querySelectorAll("#connection [data-when]")) {
      part.hidden = part.dataset.when !== trouble;
    }
    list(refused);
  };

  // Each value that was refused leads to its cell.
  const list = (refused) => {
    const section = document.getElementById("unsaved-cells");
    const entries = refused.map((input) => {
      const link = document.createElement("a");
      link.className = "kern-link";
      link.href = `#${input.id}`;
      link.textContent = input.getAttribute("aria-label");
      const message = portalGrid.stateOf(input.dataset.cell).querySelector(".portal-cell-message");
      const entry = document.createElement("li");
      entry.append(link, message ? `: ${message.textContent.trim()}` : "");
      return entry;
    });
    section.querySelector("ul").replaceChildren(...entries);
    section.hidden = entries.length === 0;
  };

  // Each entry names a cell and what is wanted there: typed (value) or chosen (token). All of them are one step
  // that can be undone; ``into`` says by what.
  const send = (entries, { into = "undo", seen = {} } = {}) => {
    const step = { cells: [], into };
    for (const { name, value, token, text } of entries) {
      const input = portalGrid.inputOf(name);
      if (!input) {
        continue;
      }
      if (token !== undefined && text !== undefined) {
        input.value = text;
      } else if (value !== undefined) {
        input.value = value;
      }
      waiting.set(name, { value, token, seen: seen[name], step, shown: input.value });
      portalGrid.setSign(name, trouble ? "unsaved" : "saving");
    }
    portalGrid.keep();
    go();
  };

  const forget = (name) => {
    waiting.delete(name);
    portalGrid.restore(name);
    portalGrid.keep();
    show();
  };

  const go = async () => {
    show();
    if (isSending || waiting.size === 0) {
      return;
    }
    clearTimeout(timer);
    isSending = true;
    sent = new Map(waiting);
    waiting.clear();
    const before = new Map();
    const cells = [...sent].map(([name, { value, token, seen }]) => {
      before.set(name, portalGrid.seenOf(name).value);
      return { name, value, token, seen: seen === undefined ? portalGrid.seenOf(name).value : seen };
    });
    show();
    let status = 0;
    let html = "";
    let pause = 0;
    try {
      const answer = await post(form.dataset.post, { cells: JSON.stringify(cells) });
      status = answer.status;
      pause = Number(answer.headers.get("Retry-After")) * 1000 || 0;
      html = await answer.text();
    } catch {
      status = 0;
    }
    isSending = false;
    if (ANSWERS.includes(status)) {
      answered(html, before);
    } else {
      failed(status, pause);
    }
    for (const done of waiting.size === 0 && !isSending ? isIdle.splice(0) : []) {
      done();
    }
  };

  const answered = (html, before) => {
    failures = 0;
    trouble = "";
    const applied = portalGrid.apply(html);
    document.dispatchEvent(new Event("portal:active"));
    for (const [name, entry] of sent) {
      const input = portalGrid.inputOf(name);
      const state = portalGrid.stateOf(name);
      if (!input || !applied.has(`state-${name}`) || waiting.has(name)) {
        continue;
      }
      if (state.dataset.outcome === "stored") {
        const after = portalGrid.seenOf(name).value;
        if (after !== before.get(name)) {
          entry.step.cells.push({ name, before: before.get(name), after });
        }
        if (input.value === entry.shown) {
          portalGrid.settle(name);
        } else {
          input.removeAttribute("aria-invalid"); // typed again meanwhile
          input.defaultValue = portalGrid.storedText(name);
        }
      } else {
        if (input.value === entry.shown) {
          input.value = state.dataset.typed;
        }
        input.setAttribute("aria-invalid", "true");
      }
    }
    for (const step of new Set([...sent.values()].map((entry) => entry.step))) {
      portalGrid.remember(step);
    }
    sent = new Map();
    portalGrid.keep();
    go();
  };

  // What was sent goes back in line, unless something newer waits for its cell.
  const failed = (status, pause) => {
    for (const [name, entry] of sent) {
      if (!waiting.has(name)) {
        waiting.set(name, entry);
      }
      portalGrid.setSign(name, "unsaved");
    }
    sent = new Map();
    failures += 1;
    const isPassing = status === 0 || status === 408 || status === 429 || status >= 500;
    trouble = status === 401 ? "signed-out" : isPassing ? "offline" : "stopped";
    if (trouble !== "stopped") {
      const wait = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT);
      timer = setTimeout(go, Math.max(pause, wait * (0.8 + 0.4 * Math.random())));
    }
    show();
  };

  const retry = () => {
    if (waiting.size > 0) {
      go();
    }
  };

  window.addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => !document.hidden && retry());
  document.addEventListener("portal:signed-in", retry);
  new BroadcastChannel("portal-session").addEventListener("message", (event) => {
    if (event.data === "active" && trouble === "signed-out") {
      retry();
    } else if (event.data === "signed out") {
      portalGrid.closeKept();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-retry]")) {
      retry();
    }
  });

  Object.assign(portalGrid, {
    post,
    send,
    forget,
    show,
    hasUnsaved: () => waiting.size > 0 || isSending || unsavedInputs().length > 0,
    // What is on its way into a cell, as the cell shows it.
    onItsWay: (name) => (waiting.get(name) || sent.get(name))?.shown,
    // Resolves once nothing is on its way, or after a while.
    idle: (milliseconds) =>
      waiting.size === 0 && !isSending
        ? Promise.resolve()
        : Promise.race([
            new Promise((done) => isIdle.push(done)),
            new Promise((done) => setTimeout(done, milliseconds)),
          ]),
  });
})();
