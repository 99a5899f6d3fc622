import { BlockList, isIP } from 'node:net';
import { ClinicError } from '#domain/clinic-error.ts';

/** Addresses that may connect: single ones and nets in CIDR form, with commas. Throws invalid-input, naming the wrong one. */
export function readPeers(list: string): BlockList {
  const peers = new BlockList();
  for (const entry of list.split(',').map((each) => each.trim())) {
    const [address = '', bits, more] = entry.split('/');
    const version = isIP(address);
    const most = version === 6 ? 128 : 32;
    if (
      version === 0 ||
      more !== undefined ||
      (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most))
    )
      throw new ClinicError(
        'invalid-input',
        `"${entry}" is no address a sender could have: write such as 10.0.7.12 or 10.0.7.0/24, with commas.`,
      );
    peers.addSubnet(address, bits === undefined ? most : Number(bits), version === 6 ? 'ipv6' : 'ipv4');
  }
  return peers;
}

/** Whether a socket's far end is among them; an IPv4 address may come in the IPv6 form of it. */
export function isPeer(peers: BlockList, remote: string | undefined): boolean {
  if (remote === undefined) return false;
  const plain = remote.replace(/^::ffff:(?=\d+\.)/i, '');
  return peers.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}
