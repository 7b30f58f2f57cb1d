import { assemblePixelLoops } from './pixel-code.ts';

/** 4 MiB: a band of a tile before and after, and what lies between. Pages that are never written take no room. */
const BYTES = 4 * 1024 * 1024;
const PAGE = 65_536;

const MEMORY = new WebAssembly.Memory({ initial: BYTES / PAGE, maximum: BYTES / PAGE });
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(assemblePixelLoops(BYTES / PAGE)), { host: { memory: MEMORY } });

/**
 * Loops over float32 samples in the memory of this thread, as WebAssembly (see pixel-code.ts); addresses and sizes in
 * bytes. They never wait, so that whoever calls them has the memory to himself until he is done.
 */
export const PIXEL_LOOPS = {
  down: loopOf('down'),
  across: loopOf('across'),
  stretch: loopOf('stretch'),
  stretchColors: loopOf('stretchColors'),
} as const;

/** The memory in which they work: floats, whole numbers and bytes of it. It never grows, so that views stay valid. */
export const PIXEL_MEMORY = {
  bytes: BYTES,
  float32: new Float32Array(MEMORY.buffer),
  float64: new Float64Array(MEMORY.buffer),
  int32: new Int32Array(MEMORY.buffer),
  uint8: new Uint8Array(MEMORY.buffer),
} as const;

type Loop = (...parameters: readonly number[]) => number;

function loopOf(name: string): Loop {
  const loop: unknown = exports[name];
  if (isLoop(loop)) return loop;
  throw new Error(`no loop ${name}`);
}

/** What our module exports are functions of numbers. */
function isLoop(value: unknown): value is Loop {
  return typeof value === 'function';
}
