// A block from a spreadsheet: the portal says where each of its values goes. What is plain is saved at once; what is
// not is shown before. A block that the portal could not be asked about waits in line as cells do.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  const TOO_LARGE = 413;
  const dialog = document.getElementById("paste");
  const waits = document.getElementById("paste-waits");
  const tooLarge = document.getElementById("paste-too-large");

  const isBlock = (text, html) => /[\t\n\r]/.test(text) || (html.match(/<t[dh][\s>]/gi) || []).length > 1;

  // What the portal doubts has to be confirmed first.
  const isConfirmed = () => {
    const boxes = [...dialog.querySelectorAll("[data-doubt]")];
    for (const box of boxes) {
      const error = document.getElementById(`${box.id}-error`);
      error.hidden = box.checked;
      if (box.checked) {
        box.removeAttribute("aria-invalid");
        box.removeAttribute("aria-describedby");
      } else {
        box.setAttribute("aria-invalid", "true");
        box.setAttribute("aria-describedby", error.id);
      }
    }
    const open = boxes.find((box) => !box.checked);
    if (open) {
      open.focus();
    }
    return !open;
  };

  // Cells that other pages show come to the end of the form, so that they are kept, sent and answered like all.
  const takeIn = (beyond, cells) => {
    const wanted = new Set(cells.map(({ name }) => name));
    const piece = beyond.content.cloneNode(true);
    for (const row of piece.querySelectorAll("tbody tr")) {
      const inputs = [...row.querySelectorAll("[data-cell]")];
      if (!inputs.some((input) => wanted.has(input.dataset.cell)) || inputs.some((input) => portalGrid.inputOf(input.dataset.cell))) {
        row.remove();
      }
    }
    if (piece.querySelector("tbody tr")) {
      form.append(piece);
    }
  };

  const ask = (plan, cells) =>
    new Promise((answer) => {
      dialog.replaceChildren(plan);
      const decide = (event) => {
        const button = event.target.closest("[data-paste]");
        if (button && button.dataset.paste === "confirm" && !isConfirmed()) {
          return;
        }
        if (button) {
          dialog.close(button.dataset.paste);
        }
      };
      dialog.returnValue = "";
      dialog.addEventListener("click", decide);
      dialog.addEventListener(
        "close",
        () => {
          dialog.removeEventListener("click", decide);
          answer(dialog.returnValue === "confirm" ? cells : []);
        },
        { once: true }
      );
      dialog.showModal();
      document.getElementById("paste-title").focus();
    });

  // A block has its text, its html, the names of the places it was pasted at, and what was seen there. One that was
  // kept is held back until its owner wants it sent.
  let blocks = [];
  let isPlanning = false;
  let isDeciding = false;

  // What is typed into a cell while a block waits is newer than the block.
  const typed = new Map();
  let moment = 0;
  const note = (input) => {
    moment += 1;
    typed.set(input.dataset.cell, moment);
  };
  form.addEventListener("input", (event) => {
    if (portalGrid.isCell(event.target)) {
      note(event.target);
    }
  });

  const line = () => blocks.filter((block) => !block.isHeld);

  const remove = (block) => {
    blocks = blocks.filter((other) => other !== block);
    portalGrid.keep();
    portalGrid.show();
  };

  const store = (block, cells, input) => {
    const wanted = cells.filter(({ name }) => !(typed.get(name) > block.moment));
    portalGrid.send(wanted, { seen: block.isFromStore ? block.seen : {} });
    remove(block);
    const first = input && wanted.length > 0 && portalGrid.inputOf(wanted[0].name);
    if (first) {
      portalGrid.focus(first);
    }
  };

  const answered = async (block, plan, input) => {
    const cells = JSON.parse(plan.dataset.cells || "[]");
    if (plan.dataset.plain === "true") {
      store(block, cells, input);
      return;
    }
    isDeciding = true;
    portalGrid.show();
    const agreed = await ask(plan, cells);
    const beyond = plan.querySelector("#paste-beyond");
    if (beyond && agreed.length > 0) {
      takeIn(beyond, agreed);
    }
    isDeciding = false;
    if (input) {
      portalGrid.focus(input);
    }
    store(block, agreed, input);
  };

  // One block at a time; ``input`` has the focus of somebody who has just pasted.
  const go = async (input = null) => {
    const [block] = line();
    if (!block || isPlanning || isDeciding) {
      return;
    }
    isPlanning = true;
    portalGrid.show();
    const { text, html, places } = block;
    const answer = await portalGrid.post(form.dataset.paste, { text, html, places: JSON.stringify(places) });
    isPlanning = false;
    if (!blocks.includes(block)) {
      go();
      return; // discarded meanwhile
    }
    const plan = new DOMParser().parseFromString(answer.html, "text/html").getElementById("paste-plan");
    if (plan) {
      portalGrid.reached();
      document.dispatchEvent(new Event("portal:active"));
      await answered(block, plan, input);
    } else if (answer.status === TOO_LARGE) {
      tooLarge.hidden = false;
      remove(block);
    } else {
      portalGrid.failed(answer);
      portalGrid.show();
      return;
    }
    go();
  };

  form.addEventListener("paste", (event) => {
    const input = event.target;
    if (!portalGrid.isCell(input)) {
      return;
    }
    const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
    const html = event.clipboardData.getData("text/html");
    if (!isBlock(text, html)) {
      return;
    }
    event.preventDefault();
    const table = `${text}\n${html}`;
    const height = (table.match(/\r\n|\r|\n|<tr/gi) || []).length + 1;
    const width = (table.match(/\t|<t[dh]/gi) || []).length + 1;
    const places = portalGrid.namesFrom(input, height, width);
    const names = places.flat().filter(Boolean);
    const seen = Object.fromEntries(names.map((name) => [name, portalGrid.seenOf(name).value]));
    blocks.push({ text, html, places, seen, moment });
    tooLarge.hidden = true;
    portalGrid.keep();
    go(input);
  });

  waits.addEventListener("click", (event) => {
    if (event.target.closest("[data-discard-blocks]")) {
      const [place] = line().flatMap(({ places }) => places.flat()).filter(Boolean);
      portalGrid.dropBlocks();
      portalGrid.focus(portalGrid.inputOf(place));
    }
  });

  portalGrid.addLine(() => go());

  Object.assign(portalGrid, {
    isPlanning: () => isPlanning,
    blocks: () => blocks.map(({ text, html, places, seen }) => ({ text, html, places, seen })),
    showBlocks: () => {
      waits.hidden = isDeciding || !portalGrid.trouble() || line().length === 0;
      document.getElementById("kept-block").hidden = !blocks.some((block) => block.isHeld);
    },
    holdBlock: (block) => blocks.push({ ...block, moment, isHeld: true, isFromStore: true }),
    // Values kept beside a block were typed; they stay.
    sendBlocks: () => {
      if (blocks.some((block) => block.isHeld)) {
        portalGrid.inputs().filter(portalGrid.isUnsaved).forEach(note);
      }
      for (const block of blocks) {
        block.isHeld = false;
      }
      go();
    },
    dropBlocks: () => {
      blocks = [];
      portalGrid.keep();
      portalGrid.show();
    },
  });
})();
