// A block from a spreadsheet: the portal says where each of its values goes. What is plain is saved at once; what is
// not is shown before.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  const dialog = document.getElementById("paste");

  const isBlock = (text, html) => /[\t\n\r]/.test(text) || (html.match(/<t[dh][\s>]/gi) || []).length > 1;

  const store = (cells) => {
    portalGrid.send(cells);
    const first = cells.length > 0 && portalGrid.inputOf(cells[0].name);
    if (first) {
      portalGrid.focus(first);
    }
  };

  const ask = (plan, cells) =>
    new Promise((answer) => {
      dialog.replaceChildren(plan);
      const decide = (event) => {
        const button = event.target.closest("[data-paste]");
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

  form.addEventListener("paste", async (event) => {
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
    let answer;
    try {
      answer = await portalGrid.post(form.dataset.paste, {
        text,
        html,
        places: JSON.stringify(portalGrid.namesFrom(input, height, width)),
      });
    } catch {
      portalGrid.announce(form.dataset.pasteFailed);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const plan = page.getElementById("paste-plan");
    if (!plan) {
      portalGrid.announce(form.dataset.pasteFailed);
      return;
    }
    const cells = JSON.parse(plan.dataset.cells || "[]");
    if (plan.dataset.plain === "true") {
      store(cells);
      return;
    }
    const agreed = await ask(plan, cells);
    portalGrid.focus(input);
    if (agreed.length > 0) {
      store(agreed);
    }
  });
})();
