import { connect, type Socket } from 'node:net';

const START = 0x0b;
const END = Buffer.from([0x1c, 0x0d]);
const ANSWER_WAIT_MS = 30_000;

/** A sender that waits for each answer before the next message, as administrations do. */
export interface MllpSender {
  /** Answers the acknowledgement's code (`AA`, `CA` …). Fails when none comes. */
  send(message: string): Promise<string>;
  close(): void;
}

/** Connects to `mllp://host:port`. */
export async function connectMllp(url: string): Promise<MllpSender> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((settle, fail) => {
    socket.once('connect', settle);
    socket.once('error', fail);
  });
  const answers = answersOf(socket);
  return {
    async send(message) {
      const answer = answers.next();
      socket.write(Buffer.concat([Buffer.from([START]), Buffer.from(message), END]));
      const said = await answer;
      return /(?:^|\r)MSA\|([A-Z]{2})/.exec(said)?.[1] ?? '';
    },
    close: () => socket.end(),
  };
}

function answersOf(socket: Socket): { next(): Promise<string> } {
  let bytes = Buffer.alloc(0);
  const waiting: { settle(text: string): void; fail(error: Error): void }[] = [];
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let end = bytes.indexOf(END); end >= 0; end = bytes.indexOf(END)) {
      waiting.shift()?.settle(bytes.subarray(bytes.indexOf(START) + 1, end).toString());
      bytes = bytes.subarray(end + END.length);
    }
  });
  const lost = () => {
    for (const { fail } of waiting.splice(0)) fail(new Error('The connection ended before the answer.'));
  };
  socket.on('close', lost);
  socket.on('error', lost);
  return {
    next: () =>
      new Promise((settle, fail) => {
        const timer = setTimeout(() => fail(new Error('No answer came.')), ANSWER_WAIT_MS);
        const over =
          <Value>(go: (value: Value) => void) =>
          (value: Value) => {
            clearTimeout(timer);
            go(value);
          };
        waiting.push({ settle: over(settle), fail: over(fail) });
      }),
  };
}
