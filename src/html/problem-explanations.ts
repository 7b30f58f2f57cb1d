/** What each kind of problem means and what helps, by slug. */
export const PROBLEM_EXPLANATIONS: Readonly<Record<string, readonly [meaning: string, help: string]>> = {
  'unknown-parameter': [
    'The address holds a query parameter that this resource does not have. It is refused rather than ignored, because a misspelt filter that is ignored gives wrong data without a sign.',
    'The detail names the parameters that exist; the API page describes them.',
  ],
  'invalid-parameter': [
    'A parameter, path variable or header is there but its value cannot be understood.',
    'The detail says what was expected and what was found. All faults of a request are reported at once, under “errors”.',
  ],
  'duplicate-parameter': [
    'A query parameter stands more than once in the address.',
    'Give each parameter once; lists are separated by commas.',
  ],
  'conflicting-parameters': ['Two parameters were given that exclude each other.', 'The detail names them: keep one.'],
  'invalid-filter': [
    'The filter expression cannot be parsed, or names something that cannot be filtered by.',
    'The detail gives the position; the queryables of the collection list the names.',
  ],
  'filter-too-complex': [
    'The filter expression is longer or nested deeper than the server accepts.',
    'Split the request, or simplify the expression.',
  ],
  'unsupported-crs': [
    'The coordinate reference system is not one of those that this resource offers.',
    'The collection’s document lists them under “crs”.',
  ],
  'invalid-body': ['The body of the request is not what this resource takes.', 'The API page describes the body and its media type.'],
  unauthorized: ['This resource needs credentials and the request had none that are valid.', 'Send a valid token.'],
  forbidden: ['The credentials are valid, but do not allow this.', 'Ask whoever runs this service.'],
  'not-found': [
    'There is nothing at this address. What may not be seen is answered in the same way.',
    'Start at the landing page or the list of collections and follow the links.',
  ],
  'out-of-range': [
    'The tile lies outside its tile matrix set, or outside the part of it where there are data.',
    'The tileset’s document lists the rows and columns of each matrix.',
  ],
  'method-not-allowed': ['The resource exists, but not with this method.', 'The “Allow” header lists the methods.'],
  'not-acceptable': [
    'The resource cannot be given in any of the formats that were asked for.',
    'Ask for one of the formats in the detail, with “f” or with the “Accept” header.',
  ],
  timeout: [
    'The answer took longer than the limit of this service, or the request arrived too slowly.',
    'Ask for less: a smaller box, a lower limit, a closer zoom.',
  ],
  'content-too-large': ['The body of the request is larger than the server takes.', 'Send less at a time.'],
  'uri-too-long': ['The address is longer than the server takes.', 'Shorten the filter or the list of values.'],
  'unsupported-media-type': ['The body of the request is in a format that this resource does not take.', 'The API page lists the formats.'],
  internal: [
    'Something went wrong inside the server. It is not the fault of the request, and it has been logged.',
    'Try again later; whoever runs this service can find it in the log by the request id.',
  ],
  overloaded: [
    'The server has more requests than it can serve and has turned this one away at once.',
    'Try again after the seconds in the “Retry-After” header.',
  ],
  'data-changed': [
    'The table was written while this answer was made of it, so that its parts would not belong together.',
    'Ask again: the next answer is made of the new state.',
  ],
  'database-unavailable': [
    'The server is up, but its database does not answer.',
    'Try again after the seconds in the “Retry-After” header.',
  ],
  'pixels-outside': [
    'The pixels of this raster lie in files outside the database (out-of-db bands), which the database is not allowed to read.',
    'Whoever runs the database allows it with “postgis.enable_outdb_rasters” and “postgis.gdal_enabled_drivers”.',
  ],
};
