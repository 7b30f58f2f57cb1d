// The form in which a raster's look is chosen: its fields as the query of tiles and legend, and back.

/** Fields that are always sent under their own names when they hold something. */
const PLAIN = ['expression', 'algorithm', 'datetime', 'resampling', 'pixel_selection'];
const ASKED = ['bidx', ...PLAIN, 'algorithm_params', 'colormap_name', 'rescale'];

/** Brings the form to life; `onChange` hears of every choice. */
export function lookForm(form, onChange) {
  const find = (selector) => form.querySelector(selector);
  const all = (selector) => [...form.querySelectorAll(selector)];
  const show = find('[data-show]');
  const range = rangeFields(form);
  const ramps = rampFields(form);
  const times = find('[data-times]');
  const slider = find('[data-time-slider]');

  /** Only what is shown is sent, and only what is sent is shown. */
  function arrange() {
    for (const part of all('[data-when]')) {
      part.hidden = part.dataset.when !== show.value;
      for (const control of part.querySelectorAll('input, select')) control.disabled = part.hidden;
    }
    for (const part of all('[data-algorithm]')) {
      const chosen = part.dataset.algorithm === form.elements.algorithm.value;
      part.hidden = !chosen || part.children.length < 2;
      part.disabled = !chosen;
    }
    const colors = find('[data-colors]');
    colors.hidden = algorithm()?.dataset.output === 'rgb';
    for (const part of [find('[data-ramps]'), find('.check')]) part.hidden = isColored();
    colors.disabled = colors.hidden;
    range.arrange();
    ramps.arrange();
    if (slider) slider.value = String(times.selectedIndex === 0 ? slider.max : times.length - 1 - times.selectedIndex);
  }

  /** Three bands are a picture in colours of their own: no colour map applies. */
  function isColored() {
    if (form.elements.algorithm.value !== '') return false;
    return show.value === 'colors' || (show.value === '' && form.dataset.usual === 'colors');
  }

  function algorithm() {
    return all('[data-algorithm]').find((part) => part.dataset.algorithm === form.elements.algorithm.value);
  }

  function query() {
    const look = new URLSearchParams();
    const data = new FormData(form);
    if (data.has('bidx')) look.set('bidx', data.getAll('bidx').join(','));
    for (const name of PLAIN) {
      const value = data.get(name)?.trim();
      if (value) look.set(name, value);
    }
    const parameters = algorithmParameters(algorithm());
    if (parameters !== undefined) look.set('algorithm_params', JSON.stringify(parameters));
    if (!find('[data-colors]').disabled) {
      if (!isColored() && ramps.value() !== '') look.set('colormap_name', ramps.value());
      const rescale = range.value();
      if (rescale !== undefined) look.set('rescale', rescale);
    }
    return look;
  }

  function write(look) {
    const bands = look.get('bidx')?.split(',');
    if (look.has('expression')) show.value = 'expression';
    else show.value = bands === undefined ? '' : bands.length === 3 ? 'colors' : 'band';
    if (show.selectedIndex < 0) show.value = '';
    for (const name of PLAIN) {
      const control = form.elements[name];
      if (!control) continue;
      control.value = look.get(name) ?? '';
      if (control.selectedIndex === -1) control.value = '';
    }
    const place = find(`[data-when="${show.value}"]`);
    if (bands && place) place.querySelectorAll('[name="bidx"]').forEach((select, i) => (select.value = bands[i] ?? select.value));
    writeParameters(algorithm(), look.get('algorithm_params'));
    ramps.write(look.get('colormap_name') ?? '');
    range.write(look.get('rescale'));
    arrange();
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', (event) => {
    if (event.target === slider) times.selectedIndex = times.length - 1 - Number(slider.value);
    range.follow(event.target);
    arrange();
    onChange(event.target.dataset.opacity !== undefined);
  });
  find('[data-automatic]').addEventListener('click', () => {
    range.write(null);
    arrange();
    onChange(false);
  });
  find('[data-reset]').addEventListener('click', () => {
    form.reset();
    write(new URLSearchParams());
    onChange(false);
  });
  find('[data-look-note]').remove();
  find('[data-look-all]').disabled = false;
  return {
    query,
    write(look) {
      write(look);
      find('[data-opacity]').value = look.get('opacity') ?? '100';
    },
    opacity: () => Number(find('[data-opacity]').value),
    /** The range that an algorithm's values are known to have, `[min, max]`. */
    knownRange: () => algorithm()?.dataset.range?.split(',').map(Number),
    setBounds: range.setBounds,
    setFound: range.setFound,
  };
}

/** The part of an address that speaks of the look. */
export function lookIn(text) {
  const given = new URLSearchParams(text);
  return new URLSearchParams([...given].filter(([name]) => ASKED.includes(name) || name === 'opacity'));
}

function algorithmParameters(part) {
  const controls = part === undefined ? [] : [...part.querySelectorAll('[data-parameter]')];
  const given = controls.flatMap((control) => {
    const text = control.value.trim();
    const standard = control.tagName === 'SELECT' && (control.selectedOptions[0]?.defaultSelected ?? true);
    return text === '' || standard ? [] : [[control.dataset.parameter, control.dataset.type === 'string' ? text : parsed(text)]];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function writeParameters(part, json) {
  const given = json ? parsed(json) : {};
  for (const control of part?.querySelectorAll('[data-parameter]') ?? []) {
    const value = given?.[control.dataset.parameter];
    if (value === undefined) continue;
    control.value = typeof value === 'string' && control.dataset.type === 'string' ? value : JSON.stringify(value);
  }
}

/** What cannot be read goes to the server as it is, which says what is wrong with it. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function rampFields(form) {
  const find = (selector) => form.querySelector(selector);
  const chosen = () => form.querySelector('[name="colormap_name"]:checked');
  const reversed = find('[data-reversed]');
  return {
    value: () => (chosen().value === '' ? '' : chosen().value + (reversed.checked ? '_r' : '')),
    write(name) {
      const own = name.replace(/_r$/, '');
      const radio = [...form.querySelectorAll('[name="colormap_name"]')].find(({ value }) => value === own);
      (radio ?? find('[name="colormap_name"][value=""]')).checked = true;
      reversed.checked = name.endsWith('_r');
    },
    arrange() {
      const radio = chosen();
      const picture = radio.parentElement.querySelector('img');
      const strip = find('[data-ramp]');
      strip.hidden = picture === null;
      if (picture) strip.src = picture.src.replace(/\?/, reversed.checked ? '_r?' : '?');
      find('[data-ramp-name]').textContent = radio.parentElement.querySelector('span').textContent;
      reversed.disabled = picture === null;
    },
  };
}

function rangeFields(form) {
  const pick = (name) => ['min', 'max'].map((which) => form.querySelector(`[data-${name}="${which}"]`));
  const [sliders, numbers] = [pick('slider'), pick('number')];
  const note = form.querySelector('[data-range-note]');
  const button = form.querySelector('[data-automatic]');
  let found;
  const isSet = () => numbers.some((number) => number.value !== '');
  const ends = () => numbers.map((number, i) => (number.value === '' ? found?.[i] : Number(number.value)));
  function arrange() {
    ends().forEach((end, i) => {
      if (end !== undefined) sliders[i].value = String(end);
      sliders[i].setAttribute('aria-valuetext', end === undefined ? 'not known yet' : String(tidy(end, sliders[i])));
      numbers[i].placeholder = found === undefined ? '' : String(tidy(found[i], sliders[i]));
    });
    note.textContent = isSet() ? 'Set here.' : 'Chosen from the values.';
    button.hidden = !isSet();
  }
  return {
    value() {
      const [min, max] = ends();
      return isSet() && min !== undefined && max !== undefined ? `${min},${max}` : undefined;
    },
    write(text) {
      const ends = text?.split(',') ?? ['', ''];
      numbers.forEach((number, i) => (number.value = ends[i] ?? ''));
    },
    /** A slider moves its number; neither passes the other. */
    follow(control) {
      const i = sliders.indexOf(control);
      if (i < 0) return;
      const [min, max] = ends();
      const value = Number(control.value);
      numbers[i].value = String(tidy(i === 0 ? Math.min(value, max ?? value) : Math.max(value, min ?? value), control));
    },
    arrange,
    setBounds([min, max]) {
      for (const slider of sliders) {
        slider.min = String(min);
        slider.max = String(max);
        slider.disabled = !(max > min);
      }
      arrange();
    },
    setFound(ends) {
      found = ends;
      arrange();
    },
  };
}

/** A number with no more digits than a step of the slider needs. */
function tidy(value, slider) {
  const step = (Number(slider.max) - Number(slider.min)) / 1000;
  const digits = Math.min(20, Math.max(0, Math.ceil(-Math.log10(step || 1))));
  return Number(value.toFixed(digits));
}
