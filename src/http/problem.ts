import { AppError, errorKind } from '../base/error.ts';
import type { ErrorCode } from '../base/error.ts';
import { MEDIA } from '../base/media-type.ts';
import type { Problem } from '../model/problem.ts';
import type { Answer } from './answer.ts';

/** An error as every client gets it: RFC 9457, with the request's id as `instance`. */
export function problemAnswer(error: AppError, request: { readonly root: string; readonly requestId: string }): Answer {
  const kind = errorKind(error.code);
  const document: Problem = {
    type: `${request.root}/problems/${kind.slug}`,
    title: kind.title,
    status: kind.status,
    detail: error.detail,
    instance: request.requestId,
    ...(error.faults.length === 0
      ? {}
      : {
          errors: error.faults.map((f) => ({
            in: f.in,
            name: f.name,
            code: errorKind(f.code).slug,
            message: f.message,
          })),
        }),
  };
  return {
    status: kind.status,
    headers: {
      'Content-Type': MEDIA.problem,
      'Cache-Control': cacheControl(error.code),
      ...retryAfter(kind.status),
      ...error.headers,
    },
    body: Buffer.from(JSON.stringify(document)),
  };
}

/** Anything thrown as the error that a client may see; what is not ours is `INTERNAL` and says nothing of itself. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('INTERNAL', {
    detail: 'Something went wrong on our side; the log has it under this request id',
    cause: error,
  });
}

/** Errors that the client can only mend by asking otherwise may be kept a while; outages never (RFC 9111). */
function cacheControl(code: ErrorCode): string {
  if (code === 'OUT_OF_RANGE') return 'public, max-age=3600';
  const { status } = errorKind(code);
  return status === 400 || status === 404 || status === 406 ? 'public, max-age=60' : 'no-store';
}

function retryAfter(status: number): Readonly<Record<string, string>> {
  return status === 503 ? { 'Retry-After': '2' } : {};
}
