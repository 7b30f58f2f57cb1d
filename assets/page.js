// Small helps on every page: copy buttons, forms without empty fields, maps that load when they come into view.

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const copied = await copyText(button.dataset.copy, button);
    button.textContent = copied ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 2000);
  });
}

for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', () => {
    for (const field of form.elements) if (field.value === '' && field.name !== '') field.disabled = true;
  });
}

const boxes = document.querySelectorAll('[data-map]');
if (boxes.length > 0) {
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        observer.unobserve(entry.target);
        void fillMapBox(entry.target);
      }
    },
    { rootMargin: '200px' },
  );
  for (const box of boxes) {
    note(box, 'Loading the map …');
    observer.observe(box);
  }
}

async function fillMapBox(box) {
  try {
    const { showMapBox } = await import('./map-box.js');
    await showMapBox(box);
  } catch (error) {
    note(box, error instanceof Error ? error.message : 'The map could not be drawn.');
  }
}

function note(box, text) {
  const line = box.querySelector('.map-note');
  if (line) line.textContent = text;
}

// The clipboard needs https or localhost; elsewhere the text is selected and copied the old way.
async function copyText(text, button) {
  if (navigator.clipboard && globalThis.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      /* refused by the reader: select instead */
    }
  }
  const code = button.parentElement.querySelector('code');
  getSelection().selectAllChildren(code);
  return document.execCommand('copy');
}
