// The thread that writes. All writes of the server go through it, so that none waits for another's lock and the thread
// that serves requests never waits for the disk.
import { parentPort, workerData } from 'node:worker_threads';
import { isFull, openConnection } from './connection.ts';
import { GroupCommit } from './group-commit.ts';
import { Retention } from './retention.ts';
import type { FromWriter, ToWriter, WriterOptions } from './writer-messages.ts';

/** Between two slices of deleting, so that batches get their turn. */
const betweenSlicesMs = 20;
/** What a burst may leave behind of the WAL's file once it was checkpointed. */
const walBytes = 64 * 1_048_576;

const port = parentPort;
if (!port) throw new Error('writer-worker.ts runs as a worker');
const options = workerData as WriterOptions;

const connection = openConnection(options.database);
connection.exec('PRAGMA synchronous = FULL');
connection.exec(`PRAGMA journal_size_limit = ${walBytes}`);
const group = new GroupCommit(connection);
const retention = new Retention(connection, options.retention);

let waiting: Extract<ToWriter, { kind: 'job' }>[] = [];
let scheduled = false;
let sweep = setTimeout(keepLimits, options.retention.checkEveryMs);

function commit(): void {
  scheduled = false;
  const jobs = waiting;
  waiting = [];
  if (jobs.length > 0) send({ kind: 'outcomes', outcomes: group.write(jobs) });
}

function keepLimits(): void {
  let more = false;
  try {
    more = retention.step(Date.now());
  } catch (error) {
    // Deleting needs room as well; there may be some the next time.
    if (!isFull(error)) send({ kind: 'fault', message: `events could not be deleted: ${String(error)}` });
  }
  sweep = setTimeout(keepLimits, more ? betweenSlicesMs : options.retention.checkEveryMs);
}

function send(message: FromWriter): void {
  port?.postMessage(message);
}

port.on('message', (message: ToWriter) => {
  if (message.kind === 'job') {
    waiting.push(message);
    // Not at once: whatever else has arrived by now shares the commit.
    if (!scheduled) setImmediate(commit);
    scheduled = true;
    return;
  }
  commit();
  clearTimeout(sweep);
  connection.close();
  port.close();
});
send({ kind: 'ready' });
