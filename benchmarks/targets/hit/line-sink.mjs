// Takes the lines that were written by hand, and checks each of them.
import { parentPort } from 'node:worker_threads';

let lines = 0;
let wrong = 0;
let nextOrder;
let lastMs = 0;

parentPort.on('message', (message) => {
  if (message === 'count') parentPort.postMessage({ lines, wrong });
  else check(message.text.split('\n'), message.times);
});

function check(texts, times) {
  for (const [index, text] of texts.entries()) {
    const match = /^order (\d+) costs (\d+) cents$/.exec(text);
    nextOrder ??= Number(match?.[1]);
    if (!match || Number(match[1]) !== nextOrder || times[index] < lastMs) wrong += 1;
    nextOrder += 1;
    lastMs = times[index];
    lines += 1;
  }
}
