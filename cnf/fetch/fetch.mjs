#!/usr/bin/env node
// Brings the development chain (anvil) and the contract artifacts named by contracts.lock.json into the cache.
//
// Every package comes from `npm pack` (so from whichever registry this machine's npm uses) and is checked against the
// lock's sha512 before a byte of it is used. Only the listed paths are unpacked; no install script ever runs.
// Two runs at once are safe: each works in a folder of its own and moves finished files into place by rename.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PACK_DEADLINE_MS = 300_000;
const COMPILE_DEADLINE_MS = 120_000;
/** Raised when the shape of what this script writes changes, so that warm caches are filled again. */
const OUTPUT_VERSION = 1;

const HELP = `Usage: fetch.mjs [options]

Fetches anvil and the contract artifacts of contracts.lock.json into the cache; does nothing when the cache is warm.

  --cache DIR   where to write (default: $OPENMCP_CACHE, or cnf/cache)
  --lock FILE   the lock file (default: contracts.lock.json beside this script)
  --json        print one JSON object at the end, progress on stderr
  --lenient     a failure is reported but exits with 0, unless CI=true
  --help        this text

Writes CACHE/bin/anvil and CACHE/contracts/<Name>.json
({contractName, abi, bytecode, deployedBytecode?, source: {package, version, licence}}).`;

/** A failure that the reader can mend; its message says how. */
class FetchError extends Error {}

async function main() {
  const options = readOptions();
  if (options.help) return void process.stdout.write(`${HELP}\n`);
  const started = Date.now();
  const say = (line) => (options.json ? process.stderr : process.stdout).write(`fetch: ${line}\n`);
  try {
    const result = fetchAll(options, say);
    report(options, say, { ...result, milliseconds: Date.now() - started });
  } catch (failure) {
    if (!(failure instanceof FetchError)) throw failure;
    process.stderr.write(`fetch: ${failure.message}\n`);
    if (options.json) process.stdout.write(`${JSON.stringify({ status: 'failed', reason: failure.message })}\n`);
    process.exitCode = options.lenient && process.env.CI !== 'true' ? 0 : 1;
  }
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      cache: { type: 'string', default: process.env.OPENMCP_CACHE || path.join(HERE, '..', 'cache') },
      lock: { type: 'string', default: path.join(HERE, 'contracts.lock.json') },
      json: { type: 'boolean', default: false },
      lenient: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return { ...values, cache: path.resolve(values.cache), lock: path.resolve(values.lock) };
}

function report(options, say, result) {
  for (const skipped of result.skipped) say(`skipped ${skipped.name}: ${skipped.reason}`);
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else say(result.status === 'warm' ? `cache is warm (${options.cache})` : `done in ${result.milliseconds} ms`);
}

/** @returns {{status: 'warm'|'fetched', cache: string, files: string[], skipped: {name: string, reason: string}[]}} */
export function fetchAll({ cache, lock: lockFile }, say) {
  const lock = readLock(lockFile);
  const { wanted, skipped } = forThisPlatform(lock.artifacts);
  const key = cacheKey(lock, lockFile);
  const files = wanted.map(outputPath);
  if (isWarm(cache, key, files)) return { status: 'warm', cache, files, skipped };

  const work = makeWorkFolder(cache);
  try {
    const unpack = unpacker(lock, work, say);
    fs.mkdirSync(path.join(work, 'out'));
    for (const artifact of wanted) {
      const target = path.join(work, 'out', outputPath(artifact));
      fs.mkdirSync(path.dirname(target), { recursive: true });
      produce(artifact, lock, path.dirname(lockFile), unpack, target, say);
    }
    publish(path.join(work, 'out'), cache, files, key);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
  return { status: 'fetched', cache, files, skipped };
}

function readLock(file) {
  let lock;
  try {
    lock = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (failure) {
    throw new FetchError(`cannot read the lock file ${file}: ${failure.message}`);
  }
  if (lock.lockVersion !== 1) throw new FetchError(`${file} has lockVersion ${lock.lockVersion}; this script reads 1`);
  return lock;
}

function forThisPlatform(artifacts) {
  const platform = `${process.platform}-${process.arch}`;
  const fits = (artifact) => !artifact.platform || artifact.platform === platform;
  const wanted = artifacts.filter(fits);
  const skipped = artifacts
    .filter((artifact) => !fits(artifact) && !wanted.some((other) => other.name === artifact.name))
    .map(({ name }) => ({ name, reason: `no package for ${platform} is locked; install ${name} yourself and configure its path` }));
  return { wanted, skipped };
}

function outputPath(artifact) {
  return artifact.kind === 'binary' ? path.join('bin', artifact.name) : path.join('contracts', `${artifact.name}.json`);
}

// ---- cache ------------------------------------------------------------------------------------------------------

/** Changes with the lock, with our own Solidity sources and with the shape of the output. */
function cacheKey(lock, lockFile) {
  const hash = createHash('sha256').update(`${OUTPUT_VERSION} ${process.platform}-${process.arch}\n`).update(JSON.stringify(lock));
  for (const { own } of lock.artifacts) {
    if (own) hash.update(fs.readFileSync(path.join(path.dirname(lockFile), own)));
  }
  return hash.digest('hex');
}

/** Warm means: the stamp was written for this key, and each file still has the size it was written with. */
function isWarm(cache, key, files) {
  try {
    const stamp = JSON.parse(fs.readFileSync(path.join(cache, '.stamp.json'), 'utf8'));
    return stamp.key === key && files.every((file) => fs.statSync(path.join(cache, file)).size === stamp.sizes[file]);
  } catch {
    return false;
  }
}

function makeWorkFolder(cache) {
  const work = path.join(cache, `.work-${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    fs.mkdirSync(work, { recursive: true });
  } catch (failure) {
    throw new FetchError(`cannot write to the cache ${cache}: ${failure.message}; choose another with --cache DIR`);
  }
  return work;
}

/** The stamp goes last: whoever sees it sees every file that it lists. */
function publish(out, cache, files, key) {
  const sizes = {};
  for (const file of files) {
    sizes[file] = fs.statSync(path.join(out, file)).size;
    fs.mkdirSync(path.dirname(path.join(cache, file)), { recursive: true });
    fs.renameSync(path.join(out, file), path.join(cache, file));
  }
  const stamp = path.join(out, '.stamp.json');
  fs.writeFileSync(stamp, JSON.stringify({ key, sizes }));
  fs.renameSync(stamp, path.join(cache, '.stamp.json'));
}

// ---- packages ---------------------------------------------------------------------------------------------------

/** @returns {(name: string, file: string) => string} the path of one unpacked file; packs each package once */
function unpacker(lock, work, say) {
  const packed = new Map();
  return (name, file) => {
    const locked = packageOf(lock, name);
    if (!packed.has(name)) packed.set(name, pack(locked, work, say));
    const folder = path.join(work, 'unpacked', name);
    fs.mkdirSync(folder, { recursive: true });
    run('tar', ['-xzf', packed.get(name), '-C', folder, `package/${file}`], PACK_DEADLINE_MS,
      `${name}@${locked.version} has no file ${file}; mend its path in the lock`);
    return path.join(folder, 'package', file);
  };
}

function packageOf(lock, name) {
  const found = lock.packages.find((locked) => locked.package === name);
  if (!found) throw new FetchError(`the lock names no package ${name}; add it with its version and integrity`);
  return found;
}

function pack(locked, work, say) {
  const spec = `${locked.package}@${locked.version}`;
  say(`packing ${spec}`);
  const folder = path.join(work, 'packed', locked.package);
  fs.mkdirSync(folder, { recursive: true });
  run('npm', ['pack', spec, '--pack-destination', folder, '--ignore-scripts', '--silent'], PACK_DEADLINE_MS,
    `npm could not pack ${spec}; check the network and the registry (npm config get registry)`);
  const archive = path.join(folder, fs.readdirSync(folder).find((file) => file.endsWith('.tgz')));
  const actual = `sha512-${createHash('sha512').update(fs.readFileSync(archive)).digest('base64')}`;
  if (actual !== locked.integrity) {
    throw new FetchError(`${spec} is not what the lock promises: expected ${locked.integrity}, got ${actual}. `
      + 'Nothing was kept. If the change is intended, review the package and update the lock');
  }
  return archive;
}

function run(command, args, timeout, onFailure, input) {
  const result = spawnSync(command, args, { input, timeout, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (result.error?.code === 'ENOENT') {
    throw new FetchError(`${command} not found: install ${command === 'npm' ? 'Node 20 (it brings npm)' : command}`);
  }
  if (result.error || result.status !== 0) {
    const detail = (result.error?.message ?? result.stderr ?? '').trim().split('\n').slice(-3).join(' ').slice(0, 400);
    throw new FetchError(`${onFailure}${detail ? ` (${detail})` : ''}`);
  }
  return result.stdout;
}

// ---- artifacts --------------------------------------------------------------------------------------------------

function produce(artifact, lock, lockFolder, unpack, target, say) {
  switch (artifact.kind) {
    case 'binary':
      fs.renameSync(unpack(artifact.package, artifact.path), target);
      return fs.chmodSync(target, 0o755);
    case 'truffle-json':
    case 'hardhat-json':
      return writeContract(target, artifact, lock, JSON.parse(fs.readFileSync(unpack(artifact.package, artifact.path), 'utf8')));
    case 'solidity':
      say(`compiling ${artifact.name}`);
      return writeContract(target, artifact, lock, compile(artifact, lockFolder, unpack));
    default:
      throw new FetchError(`${artifact.name} has the unknown kind ${artifact.kind}`);
  }
}

function writeContract(target, artifact, lock, built) {
  const bytecode = hex(built.bytecode);
  if (bytecode === '0x') throw new FetchError(`${artifact.name} has no bytecode: it is abstract or an interface`);
  const locked = artifact.package ? packageOf(lock, artifact.package) : {};
  const deployed = built.deployedBytecode ?? built.evm?.deployedBytecode?.object;
  fs.writeFileSync(target, `${JSON.stringify({
    contractName: artifact.name,
    abi: built.abi,
    bytecode,
    ...(deployed ? { deployedBytecode: hex(deployed) } : {}),
    source: { package: artifact.package ?? artifact.own, version: locked.version ?? null, licence: artifact.licence ?? locked.licence },
  })}\n`);
}

function hex(code) {
  return code.startsWith('0x') ? code : `0x${code}`;
}

function compile(artifact, lockFolder, unpack) {
  const unit = (name, file) => `${name}/${file}`;
  const main = artifact.own ?? unit(artifact.package, artifact.path);
  const read = (file) => ({ content: fs.readFileSync(file, 'utf8') });
  const sources = { [main]: artifact.own ? read(path.join(lockFolder, artifact.own)) : read(unpack(artifact.package, artifact.path)) };
  for (const { package: name, path: file } of artifact.imports) sources[unit(name, file)] = read(unpack(name, file));

  const input = JSON.stringify({
    language: 'Solidity',
    sources,
    settings: {
      // The default follows the newest fork, so the same source would compile differently with the next compiler.
      evmVersion: artifact.evmVersion,
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { [main]: { [artifact.name]: ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
    },
  });
  const soljson = unpack(artifact.compiler, 'soljson.js');
  const output = JSON.parse(run(process.execPath, [path.join(HERE, 'compile.mjs'), soljson], COMPILE_DEADLINE_MS,
    `the compiler did not run for ${artifact.name}`, input));
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new FetchError(`${artifact.name} does not compile: ${errors[0].formattedMessage}`);
  const { abi, evm } = output.contracts[main][artifact.name];
  return { abi, bytecode: evm.bytecode.object, deployedBytecode: evm.deployedBytecode.object };
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
