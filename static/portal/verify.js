// The fingerprint of a file is computed here, so that the file need not be sent. Without this file, or where
// the browser cannot compute it, the form sends the file.
"use strict";

(() => {
  const form = document.querySelector("form[data-verify]");
  if (!form || !window.crypto || !window.crypto.subtle) {
    return;
  }
  const state = form.querySelector("[data-state]");
  form.querySelector("[data-stays]").hidden = false;

  const verify = async (file) => {
    state.textContent = state.dataset.computing;
    const digest = await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    const fingerprint = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
    window.location.assign(`?sha256=${fingerprint}`);
  };

  const input = form.querySelector('input[type="file"]');
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.files.length > 0) {
      verify(input.files[0]);
    }
  });
  input.addEventListener("change", () => {
    if (input.files.length > 0) {
      verify(input.files[0]);
    }
  });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("public-drop--over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("public-drop--over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("public-drop--over");
    if (event.dataTransfer.files.length > 0) {
      verify(event.dataTransfer.files[0]);
    }
  });
})();
