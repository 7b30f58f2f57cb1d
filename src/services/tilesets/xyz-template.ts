/** A link template of tiles in the spelling of TileJSON and MapLibre: `{z}`, `{x}` and `{y}` for matrix, column and row. */
export function xyzTemplate(template: string): string {
  return template.replace('{tileMatrix}', '{z}').replace('{tileRow}', '{y}').replace('{tileCol}', '{x}');
}
