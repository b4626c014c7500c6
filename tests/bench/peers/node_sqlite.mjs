// The same, made durable the usual way: signature, then one SQLite transaction a message (inbox,
// session, outbox) before the 200, in WAL mode with synchronous=FULL.

import crypto from 'node:crypto';
import fs from 'node:fs';
import Database from 'better-sqlite3';
import {messagesOf, secret, sendText, serve} from './common.mjs';
import {step} from './flow.mjs';

const file = process.env.DATABASE ?? 'node_sqlite.db';
for (const end of ['', '-wal', '-shm']) fs.rmSync(file + end, {force: true});
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`
    CREATE TABLE inbox(id TEXT PRIMARY KEY, sender TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE sessions(sender TEXT PRIMARY KEY, state TEXT);
    CREATE TABLE outbox(id INTEGER PRIMARY KEY, recipient TEXT NOT NULL, body TEXT NOT NULL,
        sent INTEGER NOT NULL DEFAULT 0);
`);
const keep = db.prepare('INSERT OR IGNORE INTO inbox VALUES (?, ?, ?)');
const read = db.prepare('SELECT state FROM sessions WHERE sender = ?').pluck();
const write = db.prepare('INSERT OR REPLACE INTO sessions VALUES (?, ?)');
const queue = db.prepare('INSERT INTO outbox(recipient, body) VALUES (?, ?)');

const turn = db.transaction((message, raw) => {
    if (keep.run(message.id, message.from, raw).changes === 0) return undefined;
    const [next, reply] = step(read.get(message.from) ?? undefined, message.text);
    write.run(message.from, next ?? null);
    queue.run(message.from, reply);
    return reply;
});

serve((raw, headers) => {
    const wanted = Buffer.from(
        'sha256=' + crypto.createHmac('sha256', secret).update(raw).digest('hex'));
    const got = Buffer.from(headers['x-hub-signature-256'] ?? '');
    if (got.length !== wanted.length || !crypto.timingSafeEqual(got, wanted)) return 401;
    const text = raw.toString();
    for (const message of messagesOf(JSON.parse(text))) {
        const reply = turn(message, text);
        if (reply !== undefined) sendText(message.from, reply).catch(console.error);
    }
    return 200;
});
