function fail() {
  /* probe */ throw new Error('on purpose');
}
fail();
