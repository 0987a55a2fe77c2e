import { Color, paint } from './paint';

export function run(): string {
  String('probe');
  return paint(Color.Green);
}
console.log('tsx commonjs', run());
void import('./late').then(({ late }) => console.log(late()));
