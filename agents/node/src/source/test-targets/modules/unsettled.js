function run() {
  /* probe */
}
run();
await new Promise(() => {});
