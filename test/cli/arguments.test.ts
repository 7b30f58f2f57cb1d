import { describe, expect, test } from 'vitest';
import { cli } from './world.ts';

describe('the command line', () => {
  test('help lists every command and setting', async () => {
    const { code, out } = await cli(['help']);
    expect(code).toBe(0);
    for (const word of ['start', 'serve [<database>]', 'catalog', 'cluster status|stop|drop', '--explain', 'DATABASE_URL', '--tile-ttl']) {
      expect(out).toContain(word);
    }
    expect((await cli(['serve', '--help'])).out).toBe(out);
  });

  test('version is that of the package', async () => {
    expect(await cli(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^graticule \d+\.\d+\.\d+\n$/) });
  });

  test('an unknown command is answered with the nearest one', async () => {
    expect(await cli(['catalogue'])).toEqual({ code: 2, out: '', err: 'Unknown command "catalogue": did you mean catalog?\n' });
  });

  test('an unknown flag is answered with the nearest one', async () => {
    expect(await cli(['start', '--prot=80'])).toEqual({ code: 2, out: '', err: 'Unknown flag --prot: did you mean --port?\n' });
    expect((await cli(['--prot=80'])).err).toContain('--port');
  });

  test('a flag without its value and an argument too many are refused', async () => {
    expect((await cli(['start', '--port'])).err).toBe('--port needs a value\n');
    expect(await cli(['start', 'postgres://a/b'])).toMatchObject({
      code: 2,
      err: 'Unexpected argument "postgres://a/b": graticule start\n',
    });
  });

  test('every setting that cannot be used is told at once', async () => {
    const { code, err } = await cli(['serve', 'postgres://a@b/c'], { PORT: 'eighty', GRATICULE_TILE_TTL: 'soon', GRATICULE_TILETTL: '1' });
    expect(code).toBe(2);
    expect(err.trimEnd().split('\n')).toHaveLength(3);
  });
});
