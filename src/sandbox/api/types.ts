import type { IncomingHttpHeaders } from 'node:http';
import type { PlatformId } from '../../contract/models.ts';
import type { FormPart } from '../http/form.ts';
import type { Effect } from '../world/effects.ts';
import type { Picture } from '../world/model.ts';
import type { World } from '../world/world.ts';

/** What a request is for, whatever the platform calls it. Faults and the journal use these words. */
export type CallName =
  | 'list'
  | 'get'
  | 'history'
  | 'send'
  | 'read'
  | 'mark'
  | 'open'
  | 'recall'
  | 'count'
  | 'refresh'
  | 'token'
  | 'shops'
  | 'settings'
  | 'image'
  | 'upload'
  | 'unknown';

/** A request to a platform's port, its body already read. */
export interface ApiRequest {
  readonly method: string;
  /** Decoded path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Empty where the body is in parts. */
  readonly body: string;
  /** Of a `multipart/form-data` body; else none. */
  readonly parts: readonly FormPart[];
  /** By the platform's clock, UTC milliseconds. */
  readonly now: number;
  /** By the machine's clock. */
  readonly at: number;
}

/** What goes back, and what it changes. Nothing is changed before the journal has it. */
export interface ApiAnswer {
  readonly status: number;
  /** Sent as JSON. */
  readonly json: unknown;
  /** `ok`, or the platform's error code. */
  readonly outcome: string;
  readonly effects: readonly Effect[];
  /** The id of the message a send made. */
  readonly messageId: string | null;
}

/** Who and what a request is about, read without judging it. */
export interface CallInfo {
  readonly call: CallName;
  readonly shopId: string | null;
  readonly conversationId: string | null;
}

/** What a platform stand-in is given. */
export interface PlatformParts {
  readonly world: World;
  readonly keys: AppKeys;
  readonly profile: Profile;
  /** The address of a picture on this platform's port. */
  pictureUrl(picture: Picture): string;
  /** The address of the same made smaller. */
  thumbUrl(picture: Picture): string;
  /** The address of an uploaded picture on this platform's port. */
  fileUrl(file: string): string;
}

/** One app's credentials on one platform. */
export interface AppKeys {
  readonly appKey: string;
  readonly appSecret: string;
  readonly pushSecret: string;
}

/** `strict`: limits and chat rules as documented or suggested; `loose`: none of them, for mass runs. */
export type Profile = 'strict' | 'loose';

/** Refusals that are asked for from outside: by a limit or a fault. */
export type Refusal = 'rate-limit' | 'error' | 'refuse';

/** A platform's documented API over the world. `answer` changes nothing by itself. */
export interface PlatformApi {
  readonly platform: PlatformId;
  identify(request: ApiRequest): CallInfo;
  answer(request: ApiRequest, info: CallInfo): ApiAnswer;
  /** A well-formed refusal in the platform's own words. */
  refusal(kind: Refusal, code: string | null, message: string | null): ApiAnswer;
}
