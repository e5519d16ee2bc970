/* Shares or copies the address of the page; without a script there is the field (I-07). No mail: it would
   carry the name of a condition out of the page (P-05). */
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
