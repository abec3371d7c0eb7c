// Undoing and doing again what was saved in this tab, step by step. Each is a save of its own: where somebody else has
// changed the cell meanwhile, both values are shown as always. A pasted block is one step.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  const MOST_STEPS = 200;
  const stacks = { undo: [], redo: [] };

  const push = (stack, step) => {
    stack.push(step);
    if (stack.length > MOST_STEPS) {
      stack.shift();
    }
  };

  // A step comes in once all its cells were answered; those that were not stored are not part of it.
  const remember = (step) => {
    if (step.cells.length === 0) {
      return;
    }
    if (step.into === "undo") {
      stacks.redo.length = 0;
    }
    push(step.into === "redo" ? stacks.redo : stacks.undo, step.cells);
    step.cells = [];
  };

  const take = (from, into, said) => {
    const cells = stacks[from].pop();
    if (!cells) {
      return;
    }
    portalGrid.send(
      cells.map(({ name, before }) => ({ name, token: before })),
      { into, seen: Object.fromEntries(cells.map(({ name, after }) => [name, after])) }
    );
    const input = portalGrid.inputOf(cells[0].name);
    if (input) {
      portalGrid.focus(input);
    }
    portalGrid.announce(`${said}: ${cells.map(({ name }) => portalGrid.inputOf(name)?.getAttribute("aria-label")).join("; ")}`);
  };

  Object.assign(portalGrid, {
    remember,
    undo: () => take("undo", "redo", form.dataset.undone),
    redo: () => take("redo", "again", form.dataset.redone),
  });
})();
