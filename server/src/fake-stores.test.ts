import { describeAccessStore } from './access/access-store-contract.ts';
import { FakeAccessStore } from './access/fake-access-store.ts';
import { describeEventStore } from './events/event-store-contract.ts';
import { FakeEventStore } from './events/fake-event-store.ts';
import { FakeProbeStore } from './probes/fake-probe-store.ts';
import { describeProbeStore } from './probes/probe-store-contract.ts';

describeAccessStore('fake', async () => new FakeAccessStore());
describeProbeStore('fake', async () => new FakeProbeStore());
describeEventStore('fake', async () => new FakeEventStore());
