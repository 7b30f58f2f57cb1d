import { setTimeout as sleep } from 'node:timers/promises';
import { ms, type Bench, type BenchContext, type Row } from './support/context.ts';
import { residentMegabytes } from './support/process.ts';
import { startServer } from './support/server.ts';
import { median } from './support/statistics.ts';

/** How soon the server is there, and what it weighs while nobody asks. */
export const startBench: Bench = {
  name: 'start',
  title: 'Start and idle memory',
  method:
    '`node dist/main.js serve` from the start of the process to the first landing page, and its resident memory three seconds after its catalogue was read.',
  run,
};

const STARTS = 5;
const [START_TARGET_MS, RESIDENT_TARGET_MB] = [1000, 150];

async function run({ databases, tell }: BenchContext): Promise<readonly Row[]> {
  const [database = ''] = databases.readers;
  const [landing, ready, resident]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < STARTS; i += 1) {
    tell(`start ${i + 1} of ${STARTS}`);
    const server = await startServer({ database });
    await sleep(3000);
    landing.push(server.startMs);
    ready.push(server.readyMs);
    resident.push(residentMegabytes(server.pid));
    await server.stop();
  }
  const startMs = median(landing);
  const megabytes = Math.max(...resident);
  return [
    {
      what: 'first landing page',
      result: ms(startMs),
      target: '< 1 s',
      met: startMs < START_TARGET_MS,
      details: `median of ${STARTS}; collections after ${ms(median(ready))}`,
    },
    {
      what: 'idle, resident',
      result: `${megabytes.toFixed(0)} MB`,
      target: '< 150 MB',
      met: megabytes < RESIDENT_TARGET_MB,
      details: `largest of ${STARTS}`,
    },
  ];
}
