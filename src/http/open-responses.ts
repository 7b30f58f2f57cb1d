import type { ServerResponse } from 'node:http';

/** The responses that are being made; when the server stops, each ends its connection. */
export interface OpenResponses {
  add(response: ServerResponse): void;
  /** It is closed. */
  remove(response: ServerResponse): void;
  /** From now on every answer says `Connection: close`, also those under way whose headers have not left. */
  closeAfterAnswers(): void;
}

/** Keeps the responses under way. */
export function createOpenResponses(): OpenResponses {
  const open = new Set<ServerResponse>();
  let closing = false;
  const close = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  return {
    add(response) {
      if (closing) close(response);
      open.add(response);
    },
    remove: (response) => void open.delete(response),
    closeAfterAnswers() {
      closing = true;
      for (const response of open) close(response);
    },
  };
}
