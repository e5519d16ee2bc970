/* Ties a button to allauth's scripts for passkeys, and says in words when the browser made none. */
class PasskeyController extends window.StimulusModule.Controller {
  static targets = ['button', 'failed', 'unable'];

  static values = { act: String };

  connect() {
    if (!window.PublicKeyCredential) {
      this.buttonTarget.hidden = true;
      this.unableTarget.hidden = false;
      return;
    }
    this.fail = (event) => {
      event.preventDefault();
      this.failedTarget.hidden = false;
    };
    document.addEventListener('allauth.error', this.fail);
    this.buttonTarget.addEventListener('click', () => {
      this.failedTarget.hidden = true;
    });
    const button = this.buttonTarget.id;
    window.allauth.webauthn.forms[this.actValue]({
      ids: {
        login: button,
        authenticate: button,
        add: button,
        passwordless: 'id_passwordless',
        credential: 'passkey-credential',
        data: 'passkey-data',
      },
    });
  }

  disconnect() {
    document.removeEventListener('allauth.error', this.fail);
  }
}

window.wagtail.app.register('clinic-passkey', PasskeyController);
