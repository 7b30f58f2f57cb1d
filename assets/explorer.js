// The API explorer: Swagger UI on our own OpenAPI document; no validator, no outside request.
const place = document.querySelector('#explorer');
const dark = matchMedia('(prefers-color-scheme: dark)');
const matchReader = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', matchReader);
matchReader();
place.replaceChildren();
globalThis.SwaggerUIBundle({
  url: new URL(place.dataset.definition, location.href).href,
  domNode: place,
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  presets: [globalThis.SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
});
