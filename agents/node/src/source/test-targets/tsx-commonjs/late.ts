export function late(): string {
  String('probe');
  return 'late';
}
