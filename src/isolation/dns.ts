import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A name server that answers every name with 127.0.0.1, and remembers who was asked for. */
export interface NameServer {
  readonly address: string;
  /** Every question, in order, in lower case. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** Listens on port 53 of this loopback address; only root may. */
export async function startNameServer(address: string): Promise<NameServer> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const read = readQuestion(question);
    if (read === null) return;
    asked.push(read.name);
    socket.send(answerTo(question, read), from.port, from.address);
  });
  socket.bind(53, address);
  await once(socket, 'listening');
  return {
    address,
    asked,
    stop: () => new Promise((resolve) => void socket.close(() => resolve())),
  };
}

interface Question {
  readonly name: string;
  /** 1: an IPv4 address. */
  readonly type: number;
  /** Where the question ends. */
  readonly end: number;
}

/** The first question of a message (RFC 1035, 4.1). */
function readQuestion(message: Buffer): Question | null {
  const labels: string[] = [];
  let at = 12;
  while (at < message.length && message[at] !== 0) {
    const length = message[at] ?? 0;
    labels.push(message.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += length + 1;
  }
  if (at + 5 > message.length) return null;
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(message: Buffer, { type, end }: Question): Buffer {
  const isAddress = type === 1;
  const head = Buffer.from(message.subarray(0, 12));
  // A response, recursion there, no error; one question, one answer or none.
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(Number(isAddress), 6);
  head.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1]);
  return Buffer.concat([head, message.subarray(12, end), ...(isAddress ? [record] : [])]);
}
