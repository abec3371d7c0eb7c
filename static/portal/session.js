// When somebody signs out, every tab of this browser leaves its page. When a session merely ends, pages on which
// nothing was typed leave as well; where something was, the page is covered until its owner is back.
"use strict";

(() => {
  const channel = new BroadcastChannel("portal-session");
  const SIGNED_OUT = "signed out";
  const ACTIVE = "active";
  const GRACE = 5000; // the server is to be first

  if (document.querySelector('meta[name="portal-signed-out"]')) {
    channel.postMessage(SIGNED_OUT);
    return;
  }
  const sessionOf = (page) => page.querySelector('meta[name="portal-session"]');
  const session = sessionOf(document);
  if (!session) {
    return;
  }

  // Nothing stays to be seen, and no question about what was not saved keeps the page.
  const leave = (go) => {
    window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
    document.body.replaceChildren();
    go();
  };

  // A page that the browser kept for the way back is asked for anew.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      leave(() => window.location.reload());
    }
  });

  let cover = null;

  const comeBack = async () => {
    const answer = await fetch(session.dataset.check, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const present = sessionOf(page);
    if (!present || present.content !== session.content) {
      cover.querySelector("[data-still-out]").hidden = false;
      return;
    }
    // Signing in again gives a new token; forms of this page have the one of before.
    const token = page.querySelector('input[name="csrfmiddlewaretoken"]');
    for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) {
      field.value = token ? token.value : field.value;
    }
    const former = cover;
    cover = null;
    former.close();
    former.remove();
    begin();
    document.dispatchEvent(new Event("portal:signed-in"));
  };

  const end = () => {
    if (!typedFields.all().some(typedFields.isTyped)) {
      leave(() => window.location.reload());
      return;
    }
    cover = document.getElementById("session-over").content.firstElementChild.cloneNode(true);
    document.body.append(cover);
    cover.addEventListener("close", () => cover && cover.showModal());
    cover.querySelector("button").addEventListener("click", comeBack);
    cover.showModal();
  };

  let endsAt = 0;
  let timer = 0;
  const check = () => {
    clearTimeout(timer);
    if (cover) {
      return;
    }
    if (Date.now() >= endsAt) {
      end();
    } else {
      timer = setTimeout(check, endsAt - Date.now());
    }
  };
  const goOn = () => {
    endsAt = Date.now() + Number(session.dataset.idleMinutes) * 60 * 1000 + GRACE;
    check();
  };
  const begin = () => {
    goOn();
    channel.postMessage(ACTIVE);
  };

  channel.addEventListener("message", (event) => {
    if (event.data === SIGNED_OUT) {
      leave(() => window.location.replace(session.dataset.entrance));
    } else if (event.data === ACTIVE) {
      goOn();
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) {
      begin();
    }
  });
  document.addEventListener("portal:active", begin);
  // Timers stand still while a computer sleeps.
  document.addEventListener("visibilitychange", check);
  begin();
})();
