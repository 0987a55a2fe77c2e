import { type Random, seededRandom } from './random.ts';

/** What one shopper does: fills a cart, perhaps looks at its price, and orders. */
export interface Visit {
  readonly reference: string;
  readonly currency: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
  readonly coupon: string | undefined;
  /** How often the shopper looks at the price before ordering. */
  readonly previews: number;
  readonly customer: Readonly<Record<'name' | 'email' | 'country' | 'password', string>>;
  readonly card: Readonly<Record<'cardHolder' | 'cardNumber' | 'cvc', string>>;
}

export const DEFAULT_SEED = 19;

const FIRST_NAMES = ['Ada', 'Bela', 'Chidi', 'Dunya', 'Emil', 'Fatou', 'Grete', 'Hiro', 'Ines', 'Jonas'];
const LAST_NAMES = ['Okafor', 'Lindgren', 'Moreau', 'Petrov', 'Silva', 'Tanaka', 'Weber', 'Yilmaz'];
const PLACES = [
  ['EUR', 'DE'],
  ['EUR', 'FR'],
  ['EUR', 'NL'],
  ['GBP', 'GB'],
  ['GBP', 'GB'],
  ['USD', 'US'],
] as const;

/** Plans a visit. It depends on nothing but the seed, the index and the products. */
export function planVisit(seed: number, index: number, skus: readonly string[]): Visit {
  const random = seededRandom(seed, index);
  const [currency, country] = pick(random, PLACES);
  const items = planItems(random, skus);
  const coupon = random() < 0.15 ? pick(random, ['SPRING20', 'CLUB25']) : undefined;
  const previews = random() < 0.55 ? 0 : 1 + Math.floor(random() * 2);
  const [first, last] = [pick(random, FIRST_NAMES), pick(random, LAST_NAMES)];
  const email = `${first}.${last}.${index}@example.com`.toLowerCase();
  return {
    reference: `visit-${seed}-${index}`,
    currency,
    items,
    coupon,
    previews,
    customer: { name: `${first} ${last}`, email, country, password: `pw-${digits(random, 10)}` },
    card: { cardHolder: `${first} ${last}`, cardNumber: cardNumber(random), cvc: digits(random, 3) },
  };
}

function planItems(random: Random, skus: readonly string[]): Visit['items'] {
  const count = 1 + Math.floor(random() * 4);
  const quantities = new Map<string, number>();
  for (let item = 0; item < count; item += 1) quantities.set(pick(random, skus), 1 + Math.floor(random() * 3));
  if (random() < 0.2) quantities.set(pick(random, skus), 10 + Math.floor(random() * 30));
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }));
}

/** A number that passes for a card: sixteen digits, the last of which is the Luhn check digit. */
function cardNumber(random: Random): string {
  const body = `4${digits(random, 14)}`;
  const sum = [...body].reduce((total, digit, position) => {
    const doubled = position % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
}

function pick<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('There is nothing to pick from');
  return choice;
}
