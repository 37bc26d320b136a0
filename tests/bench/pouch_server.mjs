// SPDX-License-Identifier: GPL-3.0-or-later
// What devices with PouchDB replicate with: express-pouchdb over HTTPS, with the routes of a replication alone.
// Usage: node pouch_server.mjs MODULES PORT FOLDER CERTIFICATE KEY
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';

const [modules, port, folder, certificate, key] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const PouchDB = require('pouchdb').defaults({ prefix: `${folder}/` });
const application = require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true });
const tls = { cert: readFileSync(certificate), key: readFileSync(key) };

process.on('SIGTERM', () => process.exit(0));
await new PouchDB('cases').info(); // opens it, so that no device waits for that
createServer(tls, application).listen(Number(port), '127.0.0.1', () => console.log('listening'));
