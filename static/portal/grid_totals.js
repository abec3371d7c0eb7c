// Changes against last year, sums and what is not broken down, kept right while somebody types. What is saved comes
// back from the server with the same elements; without this file they are right after saving.
"use strict";

(() => {
  const form = document.querySelector(".portal-grid-form");
  if (!form) {
    return;
  }
  const language = document.documentElement.lang.startsWith("en") ? "en" : "de";
  const [group, comma] = language === "en" ? [",", "."] : [".", ","];
  const PLAIN = new RegExp(`^[+-]?(\\d+|\\d{1,3}(\\${group}\\d{3})+)(\\${comma}\\d+)?$`);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 4 });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });

  // The number that a text is in the language of the page; NaN for anything else, which the server judges.
  const read = (text) => {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-");
    return PLAIN.test(plain) ? Number(plain.replaceAll(group, "").replace(comma, ".")) : NaN;
  };
  const write = (value) => number.format(value).replace("-", "\u2212");
  const signed = (value) => (value > 0 ? "+" : "") + write(value);
  const share = (value) => {
    const text = percent.format(value).replace("-", "\u2212").replace("\u00a0", "\u202f");
    return (value > 0 ? "+" : "") + text;
  };
  const round = (value) => Math.round(value * 10000) / 10000;
  const put = (element, text) => {
    if (element && element.textContent !== text) {
      element.textContent = text;
    }
  };

  const showChange = (live, value, withShare) => {
    if (live.dataset.before === undefined) {
      return;
    }
    const before = Number(live.dataset.before);
    const difference = round(value - before);
    const isShared = withShare && before > 0 && !Number.isNaN(difference);
    const text = Number.isNaN(difference) ? "" : signed(difference);
    put(live.querySelector("[data-change]"), isShared ? `${text} (${share(difference / before)})` : text);
  };

  const showRest = (live, value, parts) => {
    const element = live.querySelector("[data-rest]");
    if (!element) {
      return;
    }
    const rest = round(value - parts);
    element.hidden = Number.isNaN(rest);
    element.querySelector("[data-within]").hidden = rest < 0;
    element.querySelector("[data-over]").hidden = !(rest < 0);
    put(element.querySelector("[data-number]"), Number.isNaN(rest) ? "" : write(rest));
  };

  const liveOf = (input) => document.getElementById(`live-${input.dataset.cell}`);

  // The number that a cell states; where nothing is typed, the sum of its occupations.
  const stated = (input) => {
    const parts = input.value.trim() === "" && liveOf(input)?.dataset.parts;
    return parts ? Number(parts) : read(input.value);
  };

  const showCell = (input) => {
    const live = liveOf(input);
    if (!live) {
      return;
    }
    showChange(live, stated(input), true);
    if (live.dataset.parts !== undefined) {
      showRest(live, read(input.value), Number(live.dataset.parts));
    }
  };

  // The sum of a column whose rows are parts of a whole.
  const showColumn = (input) => {
    const cell = input.closest("td");
    const table = cell && cell.closest("table");
    const foot = table && table.tFoot && table.tFoot.rows[0] && table.tFoot.rows[0].cells[cell.cellIndex];
    const live = foot && foot.querySelector("[data-sum]");
    if (!live) {
      return;
    }
    const values = [...table.tBodies]
      .flatMap((body) => [...body.rows])
      .map((row) => row.cells[cell.cellIndex] && row.cells[cell.cellIndex].querySelector("[data-cell]"))
      .filter(Boolean)
      .map(stated)
      .filter((value) => !Number.isNaN(value));
    const sum = values.length ? round(values.reduce((one, other) => one + other, 0)) : NaN;
    put(live.querySelector("[data-number]"), Number.isNaN(sum) ? "–" : write(sum));
    showChange(live, sum, false);
  };

  // Sums over more rows than the page shows: the stored sum, and what the shown cells of it have become.
  const addUp = (whole, inputs) =>
    inputs.reduce((sum, input) => {
      const [now, stored] = [read(input.value), Number(liveOf(input)?.dataset.stored ?? 0)];
      return sum + (Number.isNaN(now) ? 0 : now) - stored;
    }, whole);

  const showParts = (input) => {
    const column = input.closest("[data-column]");
    if (!column) {
      return;
    }
    const name = column.dataset.column;
    const cells = [...form.querySelectorAll(`[data-column="${CSS.escape(name)}"] [data-cell]`)];
    const own = input.closest("[data-area]");
    const areas = own ? [own.dataset.area] : [];
    for (const area of areas) {
      const live = document.getElementById(`area-${area}-${name}`);
      const inArea = cells.filter((each) => each.closest("[data-area]") === own);
      if (live) {
        const sum = round(addUp(Number(live.dataset.sum || 0), inArea));
        put(live.querySelector("[data-number]"), write(sum));
        showChange(live, sum, false);
      }
    }
    const whole = document.getElementById(`parts-${name}`);
    if (!whole) {
      return;
    }
    const listed = cells.filter((each) => each.closest("[data-area]"));
    const parts = round(addUp(Number(whole.dataset.sum || 0), listed));
    put(whole.querySelector("[data-number]"), write(parts));
    showChange(whole, parts, false);
    const total = form.querySelector(`[data-whole="${CSS.escape(name)}"] [data-cell]`);
    const rest = document.getElementById(`rest-${name}`);
    if (total && rest) {
      showRest(rest, read(total.value), parts);
    }
  };

  form.addEventListener("input", (event) => {
    const input = event.target;
    if (input.dataset && input.dataset.cell) {
      showCell(input);
      showColumn(input);
      showParts(input);
    }
  });
})();
