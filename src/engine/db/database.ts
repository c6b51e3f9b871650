import type Database from 'better-sqlite3';

/** The open database. Only this folder imports the package; everyone else uses this type. */
export type Db = Database.Database;
