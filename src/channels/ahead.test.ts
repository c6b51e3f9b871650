import { afterEach, expect, it } from 'vitest';
import { platformIds } from '../contract/models.ts';
import { sandboxChannel, type SandboxChannel } from '../testing/sandbox-channel.ts';
import { channelFor } from './registry.ts';

/** Every platform still takes requests by our clock while its own is so far ahead. Milliseconds. */
const AHEAD_MS = 240_000;

let sandbox: SandboxChannel | undefined;
afterEach(() => sandbox?.stop());

it.each(platformIds)('%s: what it dated ahead of our clock is on the first page', async (platform) => {
  sandbox = await sandboxChannel(platform);
  const { store } = sandbox;
  const channel = channelFor(platform);
  const target = (await channel.listConversations(store, null)).items.at(-1);
  if (target === undefined) throw new Error('The store has no conversation');
  const { remoteId, buyer } = target;
  const conversation = { remoteId, buyerId: buyer.remoteId };
  await sandbox.setClock(AHEAD_MS);
  const sent = await channel.send(store, conversation, { kind: 'text', text: 'dated ahead' });
  await sandbox.setClock(0);
  const [newest] = (await channel.listMessages(store, conversation, null)).items;
  expect(newest).toMatchObject({ remoteId: sent.remoteId, text: 'dated ahead' });
  const [first] = (await channel.listConversations(store, null)).items;
  expect(first).toMatchObject({ remoteId });
});
