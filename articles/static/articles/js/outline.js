/* The outline of a local version: its buttons put an override into the form's list of differences. */
(() => {
  const { Controller } = window.StimulusModule;
  const SAID = 'data-clinic-outline-pending';

  class ClinicOutlineController extends Controller {
    static targets = ['row', 'state', 'said'];

    insert({ params, currentTarget }) {
      const inserts = JSON.parse(document.getElementById('clinic-outline-inserts').textContent);
      const id = window.crypto.randomUUID();
      const list = this.list();
      list.insert({ type: params.kind, id, value: inserts[params.key] }, list.children.length);
      this.mark(currentTarget);
      this.reveal(id);
    }

    show({ params }) {
      this.reveal(params.key);
    }

    list() {
      return window.wagtail.editHandler.getPanelByName('overrides').getBoundWidget();
    }

    /* Says what is not saved yet, in the row and for screen readers. */
    mark(button) {
      const row = button.closest('[data-clinic-outline-target="row"]');
      const said = this.saidTarget.dataset.pending;
      if (row) row.setAttribute(SAID, said);
      this.saidTarget.textContent = said;
    }

    /* Opens the override's own form and puts the focus there. */
    reveal(id) {
      window.setTimeout(() => {
        const field = document.querySelector(`[data-contentpath="${id}"]`);
        if (!field) return;
        field.scrollIntoView({ block: 'start', behavior: 'smooth' });
        const toggle = field.querySelector('[data-panel-toggle][aria-expanded="false"]');
        if (toggle) toggle.click();
        const input =
          field.querySelector('[contenteditable="true"]') ||
          field.querySelector('textarea:not([hidden]), input:not([type="hidden"])');
        if (input) input.focus({ preventScroll: true });
      }, 100);
    }
  }

  window.wagtail.app.register('clinic-outline', ClinicOutlineController);
})();
