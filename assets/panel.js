// The panel beside (on phones: below) a map that fills the window, and how the map is asked without a mouse.

/** Wires the button that hides the panel; returns a function that opens or closes it. `onResize` hears of either. */
export function wirePanel(viewer, onResize) {
  const panel = viewer.querySelector('.panel');
  const toggle = viewer.querySelector('[data-panel-toggle]');
  const [hide, show] = toggle.dataset.panelToggle.split('|');
  const open = (wanted) => {
    panel.classList.toggle('closed', !wanted);
    toggle.setAttribute('aria-expanded', String(wanted));
    toggle.textContent = wanted ? hide : show;
    onResize();
  };
  toggle.addEventListener('click', () => open(panel.classList.contains('closed')));
  return open;
}

/** Arrow keys and + − are MapLibre's; Enter asks for what is under the cross in the middle. */
export function askByKeyboard(map, place, ask) {
  const canvas = map.getCanvas();
  canvas.setAttribute('aria-label', 'Map. Arrow keys move it, plus and minus zoom, Enter shows what is in the middle.');
  canvas.addEventListener('focus', () => place.classList.toggle('aiming', canvas.matches(':focus-visible')));
  canvas.addEventListener('blur', () => place.classList.remove('aiming'));
  canvas.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') ask(map.getCenter());
  });
}
