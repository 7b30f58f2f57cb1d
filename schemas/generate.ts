import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateModel } from './generate-model.ts';

// `npm run generate`, from the root of the checkout: writes src/model from the YAML schemas.
const out = join('src', 'model');
mkdirSync(out, { recursive: true });
for (const [name, text] of generateModel('schemas')) writeFileSync(join(out, name), text);
