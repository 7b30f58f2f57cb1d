import { element as h, type Element } from '../markup/element.ts';

/** A labelled text to take elsewhere, with a button that copies it (shown once `page.js` runs). */
export function copyBox(label: string, text: string, hint?: string): Element {
  return h(
    'div',
    { class: 'copy' },
    h('span', { class: 'copy-label' }, label),
    h(
      'div',
      { class: 'copy-line' },
      h('code', { tabindex: 0 }, text),
      h('button', { type: 'button', 'data-copy': text, hidden: true }, 'Copy'),
    ),
    hint !== undefined && h('p', { class: 'quiet' }, hint),
  );
}
