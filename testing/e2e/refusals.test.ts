import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { place, Stage } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = new Stage();
  await stage.up();
  await stage.program();
}, 60_000);
afterAll(() => stage[Symbol.asyncDispose]());

/** What a person sees of a refusal, with what differs from run to run named by what it is. */
async function refusal(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await stage.sonde(...args);
  expect(stdout).toBe('');
  return `${normal(stderr)}exit ${code}`;
}

function normal(text: string): string {
  return text
    .replaceAll(stage.home, '~')
    .replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')
    .replaceAll(/\b([apes])_[0-9a-z]{11,25}\b/g, '$1_ID')
    .replaceAll(/process \d+/g, 'process PID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

describe('a probe is refused', () => {
  it('in a file that nobody knows', async () => {
    expect(await refusal('snapshot', 'oders.mjs:3')).toMatchInlineSnapshot(`
      "error: oders.mjs is neither loaded nor in the application’s folder (location.file-unknown)
        did you mean:
          orders.mjs
        → check the path, and with \`sonde agents\` that the program runs
      exit 1"
    `);
    expect(await refusal('snapshot', 'payroll.rb:3')).toMatchInlineSnapshot(`
      "error: payroll.rb is neither loaded nor in the application’s folder (location.file-unknown)
        → check the path, and with \`sonde agents\` that the program runs
      exit 1"
    `);
  });

  it('on a line without code, and the nearest with code are named', async () => {
    const line = Number(place('taken').split(':')[1]) - 6;
    expect(await refusal('snapshot', `orders.mjs:${line}`)).toMatchInlineSnapshot(`
      "error: line 18 has no code (location.no-code)
        nearest lines with code:
          15  return this.reads;
          21  const order = new Order(count, count * 10);
        → choose one of the lines with code
      exit 1"
    `);
  });

  it('in a file that could be several, and they are named', async () => {
    expect(
      await refusal('snapshot', place('rate', 'billing/rules.mjs').replace('billing/', '')),
    ).toMatchInlineSnapshot(`
      "error: rules.mjs fits several files; name one of them with more of its path (location.file-ambiguous)
        say more of the path:
          billing/rules.mjs
          shipping/rules.mjs
      exit 1"
    `);
  });

  it('with a condition that breaks off, and a caret shows where', async () => {
    expect(await refusal('snapshot', place('taken'), '--if', 'order.total > ')).toMatchInlineSnapshot(`
      "error: the expression ends too early (expression.syntax)
          order.total > 
                        ^
      exit 1"
    `);
    expect(await refusal('snapshot', place('taken'), '--watch', 'order..id')).toMatchInlineSnapshot(`
      "error: Unexpected token (expression.syntax)
          order..id
                ^
      exit 1"
    `);
  });

  it('with an assignment', async () => {
    expect(await refusal('snapshot', place('taken'), '--if', 'order.total = 0')).toMatchInlineSnapshot(`
      "error: an assignment would change the application; compare with === instead (expression.refused)
          order.total = 0
          ^^^^^^^^^^^^^^^
      exit 1"
    `);
  });

  it('with a name that the line does not have, and the nearest is suggested', async () => {
    expect(await refusal('snapshot', place('taken'), '--if', 'ordr.total > 3')).toMatchInlineSnapshot(`
      "error: ordr cannot be read on this line (expression.unknown-name)
          ordr.total > 3
          ^^^^
        did you mean: order, Order
      exit 1"
    `);
  });

  it('with a name whose value is redacted', async () => {
    expect(await refusal('snapshot', place('taken'), '--if', 'account.password === "x"')).toMatchInlineSnapshot(`
      "error: password is redacted and cannot be read; name another field (expression.redacted)
          account.password === "x"
                  ^^^^^^^^
      exit 1"
    `);
  });

  it('with a template whose brace stays open', async () => {
    expect(await refusal('log', place('taken'), 'order {order.id')).toMatchInlineSnapshot(`
      "error: this { is never closed; write } after the expression, or {{ for a brace in the text (template.syntax)
          order {order.id
                ^^^^^^^^^
      exit 1"
    `);
  });

  it('with wrong usage', async () => {
    expect(await refusal('snapshot', 'orders.mjs')).toMatchInlineSnapshot(`
      "error: command-argument value 'orders.mjs' is invalid for argument 'place'. Say a file and a line: src/orders.ts:42 or src/orders.ts:42:7.
        → see \`sonde snapshot --help\`
      exit 2"
    `);
    expect(await refusal('snapshot', place('taken'), '--hit', '3')).toMatchInlineSnapshot(`
      "error: unknown option '--hit'
        → (Did you mean --hits?)
        → see \`sonde snapshot --help\`
      exit 2"
    `);
    expect(await refusal('snapshto', place('taken'))).toMatchInlineSnapshot(`
      "error: unknown command 'snapshto'
        → (Did you mean snapshot?)
        → see \`sonde --help\`
      exit 2"
    `);
  });

  it('and none of it has left anything', async () => {
    expect(await stage.json('probes', '--all')).toEqual({ probes: [] });
  });
});

it('a probe or event that there is not is named as such', async () => {
  expect(await refusal('show', 'p_00000000000')).toMatchInlineSnapshot(`
    "error: There is no probe p_ID
      → \`sonde probes --all\` lists the probes there are
    exit 1"
  `);
  expect(await refusal('rm', 'p_00000000000')).toMatchInlineSnapshot(`
    "error: There is no probe p_ID
      → \`sonde probes --all\` lists the probes there are
    exit 1"
  `);
  expect(await refusal('show', 'e_00000000000')).toMatchInlineSnapshot(`
    "error: There is no event e_ID (any more)
      → \`sonde tail\` and \`sonde show PROBE\` name events
    exit 1"
  `);
  expect(await refusal('show', 'nonsense')).toMatchInlineSnapshot(`
    "error: "nonsense" is not an id of a probe (p_…) or an event (e_…)
      → see \`sonde probes\` and \`sonde tail\` for ids
    exit 2"
  `);
});

it('with --json a refusal is one object with a code to branch on', async () => {
  const { code, stderr } = await stage.sonde('snapshot', place('taken'), '--if', 'order.total = 0', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({
    error: {
      code: 'expression.refused',
      exitCode: 1,
      problems: [{ field: 'condition', range: { start: 0, end: 15 } }],
    },
  });
});

describe('a token is refused', () => {
  it('that the server does not know, and one of an agent', async () => {
    expect(await refusal('agents', '--url', stage.url, '--token', 'sonde_admin_x')).toMatchInlineSnapshot(`
      "error: The server does not know this token: send "Authorization: Bearer sonde_admin_…"
        → pass the token of this server with --token; \`sonde up\` says which file keeps it
      exit 1"
    `);
    const agent = readFileSync(join(stage.data, 'agent-token'), 'utf8').trim();
    expect(await refusal('agents', '--token', agent)).toMatchInlineSnapshot(`
      "error: This is the token of an agent; this call needs the token of an admin
        → this token is for another purpose; commands need the admin token
      exit 1"
    `);
    expect(await refusal('agents', '--url', stage.url.replace('127.0.0.1', 'localhost'))).toMatchInlineSnapshot(`
      "error: no token for the server at http://localhost:PORT
        → pass --token or set SONDE_TOKEN; the server keeps its admin token in the file that \`sonde up\` names
      exit 1"
    `);
  });

  it('that has ended; the server has made a new one by then', async () => {
    await using other = new Stage();
    await other.up();
    const file = join(other.data, 'admin-token');
    const ended = readFileSync(file, 'utf8').trim();
    await other.down('SIGTERM');
    const database = new DatabaseSync(join(other.data, 'sonde.db'));
    database.exec("UPDATE tokens SET expires_at_ms = 1000 WHERE kind = 'admin'");
    database.close();
    await other.up();
    const { code, stderr } = await other.sonde('agents', '--token', ended);
    expect(`${normal(stderr)}exit ${code}`).toMatchInlineSnapshot(`
      "error: The token "admin" ended at TIME: ask for a new one
        → ask for a new token, or restart the server to have its token file written anew
      exit 1"
    `);
    expect(readFileSync(file, 'utf8').trim()).not.toBe(ended);
    expect(await other.json('agents')).toEqual({ agents: [] });
  });
});

describe('bytes that are no request of ours are refused', () => {
  const post = async (body: string, headers: Record<string, string> = {}) => {
    const token = readFileSync(join(stage.data, 'admin-token'), 'utf8').trim();
    const init = { method: 'POST', body, headers: { authorization: `Bearer ${token}`, ...headers } };
    const response = await fetch(`${stage.url}/api/v1/probes`, init);
    const { code, detail, status } = (await response.json()) as { code: string; detail: string; status: number };
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(status).toBe(response.status);
    return `${status} ${code}: ${detail}`;
  };

  it('JSON that breaks off, a body too large, another version of the protocol', async () => {
    expect(await post('{"draft": ')).toMatchInlineSnapshot(
      `"400 request.malformed: The body is not JSON: it ends too early, after 10 characters"`,
    );
    expect(await post('{"draft" 1}')).toMatchInlineSnapshot(
      `"400 request.malformed: The body is not JSON: it goes wrong at character 10"`,
    );
    expect(await post(`"${'x'.repeat(70_000)}"`)).toMatchInlineSnapshot(
      `"413 request.too-large: The body is too large: at most 65536 bytes, packed and unpacked"`,
    );
    expect(await post('{}', { 'sonde-protocol': '99' })).toMatchInlineSnapshot(
      `"400 protocol.version: The request speaks version 99 of the protocol (sonde-protocol), this server version 1: use a matching release"`,
    );
    expect(await post('{"draft":{"kind":"poem"}}')).toMatchInlineSnapshot(
      `"400 request.invalid: draft.kind: expected one of snapshot, log, got "poem""`,
    );
    expect(await stage.json('probes', '--all')).toEqual({ probes: [] });
  });
});

it('a command without a server says so, whoever it asks', async () => {
  expect(await refusal('agents', '--data', join(stage.home, 'nowhere'))).toMatchInlineSnapshot(`
    "error: no server runs on the data folder ~/nowhere
      → start one with \`sonde up\`, or name another with --url or --data
    exit 3"
  `);
  expect(
    await refusal('agents', '--url', `http://127.0.0.1:${await freePort()}`, '--token', 't'),
  ).toMatchInlineSnapshot(`
    "error: no Sonde server answers at http://127.0.0.1:PORT: nothing listens there
      → start a server with \`sonde up\`, or name the one you mean with --url or SONDE_URL
    exit 3"
  `);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
