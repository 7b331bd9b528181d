// The table of votes, as either program keeps it: what is put is on the disk when put returns.
import Database from 'better-sqlite3';

export function open(path) {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE votes (round INTEGER, member TEXT, choice INTEGER, PRIMARY KEY (round, member)) WITHOUT ROWID');
  const insert = db.prepare('INSERT OR REPLACE INTO votes VALUES (?, ?, ?)');
  return {
    put: (round, member, choice) => insert.run(round, member, choice),
    // Many at once, one commit.
    putAll: db.transaction((votes) => { for (const v of votes) insert.run(v.round, v.member, v.choice); }),
  };
}

// A message of so many bytes.
export function padded(head, bytes) {
  const bare = JSON.stringify({ ...head, p: '' }).length;
  return { ...head, p: 'a'.repeat(Math.max(0, bytes - bare)) };
}

export const SNAPSHOT_BYTES = 5 * 1024;
export const CHANGE_BYTES = 300;
export const LISTEN_BACKLOG = 4096;
