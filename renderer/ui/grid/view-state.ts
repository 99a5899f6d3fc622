import { isListParam, type SearchParams } from './list-params.ts';

/**
 * The address as a view keeps it: what was asked of the list and the screen's `choices`, names in order, so that the same
 * ask is the same text. Whatever else the address holds is no part of a view.
 */
export function stateOf(params: SearchParams, choices: readonly string[]): string {
  const kept = Object.entries(params).filter(([name, value]) => value !== undefined && belongs(name, choices));
  return JSON.stringify(Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1))));
}

/** The address with a view in force; a view somebody wrote by hand changes nothing a view does not hold. */
export function withState(params: SearchParams, state: string, choices: readonly string[]): Record<string, unknown> {
  const rest = Object.entries(params).filter(([name]) => !belongs(name, choices));
  const kept = Object.entries(readState(state)).filter(([name]) => belongs(name, choices));
  return Object.fromEntries([...rest, ...kept]);
}

function belongs(name: string, choices: readonly string[]): boolean {
  return isListParam(name) || choices.includes(name);
}

function readState(state: string): object {
  try {
    const read: unknown = JSON.parse(state);
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : {};
  } catch {
    return {};
  }
}
