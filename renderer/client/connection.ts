import { type Carrier, connectMessagePort, connectWebSocket } from './carrier.ts';
import { desktop, receivePort } from './desktop.ts';

/** Opens a connection the way this console was opened: a port from the desktop shell, else the page's own host. */
export async function connect(token: string): Promise<Carrier> {
  const bridge = desktop();
  if (bridge) return connectMessagePort({ port: await receivePort(bridge), token });
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return connectWebSocket({ url: `${scheme}://${location.host}/ws`, token });
}
