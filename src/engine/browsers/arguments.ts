/**
 * What Chromium is started with beside Playwright's own. Both WebRTC switches: whole browsers heed the first, the headless
 * shell the second, and each sends packets past its proxy with the other alone. Names are found at the proxy and nowhere
 * else, so this computer is never to be asked for one.
 */
export const BROWSER_ARGUMENTS: readonly string[] = [
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--disable-quic',
  '--no-pings',
];
