// Draws the charts of a page from the specifications in it. Their marks lead to what they are made of; the same
// links stand in the table beside each chart, for the keyboard.
const library = document.currentScript.dataset.library;
const drawn = new WeakMap(); // a figure with what is drawn in it, and for which width
let loading;

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = () => resolve(globalThis.portalVega);
    script.onerror = () => reject(new Error(`${library} could not be loaded.`));
    document.head.append(script);
  });
  return loading;
}

async function draw(figure) {
  const width = Math.floor(figure.clientWidth);
  const before = drawn.get(figure);
  if (!width || before?.width === width) {
    return;
  }
  const turn = { width, view: before?.view };
  drawn.set(figure, turn);
  const [{ embed, expressionInterpreter }] = await Promise.all([load(), document.fonts.ready]);
  if (drawn.get(figure) !== turn) {
    return; // another width was asked for meanwhile
  }
  const data = figure.querySelector('script[type="application/json"]').textContent;
  const { datasets, drawings } = JSON.parse(data);
  const { specification } = drawings.find(({ least }) => width >= least);
  const picture = document.createElement("div");
  picture.ariaHidden = "true"; // the place around it is one image, with the words of its values
  const { view } = await embed(
    picture,
    { ...specification, datasets, width },
    {
      mode: "vega-lite",
      renderer: "svg",
      ast: true,
      expr: expressionInterpreter,
      actions: false,
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true, id: "portal-drawing-tip" },
      config: { aria: false },
    },
  );
  before?.view?.finalize();
  turn.view = view;
  const place = figure.querySelector(".portal-drawing__picture");
  place.replaceChildren(picture);
  place.hidden = false;
  figure.querySelector(".portal-drawing__image")?.remove();
}

// Without the library, the picture that the server draws stands in its place.
function showImage(figure) {
  if (!figure.querySelector(":scope > .portal-drawing__image")) {
    const place = figure.querySelector(".portal-drawing__picture");
    const image = document.createElement("img");
    image.className = "portal-drawing__image";
    image.src = figure.dataset.image;
    image.alt = place.getAttribute("aria-label");
    place.before(image);
  }
}

const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    draw(target).catch((error) => {
      console.warn(error);
      showImage(target);
    });
  }
});

function watch(part) {
  for (const figure of part.querySelectorAll("figure[data-chart]")) {
    widths.observe(figure);
  }
}

document.addEventListener("htmx:load", ({ detail }) => watch(detail.elt));
document.addEventListener("htmx:beforeCleanupElement", ({ target }) => {
  if (drawn.has(target)) {
    widths.unobserve(target);
    drawn.get(target).view?.finalize();
    drawn.delete(target);
  }
});
watch(document);
