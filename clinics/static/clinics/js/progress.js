/* While a worker is busy, how far it is is read again; when it is over, the whole page once. */
(() => {
  const EVERY = 1500;
  const find = (root) => root.querySelector('[data-progress]');

  const refresh = async () => {
    const answer = await fetch(window.location.href, { credentials: 'same-origin' });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = find(page);
    if (!fresh || fresh.dataset.progress !== 'pending') {
      window.location.reload();
      return;
    }
    find(document).replaceChildren(...fresh.childNodes);
    window.setTimeout(refresh, EVERY);
  };

  if (find(document)?.dataset.progress === 'pending') window.setTimeout(refresh, EVERY);
})();
