import { Color, paint } from './paint';
import { ratio } from './ratio.cts';

class Shop {
  constructor(private readonly color: Color) {}
  run(): string {
    String('probe');
    return paint(this.color) + ratio();
  }
}
console.log('tsx', new Shop(Color.Green).run());
