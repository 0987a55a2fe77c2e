import type { Scene } from '../scene.ts';

/** Something every agent does, whatever its language. */
export interface Behaviour {
  /** A fact in the present tense. */
  readonly name: string;
  /** One that is checked in every version and file format of a language; the others in one of them. */
  readonly core?: true;
  /** Throws where the agent behaves otherwise. Its probes are taken off by whoever calls it. */
  readonly check: (scene: Scene) => Promise<void>;
}
