import type { Report } from '../cluster/report.ts';
import { never } from '../base/never.ts';
import type { World } from './command.ts';

/** Between two lines about the same step where nothing can be drawn over. */
const LINE_EVERY_MS = 3000;
const CLEAR_LINE = '\r\u001b[2K';

/**
 * Shows steps as lines on standard error: `Loading cities … 1.2 s`; on a terminal the line shows how far it is,
 * elsewhere a line every three seconds does.
 */
export function showProgress(world: World): Report {
  let told = 0;
  let open = false;
  return (progress) => {
    switch (progress.kind) {
      case 'begin':
        told = performance.now();
        open = world.interactive;
        world.err(world.interactive ? `${progress.label} … ` : `${progress.label} …\n`);
        return;
      case 'advance':
        if (world.interactive) world.err(`${CLEAR_LINE}${progress.label} … ${progress.detail}`);
        else if (performance.now() - told > LINE_EVERY_MS) {
          told = performance.now();
          world.err(`${progress.label} … ${progress.detail}\n`);
        }
        return;
      case 'end':
        world.err(`${world.interactive ? CLEAR_LINE : ''}${progress.label} … ${(progress.durationMs / 1000).toFixed(1)} s\n`);
        open = false;
        return;
      case 'note':
        world.err(`${open ? '\n' : ''}${progress.text}\n`);
        return;
      default:
        never(progress);
    }
  };
}
