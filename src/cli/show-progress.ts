import { never } from '../base/never.ts';
import type { Report } from '../cluster/report.ts';

/** Between two lines about the same step where nothing can be drawn over. */
const LINE_EVERY_MS = 3000;
const CLEAR_LINE = '\r\u001b[2K';

/** Where progress is shown. */
export interface ProgressView {
  write(text: string): void;
  /** Whether a line may be drawn over: on a terminal, but not in a file. */
  readonly redraw: boolean;
}

/**
 * Shows steps as lines: `Loading cities … 1.2 s`; on a terminal the line shows how far it is,
 * elsewhere a line every three seconds does.
 */
export function showProgress({ write, redraw }: ProgressView): Report {
  let told = 0;
  let open = false;
  return (progress) => {
    switch (progress.kind) {
      case 'begin':
        told = performance.now();
        open = redraw;
        write(redraw ? `${progress.label} … ` : `${progress.label} …\n`);
        return;
      case 'advance':
        if (redraw) write(`${CLEAR_LINE}${progress.label} … ${progress.detail}`);
        else if (performance.now() - told > LINE_EVERY_MS) {
          told = performance.now();
          write(`${progress.label} … ${progress.detail}\n`);
        }
        return;
      case 'end':
        write(`${redraw ? CLEAR_LINE : ''}${progress.label} … ${(progress.durationMs / 1000).toFixed(1)} s\n`);
        open = false;
        return;
      case 'note':
        write(`${open ? '\n' : ''}${progress.text}\n`);
        return;
      default:
        never(progress);
    }
  };
}
