/* A long list of checkboxes: shows those whose words hold what is typed, and those that are checked. */
(() => {
  const { Controller } = window.StimulusModule;

  class ClinicChecklistController extends Controller {
    static targets = ['words', 'said'];
    static values = { said: String };

    connect() {
      this.wordsTarget.hidden = false;
    }

    filter() {
      const words = this.wordsTarget.value.trim().toLowerCase();
      const labels = [...this.element.querySelectorAll('label')];
      let found = 0;
      for (const label of labels) {
        const holds = label.textContent.toLowerCase().includes(words);
        if (holds) found += 1;
        label.hidden = !holds && !label.querySelector('input').checked;
      }
      this.saidTarget.textContent = words
        ? this.saidValue.replace('{found}', found).replace('{all}', labels.length)
        : '';
    }
  }

  window.wagtail.app.register('clinic-checklist', ClinicChecklistController);
})();
