/** The part of better-sqlite3 that is used here; the package brings no types. */
declare module "better-sqlite3" {
  export interface Statement {
    readonly reader: boolean;
    all(values: readonly unknown[]): unknown[];
    run(values: readonly unknown[]): { changes: number };
  }
  export default class Database {
    constructor(path: string, options?: { readonly?: boolean; timeout?: number });
    readonly inTransaction: boolean;
    prepare(sql: string): Statement;
    exec(sql: string): void;
    pragma(text: string): unknown;
    /** `progress`: how many pages the next step copies. */
    backup(path: string, options: { progress: () => number }): Promise<unknown>;
    close(): void;
  }
}
