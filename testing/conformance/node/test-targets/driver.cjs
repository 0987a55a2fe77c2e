'use strict';

/**
 * Runs functions of a target program on request: one JSON object a line on standard input, one a line on standard
 * output. `{"id":1,"call":"checkout","args":["o-1",20]}` gives `{"id":1,"returned":…}` or `{"id":1,"threw":"…"}`. The
 * program is over when its input ends.
 */
exports.serve = (functions) => {
  const answer = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
  const run = async ({ id, call, args }) => {
    const called = functions[call];
    try {
      answer({ id, returned: await called(...args) });
    } catch (error) {
      answer({ id, threw: String(error) });
    }
  };
  let rest = '';
  process.stdin.setEncoding('utf8').on('data', (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop();
    for (const line of lines) void run(JSON.parse(line));
  });
};
