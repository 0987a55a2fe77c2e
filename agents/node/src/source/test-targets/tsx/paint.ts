export enum Color {
  Red = 'red',
  Green = 'green',
}
export function paint(color: Color): string {
  String('probe');
  return color.toUpperCase();
}
