// The cells of the recording grid: where each is, what is stored in it, and what its sign shows.
"use strict";

const portalGrid = { form: document.getElementById("grid-form") };
if (portalGrid.form && !portalGrid.form.querySelector("[data-cell]")) {
  portalGrid.form = null;
}

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }

  const inputOf = (name) => document.getElementById(`value-${name}`);
  const stateOf = (name) => document.getElementById(`state-${name}`);
  const seenOf = (name) => document.getElementById(`seen-${name}`);
  const inputs = () => [...form.querySelectorAll("[data-cell]")];
  const isCell = (element) => Boolean(element && element.dataset && element.dataset.cell && form.contains(element));
  const storedText = (name) => stateOf(name).dataset.text;
  const isRefused = (input) => input.hasAttribute("aria-invalid");
  const isUnsaved = (input) => isRefused(input) || input.value !== storedText(input.dataset.cell);

  const setSign = (name, sign) => {
    const element = stateOf(name).querySelector(".portal-cell__sign");
    element.dataset.sign = sign;
    element.textContent = { saving: form.dataset.signSaving, saved: form.dataset.signSaved, unsaved: form.dataset.signUnsaved }[sign] || "";
  };

  // What the cell shows is what is stored.
  const settle = (name) => {
    const input = inputOf(name);
    input.value = storedText(name);
    input.defaultValue = input.value;
    input.removeAttribute("aria-invalid");
  };

  // Forget what was refused, and with it the reason and the choices.
  const restore = (name) => {
    settle(name);
    const state = stateOf(name);
    delete state.dataset.outcome;
    delete state.dataset.typed;
    for (const element of [...state.children]) {
      if (!element.matches("input, .portal-cell__sign")) {
        element.remove();
      }
    }
    setSign(name, "");
  };

  // A text that somebody is writing keeps its field: what is in it, where the caret is, and the focus.
  const keepWritten = (piece) => {
    const focused = document.activeElement;
    const fields = [...piece.querySelectorAll("[data-written]")].flatMap((fresh) => {
      const old = document.getElementById(fresh.id);
      return old ? [{ fresh, old }] : [];
    });
    return () => {
      for (const { fresh, old } of fields) {
        fresh.replaceWith(old);
      }
      if (fields.some(({ old }) => old === focused)) {
        focused.focus({ preventScroll: true });
      }
    };
  };

  // The pieces of an answer take the place of those with their ids; an input itself is never among them.
  const apply = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const applied = new Set();
    for (const piece of page.querySelectorAll("[hx-swap-oob]")) {
      const old = document.getElementById(piece.id);
      if (old && piece.getAttribute("hx-swap-oob") === "innerHTML") {
        old.replaceChildren(...piece.childNodes);
      } else if (old) {
        piece.removeAttribute("hx-swap-oob");
        const putBack = keepWritten(piece);
        old.replaceWith(piece);
        putBack();
      }
      applied.add(piece.id);
    }
    return applied;
  };

  const focus = (input) => {
    input.focus();
    input.select();
  };

  const rowsOf = (table) => [...table.querySelectorAll("tbody tr")].filter((row) => row.querySelector("[data-cell]"));

  const place = (input) => {
    const cell = input.closest("td");
    const rows = rowsOf(cell.closest("table"));
    return { rows, row: rows.indexOf(cell.parentElement), column: cell.cellIndex };
  };

  const at = (rows, row, column) => {
    const cell = rows[row] && rows[row].cells[column];
    return cell ? cell.querySelector("[data-cell]") : null;
  };

  const isShown = (input) => (input.checkVisibility ? input.checkVisibility() : input.offsetParent !== null);

  // The next cell in a direction; where the grid has no cell, the one behind it. Below a table the next one goes on.
  const neighbour = (input, down, across) => {
    const { rows, row, column } = place(input);
    const width = rows[row].cells.length;
    for (let r = row + down, c = column + across; rows[r] && c > 0 && c < width; r += down, c += across) {
      const found = at(rows, r, c);
      if (found && isShown(found)) {
        return found;
      }
    }
    return across ? null : beyond(input, down);
  };

  const beyond = (input, down) => {
    const table = input.closest("table");
    const tables = [...new Set(inputs().filter(isShown).map((each) => each.closest("table")))];
    const next = tables[tables.indexOf(table) + down];
    const shown = next ? [...next.querySelectorAll("[data-cell]")].filter(isShown) : [];
    return (down > 0 ? shown[0] : shown[shown.length - 1]) || null;
  };

  // The names of the cells to the right and down from one, as the page shows them; null where there is none. Columns
  // in which nothing is typed, such as last year's, do not count.
  const namesFrom = (input, height, width) => {
    const { rows, row, column } = place(input);
    const typed = new Set(rows.flatMap((each) => [...each.cells].filter((cell) => cell.querySelector("[data-cell]")).map((cell) => cell.cellIndex)));
    const columns = [...typed].filter((index) => index >= column).sort((one, other) => one - other).slice(0, width);
    return rows.slice(row, row + height).map((_, down) =>
      columns.map((index) => {
        const found = at(rows, row + down, index);
        return found ? found.dataset.cell : null;
      })
    );
  };

  Object.assign(portalGrid, {
    inputOf,
    stateOf,
    seenOf,
    inputs,
    isCell,
    isRefused,
    isUnsaved,
    storedText,
    setSign,
    settle,
    restore,
    apply,
    focus,
    neighbour,
    namesFrom,
    announce: (text) => {
      document.getElementById("verdicts").textContent = text;
    },
  });
})();
