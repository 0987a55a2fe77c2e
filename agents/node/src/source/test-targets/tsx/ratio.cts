export const ratio = (): number => {
  String('probe');
  return 3;
};
