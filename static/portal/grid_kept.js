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
  const text = (array) => btoa(String.fromCharCode(...array));
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

  // What is unsaved now takes the place of what was kept before. A list shows some of its cells at a time: what is
  // kept of the others stays.
  const keep = () => {
    const unsaved = portalGrid
      .inputs()
      .filter(portalGrid.isUnsaved)
      .map((input) => ({
        at: Date.now(),
        name: input.dataset.cell,
        typed: input.value,
        seen: portalGrid.seenOf(input.dataset.cell).value,
      }));
    writing = writing.then(async () => {
      const others = (await read()).filter(({ name }) => !portalGrid.inputOf(name));
      const cells = [...others, ...unsaved];
      try {
        const sealed = cells.length > 0 ? await seal(cells) : "";
        if (isClosed) {
          return;
        }
        if (sealed) {
          store.setItem(place, sealed);
        } else {
          store.removeItem(place);
        }
      } catch {
        // A full or forbidden store: the values are still in the page.
      }
    });
    return writing;
  };

  // Put what was kept into its cells; what has been saved meanwhile needs no offer.
  const offer = async () => {
    const offered = [];
    for (const { name, typed, seen } of await read()) {
      const input = portalGrid.inputOf(name);
      if (input && !portalGrid.isUnsaved(input) && typed !== portalGrid.storedText(name)) {
        input.value = typed;
        portalGrid.seenOf(name).value = seen;
        portalGrid.setSign(name, "unsaved");
        offered.push(name);
      }
    }
    return offered;
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
    const unsaved = portalGrid.inputs().filter(portalGrid.isUnsaved);
    if (button.dataset.kept === "save") {
      portalGrid.send(unsaved.map((input) => ({ name: input.dataset.cell, value: input.value })));
    } else {
      discard(unsaved.map((input) => input.dataset.cell));
    }
    hide();
    if (unsaved.length > 0) {
      portalGrid.focus(unsaved[0]);
    }
  });

  // The portal may keep them as well, for a form that was sent without a session.
  const discard = (names) => {
    for (const name of names) {
      portalGrid.forget(name);
    }
    keep();
    portalGrid.post(form.action, { discard: "1" }).catch(() => {});
  };

  Object.assign(portalGrid, {
    keep,
    offerKept: async () => {
      const offered = await offer();
      if (offered.length > 0) {
        notice.hidden = false;
        notice.focus();
      }
    },
    // After signing out nothing may be written any more.
    closeKept: () => {
      isClosed = true;
    },
  });
})();
