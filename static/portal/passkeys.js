// Reports in words what went wrong with a passkey; allauth's scripts only log it.
document.addEventListener("allauth.error", (event) => {
  const place = document.getElementById("passkey-problem");
  if (!place) return;
  event.preventDefault();
  const text = document.createElement("p");
  text.className = "kern-body";
  text.textContent = place.dataset.text;
  place.replaceChildren(text);
});
