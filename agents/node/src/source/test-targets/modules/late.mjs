await new Promise((resolve) => setImmediate(resolve));
export const late = () => {
  /* probe */
  return 100;
};
