/* What pages do beyond links: counts taps on buttons, without anything about whoever taps
   (clinics/taps.py), and shares or copies the address of an article. Without it there is the field with
   the address (I-07). No mail: it would carry the name of a condition out of the page (P-05). */
const { taps } = document.currentScript.dataset;  // where they are counted; not on the hub

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-tap]");
  if (!taps || !link || navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  const block = link.closest("[data-block]");
  navigator.sendBeacon(taps, new URLSearchParams({
    action: link.dataset.tap,
    block: block ? block.dataset.block : "text",
    path: location.pathname,
  }));
});

for (const share of document.querySelectorAll(".share")) {
  const url = share.querySelector(".share-url").value;
  const show = (name, act) => {
    const button = share.querySelector(`[data-share="${name}"]`);
    button.hidden = false;
    button.addEventListener("click", act);
  };
  if (navigator.share) {
    show("native", () => navigator.share({ url, title: document.title }).catch(() => {}));
  }
  if (navigator.clipboard) {
    show("copy", async () => {
      await navigator.clipboard.writeText(url);
      share.querySelector("[role=status]").textContent = share.dataset.copied;
    });
  }
}
