// Says in words what allauth only writes to the console when a passkey is refused.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-status]");
  const message = document.querySelector("[data-passkey-failure]");
  if (!place || !message) return;
  event.preventDefault();
  place.replaceChildren(message.content.cloneNode(true));
});
