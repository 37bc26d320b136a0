// SPDX-License-Identifier: GPL-3.0-or-later
// One step of a device that keeps its events in PouchDB; a line of JSON says what came of it.
// Usage: node pouch_client.mjs MODULES DATABASE load FILE | count | push URL | pull URL | sync URL
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';

const LOADED_AT_ONCE = 500;
const OPTIONS = { batch_size: 1000 }; // by the default, 100, a fresh pull takes ten times the requests

const [modules, database, step, where] = process.argv.slice(2);
const PouchDB = createRequire(`${modules}/`)('pouchdb');
// A browser keeps up to six connections to a server; without an agent each request would make its own.
const agent = new Agent({ keepAlive: true, maxSockets: 6 });
let requests = 0;

function fetchCounted(url, options) {
  requests += 1;
  return PouchDB.fetch(url, { ...options, agent });
}

async function load(db) {
  const documents = readFileSync(where, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
  for (let at = 0; at < documents.length; at += LOADED_AT_ONCE) {
    const refused = (await db.bulkDocs(documents.slice(at, at + LOADED_AT_ONCE))).find((reply) => reply.error);
    if (refused) throw refused;
  }
  return {};
}

// A revision is named by the digest of what it says, so that equal digests are equal events.
async function count(db) {
  const { rows } = await db.allDocs();
  const digest = createHash('sha256').update(rows.map((row) => `${row.id} ${row.value.rev}\n`).join(''));
  return { count: rows.length, digest: digest.digest('hex') };
}

async function exchange(db) {
  const server = new PouchDB(where, { fetch: fetchCounted, skip_setup: true });
  const isSync = step === 'sync';
  const outcome = isSync ? await db.sync(server, OPTIONS)
    : await db.replicate[step === 'push' ? 'to' : 'from'](server, OPTIONS);
  const { push, pull } = isSync ? outcome : { [step]: outcome };
  return { sent: push?.docs_written ?? 0, received: pull?.docs_written ?? 0 };
}

const start = performance.now();
const db = new PouchDB(database);
const steps = { load, count, push: exchange, pull: exchange, sync: exchange };
const answer = await steps[step](db);
await db.close();
console.log(JSON.stringify({ ...answer, requests, wall_ms: performance.now() - start }));
agent.destroy();
