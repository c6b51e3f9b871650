/** How a site's sellers and their browsers are set: a language, and the zone of its clocks. */
interface Place {
  /** BCP 47. */
  readonly locale: string;
  /** IANA. */
  readonly timeZone: string;
}

/** By market; where one has several zones, that of most of its people. */
const places: Readonly<Record<string, Place>> = {
  SG: { locale: 'en-SG', timeZone: 'Asia/Singapore' },
  MY: { locale: 'ms-MY', timeZone: 'Asia/Kuala_Lumpur' },
  TH: { locale: 'th-TH', timeZone: 'Asia/Bangkok' },
  VN: { locale: 'vi-VN', timeZone: 'Asia/Ho_Chi_Minh' },
  PH: { locale: 'en-PH', timeZone: 'Asia/Manila' },
  ID: { locale: 'id-ID', timeZone: 'Asia/Jakarta' },
  TW: { locale: 'zh-TW', timeZone: 'Asia/Taipei' },
  CN: { locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
  JP: { locale: 'ja-JP', timeZone: 'Asia/Tokyo' },
  BR: { locale: 'pt-BR', timeZone: 'America/Sao_Paulo' },
  MX: { locale: 'es-MX', timeZone: 'America/Mexico_City' },
  CL: { locale: 'es-CL', timeZone: 'America/Santiago' },
  CO: { locale: 'es-CO', timeZone: 'America/Bogota' },
  US: { locale: 'en-US', timeZone: 'America/New_York' },
  GB: { locale: 'en-GB', timeZone: 'Europe/London' },
  UK: { locale: 'en-GB', timeZone: 'Europe/London' },
  ES: { locale: 'es-ES', timeZone: 'Europe/Madrid' },
  FR: { locale: 'fr-FR', timeZone: 'Europe/Paris' },
  DE: { locale: 'de-DE', timeZone: 'Europe/Berlin' },
  IT: { locale: 'it-IT', timeZone: 'Europe/Rome' },
  IE: { locale: 'en-IE', timeZone: 'Europe/Dublin' },
};

/** Of a market nobody thought of: English, and no place's time. */
const NOWHERE: Place = { locale: 'en-US', timeZone: 'UTC' };

/** The language and zone of a site, given by its two letters. */
export function placeOf(site: string): Place {
  return places[site] ?? NOWHERE;
}
