/** Does the work again when it fails, at most `attempts` times in all; fails as the last attempt did. */
export async function withRetries<T>(work: () => Promise<T>, { attempts }: { readonly attempts: number }): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts) throw error;
    }
  }
}
