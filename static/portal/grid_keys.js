// The keys of a spreadsheet. A cell that is reached has its content selected and is not edited yet: the arrow keys go
// on to the next. F2, or a second click, begins editing within the text.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  let edited = null;
  let isPressed = false;

  const commit = (input) => {
    const name = input.dataset.cell;
    const isKnown = portalGrid.isRefused(input) && input.value === portalGrid.stateOf(name).dataset.typed;
    if (portalGrid.isUnsaved(input) && !isKnown && portalGrid.onItsWay(name) !== input.value) {
      portalGrid.send([{ name, value: input.value }]);
    }
  };

  const go = (input, down, across) => {
    const next = portalGrid.neighbour(input, down, across);
    if (next) {
      portalGrid.focus(next); // leaving saves
    } else {
      commit(input);
      input.select();
    }
  };

  const isAtEdge = (input, across) =>
    input.selectionStart === input.selectionEnd &&
    input.selectionEnd === (across < 0 ? 0 : input.value.length);

  const toggleEditing = (input) => {
    if (edited === input) {
      edited = null;
      input.select();
    } else {
      edited = input;
      input.setSelectionRange(input.value.length, input.value.length);
    }
  };

  const fillFromAbove = (input) => {
    const above = portalGrid.neighbour(input, -1, 0);
    if (!above || above.closest("table") !== input.closest("table")) {
      return;
    }
    const name = input.dataset.cell;
    if (portalGrid.isUnsaved(above)) {
      portalGrid.send([{ name, value: above.value }]);
    } else {
      portalGrid.send([{ name, token: portalGrid.seenOf(above.dataset.cell).value, text: above.value }]);
    }
    input.select();
  };

  const plain = {
    Enter: (input, event) => go(input, event.shiftKey ? -1 : 1, 0),
    ArrowDown: (input) => go(input, 1, 0),
    ArrowUp: (input) => go(input, -1, 0),
    F2: toggleEditing,
    Escape: (input) => {
      portalGrid.forget(input.dataset.cell);
      edited = null;
      input.select();
    },
  };

  const sideways = { ArrowLeft: -1, ArrowRight: 1 };

  const withControl = {
    d: fillFromAbove,
    z: (input, event) => (event.shiftKey ? portalGrid.redo() : portalGrid.undo()),
    y: () => portalGrid.redo(),
  };

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!portalGrid.isCell(input) || event.altKey || event.isComposing) {
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      const action = withControl[event.key.toLowerCase()];
      const isTyping = portalGrid.isUnsaved(input) && portalGrid.onItsWay(input.dataset.cell) !== input.value;
      // While something is typed, undoing is the text's own.
      if (action && !(isTyping && action !== fillFromAbove)) {
        event.preventDefault();
        action(input, event);
      }
      return;
    }
    const across = event.shiftKey ? 0 : sideways[event.key];
    if (across && (edited !== input || isAtEdge(input, across))) {
      event.preventDefault();
      go(input, 0, across);
    } else if (plain[event.key] && !(event.shiftKey && event.key !== "Enter")) {
      event.preventDefault();
      plain[event.key](input, event);
    }
  });

  form.addEventListener("input", (event) => {
    if (portalGrid.isCell(event.target)) {
      portalGrid.setSign(event.target.dataset.cell, portalGrid.isUnsaved(event.target) ? "unsaved" : "");
      portalGrid.keep();
      portalGrid.show();
    }
  });

  form.addEventListener("focusout", (event) => {
    if (portalGrid.isCell(event.target)) {
      edited = null;
      commit(event.target);
    }
  });

  form.addEventListener("pointerdown", (event) => {
    isPressed = portalGrid.isCell(event.target) && document.activeElement !== event.target;
    if (portalGrid.isCell(event.target) && !isPressed) {
      edited = event.target;
    }
  });
  form.addEventListener("mouseup", (event) => {
    if (isPressed && portalGrid.isCell(event.target)) {
      event.preventDefault();
      event.target.select();
    }
    isPressed = false;
  });

  // One of the contents offered where two are possible.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choice]");
    if (button) {
      event.preventDefault();
      const name = button.dataset.choice;
      portalGrid.send([{ name, token: button.value }]);
      portalGrid.focus(portalGrid.inputOf(name));
    }
  });
})();
