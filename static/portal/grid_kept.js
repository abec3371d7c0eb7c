// Values that are not saved yet outlive the tab: kept in the browser, encrypted under a key that the portal gives to
// the same person alone, and offered when the page is opened again. Signing out clears them.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  const PREFIX = "portal-kept:";
  const DAYS = 14;
  const person = document.querySelector('meta[name="portal-session"]').content;
  const place = `${PREFIX}${person}:${new URL(form.action).pathname}`;
  // Without a secure connection browsers do not encrypt: then the values stay with the tab.
  const isSecure = Boolean(window.crypto && window.crypto.subtle);
  const store = isSecure ? window.localStorage : window.sessionStorage;

  const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const text = (array) => btoa(Array.from(array, (byte) => String.fromCharCode(byte)).join(""));
  // The same page may be open twice: each entry says whose it is.
  const page = text(crypto.getRandomValues(new Uint8Array(12)));
  const key = isSecure
    ? crypto.subtle.importKey("raw", bytes(form.dataset.keptKey), "AES-GCM", false, ["encrypt", "decrypt"])
    : null;

  const seal = async (value) => {
    const plain = JSON.stringify(value);
    if (!isSecure) {
      return plain;
    }
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, new TextEncoder().encode(plain));
    return `${text(iv)}.${text(new Uint8Array(sealed))}`;
  };

  const open = async (sealed) => {
    if (!isSecure) {
      return JSON.parse(sealed);
    }
    const [iv, content] = sealed.split(".").map(bytes);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, content);
    return JSON.parse(new TextDecoder().decode(plain));
  };

  let writing = Promise.resolve();
  let isClosed = false;

  const read = async () => {
    const sealed = store.getItem(place);
    if (!sealed) {
      return [];
    }
    try {
      return (await open(sealed)).filter(({ at }) => Date.now() - at < DAYS * 24 * 3600 * 1000);
    } catch {
      store.removeItem(place);
      return [];
    }
  };

  const unsavedCells = () =>
    portalGrid
      .inputs()
      .filter(portalGrid.isUnsaved)
      .map((input) => ({
        name: input.dataset.cell,
        typed: input.value,
        seen: portalGrid.seenOf(input.dataset.cell).value,
      }));

  const unsaved = () => {
    const blocks = portalGrid.blocks().map((block) => ({ block }));
    return [...blocks, ...unsavedCells()].map((entry) => ({ ...entry, page, at: Date.now() }));
  };

  // One tab at a time reads and writes again, or one would lose what another wrote in between.
  const alone = (work) => (navigator.locks ? navigator.locks.request(place, work) : work());

  const write = async (entries) => {
    const sealed = entries.length > 0 ? await seal(entries) : "";
    if (isClosed) {
      return;
    }
    if (sealed) {
      store.setItem(place, sealed);
    } else {
      store.removeItem(place);
    }
  };

  const change = (renew) => {
    const work = async () => {
      const entries = renew(await read());
      // Where blocks find no room, cells alone may.
      await write(entries).catch(() => write(entries.filter(({ block }) => !block)));
    };
    // A full or forbidden store: the values are still in the page.
    writing = writing.then(() => alone(work)).catch(() => {});
    return writing;
  };

  // What is unsaved here now takes the place of what this page kept before. What others keep, and cells of a list that
  // this page does not show, stays.
  const keep = () => {
    const own = unsaved();
    return change((entries) => [...entries.filter((entry) => entry.page !== page), ...own]);
  };

  // Put what was kept into its cells; what has been saved meanwhile needs no offer. This page keeps from now on what
  // it shows.
  const offer = async () => {
    let isOffered = false;
    const takeOver = ({ name, typed, seen, block }) => {
      if (block) {
        const isHere = block.places.flat().some((place) => place && portalGrid.inputOf(place));
        if (isHere) {
          portalGrid.holdBlock(block);
          isOffered = true;
        }
        return isHere;
      }
      const input = portalGrid.inputOf(name);
      if (input && !portalGrid.isUnsaved(input) && typed !== portalGrid.storedText(name)) {
        input.value = typed;
        portalGrid.seenOf(name).value = seen;
        portalGrid.setSign(name, "unsaved");
        isOffered = true;
      }
      return Boolean(input) && input.value === typed;
    };
    await change((entries) => {
      const others = entries.filter((entry) => entry.page !== page && !takeOver(entry));
      return [...others, ...unsaved()];
    });
    return isOffered;
  };

  const notice = document.getElementById("kept");
  const hide = () => {
    notice.hidden = true;
  };

  notice.addEventListener("click", (event) => {
    const button = event.target.closest("[data-kept]");
    if (!button) {
      return;
    }
    event.preventDefault();
    const inputs = portalGrid.inputs().filter(portalGrid.isUnsaved);
    if (button.dataset.kept === "save") {
      portalGrid.send(inputs.map((input) => ({ name: input.dataset.cell, value: input.value })));
      portalGrid.sendBlocks();
    } else {
      discard(inputs.map((input) => input.dataset.cell));
    }
    hide();
    if (inputs.length > 0) {
      portalGrid.focus(inputs[0]);
    }
  });

  // The portal may keep them as well, for a form that was sent without a session.
  const discard = (names) => {
    for (const name of names) {
      portalGrid.forget(name);
    }
    portalGrid.dropBlocks();
    portalGrid.post(form.action, { discard: "1" });
  };

  Object.assign(portalGrid, {
    keep,
    offerKept: async () => {
      if (await offer()) {
        notice.hidden = false;
        document.getElementById("kept-cells").hidden = !portalGrid.inputs().some(portalGrid.isUnsaved);
        portalGrid.show();
        notice.focus();
      }
    },
    // After signing out nothing may be written any more.
    closeKept: () => {
      isClosed = true;
    },
  });
})();
