/* A button that prints the page: recovery codes belong on paper. */
class PrintController extends window.StimulusModule.Controller {
  print() {
    window.print();
  }
}

window.wagtail.app.register('clinic-print', PrintController);
