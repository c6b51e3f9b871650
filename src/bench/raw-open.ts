// The other side of `recovery`: a process that opens the database, and asks it for what the list shows first.
// Argument: DATABASE
import { openDatabase } from '../engine/db/open.ts';

const db = openDatabase(process.argv[2] ?? '');
const rows = db
  .prepare<[], { id: number }>(
    `SELECT c.id, b.name, m.text FROM conversations c JOIN buyers b ON b.id = c.buyer_id
     LEFT JOIN messages m ON m.id = c.last_message_id ORDER BY c.last_at DESC LIMIT 100`,
  )
  .all();
process.send?.(rows.length);
process.on('message', () => undefined);
