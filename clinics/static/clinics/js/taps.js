/* Counts taps on buttons, without anything about whoever taps: see clinics/taps.py. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-tap]");
  if (!link || navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const block = link.closest("[data-block]");
  navigator.sendBeacon("/-/tap", new URLSearchParams({
    action: link.dataset.tap,
    block: block ? block.dataset.block : "text",
    path: location.pathname,
  }));
});
