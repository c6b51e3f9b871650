import type { ServiceExits } from '../net/service-exits.ts';
import type { ReadOnlySource } from '../network/gate.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { translationContract } from '../../contract/translation.ts';
import type { Search } from '../search/search.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { LiveSettings } from '../settings/settings.ts';
import { createTranslationFeature } from './feature.ts';
import { createGlossary } from './glossary.ts';
import { createShelf } from './shelf.ts';
import { createTranslation, type Translation } from './translation.ts';
import { createTranslators } from './translators.ts';
import { createUsage } from './usage.ts';
import { createWishes } from './wishes.ts';
import { createWork } from './work.ts';

interface TranslationNeeds extends Pick<EngineParts, 'db' | 'clock' | 'feed' | 'host' | 'log'> {
  readonly settings: LiveSettings;
  readonly secrets: Secrets;
  readonly search: Search;
  readonly exits: ServiceExits;
  readonly readOnly: ReadOnlySource;
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
}

/** Translation, joined. */
export function createTranslations(needs: TranslationNeeds): {
  readonly translation: Translation;
  readonly feature: Feature<keyof typeof translationContract>;
} {
  const { clock, feed, exits } = needs;
  const now = (): number => clock.now();
  const log = needs.log.scope('translation');
  const usage = createUsage({ ...needs, now, log });
  const translators = createTranslators({ ...needs, now, onChange: () => feed.emit('translation') });
  const work = createWork({
    clock,
    log,
    translators,
    usage,
    isReadOnly: () => needs.readOnly.isReadOnly(),
  });
  const shelf = createShelf({ ...needs, usage });
  const glossary = createGlossary(needs.db);
  const wishes = createWishes(needs.settings, glossary);
  const translation = createTranslation({ ...needs, shelf, wishes, work });
  settingsMatter(needs);
  const feature = createTranslationFeature({
    ...needs,
    translation,
    translators,
    usage,
    shelf,
    work,
    wishes,
    glossary,
  });
  const stop = (): Promise<void> => {
    translation.stop();
    work.stop();
    return exits.close();
  };
  return { translation, feature: { ...feature, stop } };
}

/** Into what and from what is translated changes every message a page shows. */
function settingsMatter({ settings, feed }: Pick<TranslationNeeds, 'settings' | 'feed'>): void {
  const said = (): string => {
    const { translateTo, languagesRead, translateMode, translateAnswers, language } = settings.read();
    return JSON.stringify([translateTo, languagesRead, translateMode, translateAnswers, language]);
  };
  let before = said();
  settings.onChange(() => {
    const now = said();
    if (now === before) return;
    before = now;
    feed.emit('translation');
    feed.emit('messages');
    feed.emit('conversations');
  });
}
