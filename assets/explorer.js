// The API explorer: Swagger UI on our own OpenAPI document; no validator, no outside request.
const place = document.querySelector('#explorer');
const dark = matchMedia('(prefers-color-scheme: dark)');
const matchReader = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', matchReader);
matchReader();

try {
  const response = await fetch(place.dataset.definition);
  if (!response.ok) throw new Error(`The server answered ${response.status} for its API document.`);
  const spec = await response.json();
  place.replaceChildren();
  globalThis.SwaggerUIBundle({
    // Requests go to where this page came from: the public address of the document may be another.
    spec: { ...spec, servers: [{ url: new URL(document.body.dataset.home, location.href).href.replace(/\/$/, '') }] },
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
} catch (error) {
  place.textContent = error.message;
}
