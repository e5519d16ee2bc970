/* A menu in the rich text editor that inserts a clinic token, and the marks that show tokens. */
(() => {
  const { React, DraftJS, draftail } = window;
  const { createElement } = React;
  const { EditorState, Modifier } = DraftJS;
  const list = document.getElementById('clinic-tokens');
  const tokens = list ? JSON.parse(list.textContent) : { label: '', tokens: [] };

  const insertToken = (editorState, name) => {
    const content = Modifier.replaceText(
      editorState.getCurrentContent(),
      editorState.getSelection(),
      `{{ ${name} }}`,
      editorState.getCurrentInlineStyle(),
    );
    return EditorState.push(editorState, content, 'insert-characters');
  };

  const TokenMenu = ({ getEditorState, onChange }) =>
    createElement(
      'select',
      {
        'className': 'clinic-token-menu',
        'aria-label': tokens.label,
        'value': '',
        'onChange': (event) => onChange(insertToken(getEditorState(), event.target.value)),
      },
      createElement('option', { value: '' }, tokens.label),
      ...tokens.tokens.map(({ name, label }) =>
        createElement('option', { key: name, value: name }, label),
      ),
    );

  const markTokens = (block, callback) => {
    for (const found of block.getText().matchAll(/\{\{\s*[a-z_.]+\s*\}\}/g)) {
      callback(found.index, found.index + found[0].length);
    }
  };

  const TokenMark = ({ children }) =>
    createElement('span', { className: 'clinic-token-mark' }, children);

  draftail.registerPlugin({ type: 'clinic-token', inline: TokenMenu }, 'controls');
  draftail.registerPlugin(
    { type: 'clinic-token', strategy: markTokens, component: TokenMark },
    'decorators',
  );
})();
