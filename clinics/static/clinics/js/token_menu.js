/* A menu in the rich text editor that inserts a token, and the marks that show tokens. */
(() => {
  const { React, DraftJS, draftail } = window;
  const { createElement } = React;
  const { EditorState, Modifier } = DraftJS;

  // Read late: the list may stand behind this script in the page.
  const readTokens = () => {
    const list = document.getElementById('clinic-tokens');
    return list ? JSON.parse(list.textContent) : { label: '', groups: [] };
  };

  const insertToken = (editorState, name) => {
    const content = Modifier.replaceText(
      editorState.getCurrentContent(),
      editorState.getSelection(),
      `{{ ${name} }}`,
      editorState.getCurrentInlineStyle(),
    );
    return EditorState.push(editorState, content, 'insert-characters');
  };

  const TokenMenu = ({ getEditorState, onChange }) => {
    const { label, groups } = readTokens();
    return createElement(
      'select',
      {
        'className': 'clinic-token-menu',
        'aria-label': label,
        'value': '',
        'onChange': (event) => onChange(insertToken(getEditorState(), event.target.value)),
      },
      createElement('option', { value: '' }, label),
      ...groups.map((group) =>
        createElement(
          'optgroup',
          { key: group.label, label: group.label },
          ...group.tokens.map((token) =>
            createElement('option', { key: token.name, value: token.name }, token.label),
          ),
        ),
      ),
    );
  };

  const markTokens = (block, callback) => {
    for (const found of block.getText().matchAll(/\{\{\s*[a-z0-9_.-]+\s*\}\}/g)) {
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
