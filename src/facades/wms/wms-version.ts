import { AppError } from '../../base/error.ts';
import type { Kvp } from '../../http/kvp.ts';

/** The versions of the standard that are spoken here: OGC 06-042 and OGC 01-068r3. */
export type WmsVersion = '1.3.0' | '1.1.1';

/**
 * The version of a GetCapabilities answer: the one asked for, else the highest that is lower, else the lowest
 * (OGC 06-042 §6.2.4).
 */
export function negotiateVersion(kvp: Kvp): WmsVersion {
  const asked = kvp.get('VERSION') ?? kvp.get('WMTVER');
  if (asked === undefined || asked === '') return '1.3.0';
  return compareVersions(asked, '1.3.0') >= 0 ? '1.3.0' : '1.1.1';
}

/** The version of any other request, which has to say it. @throws AppError INVALID_PARAMETER */
export function requireVersion(kvp: Kvp): WmsVersion {
  const asked = kvp.get('VERSION') ?? kvp.get('WMTVER');
  if (asked === '1.3.0' || asked === '1.1.1') return asked;
  const got = asked === undefined ? 'none' : `"${asked.slice(0, 20)}"`;
  throw new AppError('INVALID_PARAMETER', {
    detail: `Cannot tell how to read the request: VERSION must be 1.3.0 or 1.1.1, got ${got}`,
    exception: { code: asked === undefined ? 'MissingParameterValue' : 'InvalidParameterValue', locator: 'VERSION' },
  });
}

/** The version in whose spelling a refused request is answered. */
export function spokenVersion(kvp: Kvp): WmsVersion {
  try {
    return negotiateVersion(kvp);
  } catch {
    // Given twice: what is being refused.
    return '1.3.0';
  }
}

function compareVersions(a: string, b: string): number {
  const [as, bs] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < 3; i += 1) {
    const difference = (as[i] ?? 0) - (bs[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
