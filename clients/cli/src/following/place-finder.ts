import { type ApiClient, ApiError } from '@sonde/api-client';
import type { ProbeRecord } from '@sonde/protocol';
import { placeText } from '../screens/place-text.ts';

export interface PlaceFinder {
  placeOf(probeId: string): Promise<string>;
  learn(record: ProbeRecord): void;
}

/** Events name their probe only; this tells where the probe stands, asking the server once for each. */
export function createPlaceFinder(client: ApiClient): PlaceFinder {
  const places = new Map<string, Promise<string>>();
  return {
    placeOf(probeId) {
      const known = places.get(probeId) ?? client.getProbe({ params: { probeId } }).then(textOf, unknownTo(probeId));
      places.set(probeId, known);
      return known;
    },
    learn(record) {
      places.set(record.probe.id, Promise.resolve(textOf(record)));
    },
  };
}

function textOf({ probe }: ProbeRecord): string {
  return placeText(probe.location);
}

/** Events may outlive their probe. */
function unknownTo(probeId: string): (error: unknown) => string {
  return (error) => {
    if (error instanceof ApiError && error.code === 'probe.unknown') return probeId;
    throw error;
  };
}
