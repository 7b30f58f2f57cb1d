/** A relation as the system catalogue has it, with what the connecting role may do. */
export interface RelationRow {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** pg_class.relkind: r table, p partitioned, v view, m materialised view, f foreign table. */
  readonly relkind: string;
  /** Has a geometry, geography or raster column. */
  readonly spatial: boolean;
  /** The partitioned table that this is a part of. */
  readonly parent: number | undefined;
  readonly schemaUsage: boolean;
  readonly tableSelect: boolean;
  readonly columnSelect: boolean;
  readonly populated: boolean;
  /** The planner's row count; negative when never analysed. */
  readonly rowCount: number;
  /** Row-level security applies to this role, so that statistics would tell too much. */
  readonly rowSecurity: boolean;
  /** Changes when the table is rewritten or truncated. */
  readonly fileNode: number;
  readonly comment: string | undefined;
  /** Another transaction has locked it against reading, or is about to. */
  readonly locked: boolean;
}

/** A column of a relation. */
export interface ColumnRow {
  readonly number: number;
  readonly name: string;
  readonly typeOid: number;
  readonly typmod: number;
  readonly notNull: boolean;
  readonly selectable: boolean;
  readonly comment: string | undefined;
}

/** A data type. */
export interface TypeRow {
  readonly oid: number;
  readonly name: string;
  /** pg_type.typtype: b base, c composite, d domain, e enum, r range, m multirange. */
  readonly typtype: string;
  readonly category: string;
  /** What a domain is made of, with its modifier. */
  readonly baseType: number;
  readonly typmod: number;
  readonly notNull: boolean;
  /** Element type of an array, else 0. */
  readonly elementType: number;
  readonly labels: readonly string[] | undefined;
}

/** An index: a possible key, or one that can find a box. */
export interface IndexRow {
  readonly method: string;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly partial: boolean;
  readonly hasExpressions: boolean;
  /** Number of key columns; `columns` may hold included ones after them. */
  readonly keyCount: number;
  /** Column numbers, 0 for an expression. */
  readonly columns: readonly number[];
  readonly expressions: string | undefined;
  readonly operatorClasses: readonly string[];
}

/** A check (`c`) or exclusion (`x`) constraint with PostgreSQL's own text of it. */
export interface ConstraintRow {
  readonly kind: string;
  readonly definition: string;
}

/** A spatial column of a table (or view) that a view reads. */
export interface ViewColumnRow {
  readonly oid: number;
  readonly number: number;
  readonly name: string;
  readonly typmod: number;
}

/** A function that could be a collection. */
export interface FunctionRow {
  readonly schema: string;
  readonly name: string;
  readonly arguments: string;
  readonly returnsSet: boolean;
}

/** Versions and where PostGIS lives; `postgis` is undefined where the extension is not installed. */
export interface ServerRow {
  readonly postgresql: string;
  readonly postgis: string | undefined;
  /** Whom the connection belongs to, for the SQL of remedies. */
  readonly role: string;
  readonly postgisSchema: string | undefined;
  readonly raster: boolean;
  /** Whether spatial_ref_sys may be read. */
  readonly referenceSystems: boolean;
}

/** What one round of catalogue statements read. Per-relation lists are keyed by oid. */
export interface SchemaRows {
  readonly server: ServerRow;
  readonly relations: readonly RelationRow[];
  /** Those of the relations that could be collections; columns and constraints are read for them alone. */
  readonly picked: readonly RelationRow[];
  readonly types: ReadonlyMap<number, TypeRow>;
  readonly columns: ReadonlyMap<number, readonly ColumnRow[]>;
  readonly indexes: ReadonlyMap<number, readonly IndexRow[]>;
  readonly constraints: ReadonlyMap<number, readonly ConstraintRow[]>;
  /** Columns that each view reads. */
  readonly viewColumns: ReadonlyMap<number, readonly ViewColumnRow[]>;
  readonly functions: readonly FunctionRow[];
}
