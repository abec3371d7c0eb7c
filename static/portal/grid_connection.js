// The way to the portal: what is sent, what stands in its way, and when it is tried again: after a growing while, when
// the connection is back, and when its owner has signed in again.
"use strict";

(() => {
  const { form } = portalGrid;
  if (!form) {
    return;
  }
  const FIRST_WAIT = 2000;
  const LONGEST_WAIT = 60000;
  const TIMEOUT = 20000;
  const MOST_KEPT_ALIVE = 60000; // bytes that a browser still sends for a page that was left

  const lines = [];
  let timer = 0;
  let failures = 0;
  let trouble = "";

  // Signing in again, in another tab, gives a new token: the cookie knows it, the page does not.
  const csrfToken = () => {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
    return cookie ? cookie[1] : form.querySelector('[name="csrfmiddlewaretoken"]').value;
  };

  // Without an answer the status is 0.
  const post = async (address, fields) => {
    const body = new URLSearchParams({ ...fields, kept_for: form.querySelector('[name="kept_for"]').value });
    try {
      const answer = await fetch(address, {
        method: "POST",
        body,
        headers: { "HX-Request": "true", "X-CSRFToken": csrfToken() },
        keepalive: String(body).length < MOST_KEPT_ALIVE,
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const pause = Number(answer.headers.get("Retry-After")) * 1000 || 0;
      return { status: answer.status, pause, html: await answer.text() };
    } catch {
      return { status: 0, pause: 0, html: "" };
    }
  };

  const retry = () => {
    clearTimeout(timer);
    timer = 0;
    for (const go of lines) {
      go();
    }
  };

  // What one line has learnt holds for the others: they go on as well.
  const reached = () => {
    clearTimeout(timer);
    timer = trouble ? setTimeout(retry) : 0;
    failures = 0;
    trouble = "";
  };

  const troubleOf = (status) => {
    if (status === 401) {
      return "signed-out";
    }
    if (status === 429) {
      return "busy";
    }
    return status === 0 || status === 408 || status >= 500 ? "offline" : "stopped";
  };

  // Lines that fail in the same round count once.
  const failed = ({ status, pause }) => {
    failures += timer ? 0 : 1;
    clearTimeout(timer);
    timer = 0;
    trouble = troubleOf(status);
    if (trouble !== "stopped") {
      const wait = Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT);
      timer = setTimeout(retry, Math.max(pause, wait * (0.8 + 0.4 * Math.random())));
    }
  };

  window.addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => !document.hidden && retry());
  document.addEventListener("portal:signed-in", retry);
  new BroadcastChannel("portal-session").addEventListener("message", (event) => {
    if (event.data === "active" && trouble === "signed-out") {
      retry();
    } else if (event.data === "signed out") {
      portalGrid.closeKept();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-retry]")) {
      retry();
    }
  });

  Object.assign(portalGrid, {
    post,
    reached,
    failed,
    trouble: () => trouble,
    // ``go`` sends what waits in a line, if anything does and nothing of it is on its way.
    addLine: (go) => lines.push(go),
  });
})();
