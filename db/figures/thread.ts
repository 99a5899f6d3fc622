// Entry of the figures thread: opens the store read-only, answers questions one after another, keeps nothing of the key.
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { connect } from '../connection.ts';
import { storePaths } from '../paths.ts';
import { createFigureAnswers, type FigureAsked } from './answer.ts';
import type { FigureAnswer, FigureThreadData } from './reader.ts';

const { dataDir, key } = workerData as FigureThreadData;
const db = connect(storePaths(dataDir).store, Buffer.from(key.buffer), { readOnly: true });
key.fill(0);
const answers = createFigureAnswers(db);

parentPort?.on('message', ({ n, asked }: { n: number; asked: FigureAsked }) => {
  parentPort?.postMessage(answer(n, asked));
});

function answer(n: number, asked: FigureAsked): FigureAnswer {
  try {
    return { n, ok: true, value: answers(asked) };
  } catch (error) {
    // Words of SQLite name tables, never what is in them; others' words may.
    const fault =
      error instanceof Database.SqliteError ? error.message : error instanceof Error ? error.name : 'unknown';
    return { n, ok: false, fault };
  }
}
