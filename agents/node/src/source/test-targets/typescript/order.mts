export interface Order {
  items: number[];
}

export function total(order: Order): number {
  /* probe */
  return order.items.reduce((sum: number, item) => sum + item, 0);
}
