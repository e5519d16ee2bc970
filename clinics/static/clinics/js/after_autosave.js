/* A page that is saved after its own autosave would look like two people's, since the form still
   names the revision that it was opened on: it takes the name of the one that it wrote itself. And
   while an autosave is on the way, a save waits for that name. */
(() => {
  const longest = 10000; // milliseconds: after that the server has to tell the two apart
  const margin = 200;
  const begun = new WeakMap();
  const leaving = new WeakSet();

  const on = (name, handle) => document.addEventListener(`w-autosave:${name}`, handle);

  on('save', (event) => {
    if (leaving.has(event.target)) event.preventDefault();
    else begun.set(event.target, Date.now());
  });
  on('success', ({ target, detail: { response } }) => {
    begun.delete(target);
    if (!response || !response.revision_id) return;
    const { elements } = target;
    const id = elements.namedItem('loaded_revision_id');
    const createdAt = elements.namedItem('loaded_revision_created_at');
    if (id) id.value = response.revision_id;
    if (createdAt) createdAt.value = response.revision_created_at;
  });
  on('error', ({ target }) => begun.delete(target));

  // Wagtail announces an autosave, and sends it when nothing was typed for the interval.
  const isOnItsWay = (form) => {
    const interval = Number(form.dataset.wAutosaveIntervalValue || 0);
    return begun.has(form) && Date.now() - begun.get(form) >= interval - margin;
  };

  const answered = (form) =>
    new Promise((resolve) => {
      const started = Date.now();
      const look = () => {
        if (!begun.has(form) || Date.now() - started > longest) resolve();
        else setTimeout(look, 50);
      };
      look();
    });

  document.addEventListener(
    'submit',
    (event) => {
      const { target: form, submitter } = event;
      if (leaving.has(form) || !isOnItsWay(form)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leaving.add(form);
      answered(form).then(() => {
        // The button may be disabled by now, and a disabled button says nothing of itself.
        if (submitter && submitter.name) {
          const pressed = document.createElement('input');
          Object.assign(pressed, { type: 'hidden', name: submitter.name, value: submitter.value });
          form.append(pressed);
        }
        form.requestSubmit();
      });
    },
    { capture: true },
  );
})();
