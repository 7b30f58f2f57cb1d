import { describe, expect, it } from 'vitest';
import { createFairQueue } from '../../../src/render/fair-queue.ts';

const [ann, bob, cid] = [{}, {}, {}];

function drain(queue: ReturnType<typeof createFairQueue<string>>): readonly string[] {
  const taken: string[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
  return taken;
}

describe('a fair queue', () => {
  it('lets one short thing pass a hundred long ones of another', () => {
    const queue = createFairQueue<string>();
    for (let n = 0; n < 100; n += 1) queue.add(`ann ${n}`, ann, 50);
    expect(queue.take()).toBe('ann 0');
    queue.add('bob', bob, 5);
    expect(queue.take()).toBe('bob');
    expect(queue.take()).toBe('ann 1');
  });

  it('lets askers take turns by the work that they want', () => {
    const queue = createFairQueue<string>();
    for (let n = 0; n < 3; n += 1) queue.add(`ann ${n}`, ann, 20);
    for (let n = 0; n < 6; n += 1) queue.add(`bob ${n}`, bob, 10);
    expect(drain(queue).map((item) => item.slice(0, 3))).toEqual(['bob', 'ann', 'bob', 'bob', 'ann', 'bob', 'bob', 'ann', 'bob']);
  });

  it('gives nothing for having asked for nothing before, and keeps the order of one asker', () => {
    const queue = createFairQueue<string>();
    queue.add('ann 0', ann, 1000);
    expect(queue.take()).toBe('ann 0');
    queue.add('bob 0', bob, 10);
    queue.add('bob 1', bob, 1);
    queue.add('cid', cid, 20);
    expect(drain(queue)).toEqual(['bob 0', 'cid', 'bob 1']);
  });

  it('forgets what is taken back', () => {
    const queue = createFairQueue<string>();
    queue.add('ann', ann, 1);
    queue.add('bob', bob, 2);
    queue.remove('ann');
    expect(queue.items).toEqual(['bob']);
    expect(drain(queue)).toEqual(['bob']);
  });
});
