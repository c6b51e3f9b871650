import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** A server for calls that answers nothing and counts every packet: none is to come. */
export interface StunServer {
  /** `stun:host:port`. */
  readonly url: string;
  packets(): number;
  stop(): Promise<void>;
}

export async function startStun(): Promise<StunServer> {
  const socket = createSocket('udp4');
  let packets = 0;
  socket.on('message', () => {
    packets += 1;
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    url: `stun:127.0.0.1:${(socket.address() as AddressInfo).port}`,
    packets: () => packets,
    stop: () => new Promise((resolve) => void socket.close(() => resolve())),
  };
}
