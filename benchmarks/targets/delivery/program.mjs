// Runs one line every millisecond, and says what time it is by the clock that stamps events.
let served = 0;

function serve(request) {
  const answer = request * 2;
  return answer; // probe: answer
}

setInterval(() => {
  served += 1;
  serve(served);
}, 1);

process.on('message', ({ id }) => {
  process.send({ id, result: { epochMs: performance.timeOrigin + performance.now(), served } });
});
process.once('disconnect', () => process.exit());
process.send('ready');
