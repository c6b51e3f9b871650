import type { HttpClient } from '../../../channels/http.ts';
import type { LanguageCode } from '../../../contract/languages.ts';

/** How a provider is reached. */
export interface ProviderConfig {
  /** Base address without a trailing slash. */
  readonly address: string;
  /** API key; of Google v3 the service account's JSON file. Empty: the provider asks for none. */
  readonly key: string;
  /** Azure's region of a regional key; Google v3's `project/location`; else empty. */
  readonly place: string;
  /** Of a chat model its name; else empty. */
  readonly model: string;
}

/** Equal texts to one language. */
export interface ProviderCall {
  /** At most what the provider's limits allow, none empty. */
  readonly texts: readonly string[];
  /** Null: the provider finds it out. */
  readonly from: LanguageCode | null;
  readonly to: LanguageCode;
}

/** What one call may hold. */
export interface ProviderLimits {
  readonly texts: number;
  /** Code points of all texts together. */
  readonly characters: number;
}

/**
 * One kind of translation service. Answers as many texts as it was given, in their order, or throws `CodedError`:
 * `rate-limited` (with `retryAfterMs` where told) and `unreachable` may pass; `rejected` with reason `provider-key`,
 * `provider-quota`, `provider-language` or `provider-refused` will not by itself; `invalid` with reason
 * `provider-answer` for an answer that can't be used.
 */
export interface Provider {
  readonly limits: ProviderLimits;
  translate(
    http: HttpClient,
    config: ProviderConfig,
    call: ProviderCall,
    now: () => number,
  ): Promise<string[]>;
}
