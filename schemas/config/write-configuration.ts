import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFileSchema, describeSettings } from '../../src/config/describe-settings.ts';

// From the root of the checkout: writes what is made from the table of settings, for people and for editors.
writeFileSync(join('docs', 'configuration.md'), describeSettings());
writeFileSync(join('docs', 'configuration.schema.json'), `${JSON.stringify(configFileSchema(), undefined, 2)}\n`);
