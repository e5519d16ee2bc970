/* The outline of a local version: its buttons put an override into the form's list of differences. */
(() => {
  const { Controller } = window.StimulusModule;
  const PENDING = 'data-clinic-outline-pending';
  const read = (id) => JSON.parse(document.getElementById(id).textContent);

  class ClinicOutlineController extends Controller {
    static targets = ['row', 'said'];

    connect() {
      this.names = read('clinic-outline-names');
      // The list of differences is built by a script further down the page.
      window.setTimeout(() => this.name(), 0);
    }

    insert({ params, currentTarget }) {
      const id = window.crypto.randomUUID();
      const list = this.list();
      const value = read('clinic-outline-inserts')[params.key];
      list.insert({ type: params.kind, id, value }, list.children.length);
      this.mark(currentTarget);
      this.name();
      this.reveal(id);
    }

    show({ params }) {
      this.reveal(params.key);
    }

    list() {
      return window.wagtail.editHandler.getPanelByName('overrides').getBoundWidget();
    }

    /* Says in the list which section each difference is about: it only knows ids. */
    name() {
      for (const { block, element } of this.list().children) {
        const { section, slot } = block.childBlocks;
        const name = this.names[(section || slot).getValue()];
        const heading = element.querySelector('[data-panel-heading-text]');
        if (!name || !heading || heading.querySelector('.clinic-outline-name')) continue;
        const span = document.createElement('span');
        span.className = 'clinic-outline-name';
        span.textContent = name;
        heading.append(span);
      }
    }

    /* Says what is not saved yet, in the row and for screen readers. */
    mark(button) {
      const row = button.closest('[data-clinic-outline-target="row"]');
      const said = this.saidTarget.dataset.pending;
      if (row) row.setAttribute(PENDING, said);
      this.saidTarget.textContent = said;
    }

    /* Opens the override's own form and puts the focus there. */
    reveal(id) {
      window.setTimeout(() => {
        const field = document.querySelector(`[data-contentpath="${id}"]`);
        if (!field) return;
        field.scrollIntoView({ block: 'start' });
        const toggle = field.querySelector('[data-panel-toggle][aria-expanded="false"]');
        if (toggle) toggle.click();
        const input =
          field.querySelector('[contenteditable="true"]') ||
          field.querySelector('textarea:not([hidden]), input:not([type="hidden"])');
        if (!input) return;
        input.focus({ preventScroll: true });
        // Forms above may still grow while they are built, and push this one out of sight.
        window.setTimeout(() => input.scrollIntoView({ block: 'center' }), 400);
      }, 100);
    }
  }

  window.wagtail.app.register('clinic-outline', ClinicOutlineController);
})();
