/* A box above a long list of choices that hides those whose words do not fit. Without this script the
   list is there in full. What is chosen is never hidden. */
(() => {
  const LONG = 8;

  class FilterController extends window.StimulusModule.Controller {
    connect() {
      const rows = [...this.element.querySelectorAll('label:has(input[type="checkbox"])')];
      if (rows.length < LONG) return;
      const list = rows[0].parentElement.parentElement;
      list.classList.add('team-places-list');
      list.before(this.box(rows));
    }

    box(rows) {
      const box = document.createElement('input');
      box.type = 'search';
      box.className = 'team-find';
      box.placeholder = this.element.dataset.placeholder;
      box.setAttribute('aria-label', this.element.dataset.placeholder);
      box.addEventListener('input', () => {
        const words = box.value.toLowerCase().split(/\s+/);
        rows.forEach((row) => {
          const text = row.textContent.toLowerCase();
          const isChosen = row.querySelector('input').checked;
          row.parentElement.hidden = !isChosen && !words.every((word) => text.includes(word));
        });
      });
      box.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') event.preventDefault();
      });
      return box;
    }
  }

  window.wagtail.app.register('clinic-filter', FilterController);
})();
