const { go, work } = require('./work.cjs');

function fail(value) {
  if (value > 1) {
    throw new RangeError(`of the application: ${value}`);
  }
}

go().then(() => {
  console.log(work(2));
  process.on('exit', (code) => console.log('exit', code));
  setImmediate(() => fail(work(3)));
});
