/* Rich text reaches its form field a quarter of a second after the last key. A page that is saved
   sooner would lose the last words, so each editor that was typed in hands over its text first. */
(() => {
  document.addEventListener(
    'submit',
    ({ target }) => {
      for (const { draftailEditor } of target.elements) {
        if (draftailEditor && draftailEditor.updateTimeout) draftailEditor.saveState();
      }
    },
    { capture: true },
  );
})();
