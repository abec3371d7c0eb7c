// Saving: cells wait in a line and are sent together, one request at a time. What could not be sent stays in line and
// is tried again by itself.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  const ANSWERS = [200, 409, 422]; // a refusal and a conflict are answers as well

  const waiting = new Map();
  let sent = new Map();
  let isSending = false;
  const idlers = [];

  const isIdle = () => waiting.size === 0 && !isSending && !portalGrid.isPlanning();

  const unsavedInputs = () => portalGrid.inputs().filter(portalGrid.isUnsaved);

  // The time above is that of the last value taken; it is not shown while another, or a block, is on its way or refused.
  const show = () => {
    const inputs = unsavedInputs();
    const names = new Set([...waiting.keys(), ...sent.keys(), ...inputs.map((input) => input.dataset.cell)]);
    const count = names.size + portalGrid.blocks().length;
    const trouble = portalGrid.trouble();
    const unsaved = document.getElementById("unsaved");
    document.getElementById("saved").hidden = count > 0;
    unsaved.hidden = count === 0;
    const refused = inputs.filter(
      (input) => portalGrid.isRefused(input) && !waiting.has(input.dataset.cell) && !sent.has(input.dataset.cell)
    );
    const isOnItsWay = (isSending || portalGrid.isPlanning()) && !trouble && refused.length === 0;
    const shown = isOnItsWay ? unsaved.dataset.saving : `${unsaved.dataset.unsaved}: ${count}`;
    if (count > 0 && unsaved.textContent !== shown) {
      unsaved.textContent = shown;
    }
    for (const part of document.querySelectorAll("#connection [data-when]")) {
      part.hidden = count === 0 || part.dataset.when !== trouble;
    }
    portalGrid.showBlocks();
    list(refused);
    for (const done of isIdle() ? idlers.splice(0) : []) {
      done();
    }
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
      portalGrid.setSign(name, portalGrid.trouble() ? "unsaved" : "saving");
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
    isSending = true;
    sent = new Map(waiting);
    waiting.clear();
    const before = new Map();
    const cells = [...sent].map(([name, { value, token, seen }]) => {
      before.set(name, portalGrid.seenOf(name).value);
      return { name, value, token, seen: seen === undefined ? portalGrid.seenOf(name).value : seen };
    });
    show();
    const answer = await portalGrid.post(form.dataset.post, { cells: JSON.stringify(cells) });
    isSending = false;
    if (ANSWERS.includes(answer.status)) {
      answered(answer.html, before);
    } else {
      failed(answer);
    }
  };

  const answered = (html, before) => {
    portalGrid.reached();
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
  const failed = (answer) => {
    for (const [name, entry] of sent) {
      if (!waiting.has(name)) {
        waiting.set(name, entry);
      }
      portalGrid.setSign(name, "unsaved");
    }
    sent = new Map();
    portalGrid.failed(answer);
    show();
  };

  portalGrid.addLine(go);

  Object.assign(portalGrid, {
    send,
    forget,
    show,
    hasUnsaved: () => waiting.size > 0 || isSending || unsavedInputs().length > 0 || portalGrid.blocks().length > 0,
    // What is on its way into a cell, as the cell shows it.
    onItsWay: (name) => (waiting.get(name) || sent.get(name))?.shown,
    // Resolves once nothing is on its way, or after a while.
    idle: (milliseconds) =>
      isIdle()
        ? Promise.resolve()
        : Promise.race([
            new Promise((done) => idlers.push(done)),
            new Promise((done) => setTimeout(done, milliseconds)),
          ]),
  });
})();
