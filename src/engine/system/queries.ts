import type { Db } from '../db/database.ts';

/** Statements on what belongs to no other feature. */
export function prepareSystem(db: Db) {
  return {
    addFirstOperator: db.prepare<[name: string, createdAt: number]>(
      'INSERT INTO operators (name, created_at) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM operators)',
    ),
  };
}
