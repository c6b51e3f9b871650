import type { HttpRequest, HttpResponse } from '../channels/http.ts';
import type { TranslationView } from '../contract/translation-models.ts';
import { chatDesk, type ChatDesk } from './chat-desk.ts';

/** A sentence that is asked about everywhere here. */
export const THAI = 'ส่งของวันไหนคะ';

/** A desk of two Thai stores whose buyers are translated by themselves, into English. */
export async function translationDesk() {
  const desk: ChatDesk = chatDesk({ mode: 'poll', minMs: 1_000, maxMs: 10_000 }, [
    { platform: 'shopee', site: 'TH' },
    { platform: 'shopee', site: 'TH' },
  ]);
  await desk.call('settings.set', { translateTo: 'en', translateMode: 'auto' });
  const look = async (conversationId = 1): Promise<(TranslationView | null)[]> => {
    const page = await desk.call('messages.page', { conversationId, at: { kind: 'latest' }, limit: 400 });
    return page.messages.map((message) => message.translation);
  };
  return Object.assign(desk, {
    /** A provider of this name, asked after those there are. */
    addProvider: (name = 'One', over = {}) =>
      desk.call('translation.saveProvider', {
        id: null,
        kind: 'libretranslate',
        name,
        address: 'http://127.0.0.1:5000/',
        place: '',
        model: '',
        languages: [],
        proxyId: null,
        enabled: true,
        ...over,
      }),
    begin: async (): Promise<void> => {
      desk.start();
      await desk.clock.advance(1_500);
    },
    look,
    /** What is shown once all that was looked at has come. */
    read: async (conversationId = 1) => {
      await look(conversationId);
      await desk.clock.advance(50);
      return look(conversationId);
    },
    sentTexts: (): string[] => desk.service.requests.flatMap((request) => bodyOf(request).q),
    end: async (): Promise<void> => {
      await desk.stop();
      desk.close();
    },
  });
}
export type TranslationDesk = Awaited<ReturnType<typeof translationDesk>>;

function bodyOf({ body }: HttpRequest): { readonly q: string[]; readonly target: string } {
  return JSON.parse(String(body)) as { q: string[]; target: string };
}

/** Answers as LibreTranslate does: every text behind its target. */
export function translate(request: HttpRequest): HttpResponse {
  const { q, target } = bodyOf(request);
  const translatedText = q.map((text) => `${target}: ${text}`);
  return { status: 200, headers: {}, text: JSON.stringify({ translatedText }) };
}
