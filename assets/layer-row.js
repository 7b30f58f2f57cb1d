// One line of the viewer's list: switch, colour, name, "go there", and opacity for pictures.
import { node, swatch } from './features.js';

/** Makes the line of a collection; the callbacks hear what the reader does with it. */
export function layerRow({ id, title, kind, bbox, url }, { onSwitch, onFit, onOpacity }) {
  const element = node('li', { className: 'layer' });
  const line = node('div', { className: 'layer-line' });
  const label = node('label', { title: id });
  const box = node('input', { type: 'checkbox' });
  box.addEventListener('change', () => onSwitch(box.checked));
  let mark = swatch('transparent');
  label.append(box, mark, node('span', { textContent: title }));
  line.append(label);
  if (kind === 'raster') line.append(lookLink(title, url));
  if (bbox) line.append(fitButton(title, onFit));
  element.append(line);
  const opacity = kind === 'raster' ? opacitySlider(title, onOpacity) : undefined;
  if (opacity) element.append(opacity);
  return {
    element,
    show(on) {
      box.checked = on;
      if (opacity) opacity.hidden = !on;
    },
    paint(color) {
      if (color === undefined) return;
      const fresh = swatch(color);
      mark.replaceWith(fresh);
      mark = fresh;
    },
  };
}

function lookLink(title, url) {
  const link = node('a', { className: 'button small', href: `${url}/map/tiles/WebMercatorQuad/map.html`, textContent: 'Look' });
  link.setAttribute('aria-label', `Choose the look of ${title}`);
  return link;
}

function fitButton(title, onFit) {
  const button = node('button', { type: 'button', className: 'button small', textContent: 'Go' });
  button.setAttribute('aria-label', `Go to ${title}`);
  button.addEventListener('click', onFit);
  return button;
}

function opacitySlider(title, onOpacity) {
  const label = node('label', { className: 'opacity', textContent: 'Opacity', hidden: true });
  const slider = node('input', { type: 'range', min: '0', max: '100', value: '100' });
  slider.setAttribute('aria-label', `Opacity of ${title}`);
  slider.addEventListener('input', () => onOpacity(Number(slider.value) / 100));
  label.append(slider);
  return label;
}
