// node --test cnf/fetch/   (no network: the locked packages are folders made here)
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fetch.mjs');
let home;

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'fetch-test-'));
  write('demo/package.json', JSON.stringify({ name: 'demo', version: '1.0.0' }));
  write('demo/build/Demo.json', JSON.stringify({ abi: [], bytecode: '6001', evm: { deployedBytecode: { object: '02' } } }));
  write('demo/build/Abstract.json', JSON.stringify({ abi: [], bytecode: '0x' }));
});
afterEach(() => fs.rmSync(home, { recursive: true, force: true }));

test('normalises an artifact of a package that is what the lock promises', () => {
  const result = fetch(lock({ integrity: integrityOfDemo() }));
  assert.equal(result.status, 0, result.stderr);
  assert.deepEqual(JSON.parse(read('cache/contracts/Demo.json')), {
    contractName: 'Demo',
    abi: [],
    bytecode: '0x6001',
    deployedBytecode: '0x02',
    source: { package: 'demo', version: `file:${home}/demo`, licence: 'MIT' },
  });
});

test('refuses a package with another integrity and keeps nothing', () => {
  const result = fetch(lock({ integrity: `sha512-${'A'.repeat(86)}==` }));
  assert.equal(result.status, 1);
  assert.match(result.stderr, /is not what the lock promises/);
  assert.deepEqual(fs.readdirSync(path.join(home, 'cache')), []);
});

test('a warm cache needs neither npm nor a registry', () => {
  const file = lock({ integrity: integrityOfDemo() });
  fetch(file);
  const again = fetch(file, { env: { ...process.env, PATH: '/nonexistent' } });
  assert.equal(again.status, 0, again.stderr);
  assert.equal(JSON.parse(again.stdout).status, 'warm');
});

test('a damaged file makes the cache cold', () => {
  const file = lock({ integrity: integrityOfDemo() });
  fetch(file);
  write('cache/contracts/Demo.json', '{');
  assert.equal(JSON.parse(fetch(file).stdout).status, 'fetched');
  assert.equal(JSON.parse(read('cache/contracts/Demo.json')).bytecode, '0x6001');
});

test('says what to install when npm is missing, and is lenient only outside CI', () => {
  const file = lock({ integrity: integrityOfDemo() });
  const environment = { ...process.env, PATH: '/nonexistent', CI: '' };
  const strict = fetch(file, { env: environment });
  assert.equal(strict.status, 1);
  assert.match(strict.stderr, /npm not found: install Node 20/);
  assert.equal(fetch(file, { env: environment }, '--lenient').status, 0);
  assert.equal(fetch(file, { env: { ...environment, CI: 'true' } }, '--lenient').status, 1);
});

test('names the artifact that has no bytecode, and the path that is not in the package', () => {
  const abstract = fetch(lock({ integrity: integrityOfDemo(), name: 'Abstract', path: 'build/Abstract.json' }));
  assert.match(abstract.stderr, /Abstract has no bytecode/);
  const absent = fetch(lock({ integrity: integrityOfDemo(), path: 'build/Nowhere.json' }));
  assert.match(absent.stderr, /has no file build\/Nowhere\.json/);
});

test('two runs at once both end with the whole cache', async () => {
  const file = lock({ integrity: integrityOfDemo() });
  const codes = await Promise.all([start(file), start(file)]);
  assert.deepEqual(codes, [0, 0]);
  assert.equal(JSON.parse(fetch(file).stdout).status, 'warm');
});

test('an artifact for another platform is skipped with a reason', () => {
  const result = fetch(lock({ integrity: integrityOfDemo(), platform: 'plan9-mips' }));
  assert.equal(result.status, 0, result.stderr);
  assert.match(JSON.parse(result.stdout).skipped[0].reason, /no package for/);
});

function fetch(lockFile, options = {}, ...more) {
  return spawnSync(process.execPath, argumentsFor(lockFile, ...more), { encoding: 'utf8', ...options });
}

function start(lockFile) {
  return new Promise((resolve) => spawn(process.execPath, argumentsFor(lockFile), { stdio: 'ignore' }).on('exit', resolve));
}

function argumentsFor(lockFile, ...more) {
  return [SCRIPT, '--json', '--cache', path.join(home, 'cache'), '--lock', lockFile, ...more];
}

function lock({ integrity, name = 'Demo', path: file = 'build/Demo.json', platform }) {
  write('lock.json', JSON.stringify({
    lockVersion: 1,
    packages: [{ package: 'demo', version: `file:${home}/demo`, integrity, licence: 'MIT' }],
    artifacts: [{ name, kind: 'truffle-json', package: 'demo', path: file, platform }],
  }));
  return path.join(home, 'lock.json');
}

/** npm packs the same folder into the same bytes each time. */
function integrityOfDemo() {
  const packed = spawnSync('npm', ['pack', `demo@file:${home}/demo`, '--silent', '--pack-destination', home], { encoding: 'utf8' });
  const archive = fs.readFileSync(path.join(home, packed.stdout.trim().split('\n').at(-1)));
  return `sha512-${createHash('sha512').update(archive).digest('base64')}`;
}

function write(file, text) {
  fs.mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
  fs.writeFileSync(path.join(home, file), text);
}

function read(file) {
  return fs.readFileSync(path.join(home, file), 'utf8');
}
