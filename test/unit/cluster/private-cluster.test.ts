import { describe, expect, test } from 'vitest';
import { obtainPostgres } from '../../../src/cluster/private-cluster.ts';

describe('obtainPostgres', () => {
  test('without PostgreSQL, root or Docker is one message that names the command to type', async () => {
    const request = {
      checkout: '/',
      purpose: 'serve' as const,
      env: { PATH: '/nonexistent' },
      home: '/nonexistent',
      temporary: '/tmp',
      uid: 12345,
    };
    const failure = obtainPostgres(request, () => undefined, { patterns: ['/nonexistent/*/bin'], path: ['/nonexistent'] });
    await expect(failure).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await expect(failure).rejects.toThrow(/^Cannot start a private database: .*\nInstall it and start again:\n {2}(sudo|brew) /);
    await expect(failure).rejects.toThrow('DATABASE_URL=');
  });
});
