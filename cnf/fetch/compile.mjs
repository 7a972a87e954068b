// Compiles Solidity with the compiler's own wasm build: `node compile.mjs <soljson.js>`, standard JSON on stdin, the
// compiler's answer on stdout. A process of its own, because soljson installs global handlers when it is loaded.
import { createRequire } from 'node:module';
import { readFileSync, writeSync } from 'node:fs';

const soljson = createRequire(import.meta.url)(process.argv[2]);
const compile = soljson.cwrap('solidity_compile', 'string', ['string', 'number', 'number']);
// No import callback (0): every source is in the input, so nothing can be read from elsewhere.
const answer = Buffer.from(compile(readFileSync(0, 'utf8'), 0, 0), 'utf8');
for (let sent = 0; sent < answer.length; ) sent += writeSync(1, answer, sent);
