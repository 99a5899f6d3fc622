import { SCENARIOS } from './scenarios/index.ts';

/** What `--help` prints. */
export function helpText(): string {
  const scenarios = SCENARIOS.map(({ name, title }) => `    ${name.padEnd(15)} ${title}`).join('\n');
  return `Simulated devices for a Wardline clinic, over MQTT.

  npm run simulate -- --scenario NAME --mqtt mqtt://127.0.0.1:1883 [options]
  npm run simulate -- --replay FILE.csv --map HR=hr,RESP=rr,... --mqtt URL [options]
  npm run simulate -- --replay FILE.csv --wave ecg-ii --rate 360 --gain 5 --offset -5120 --unit uV --mqtt URL

Every mode
  --mqtt URL         The broker: mqtt://host:port or mqtts://host:port. Needed. For a certificate authority of your own
                     set NODE_EXTRA_CA_CERTS; a password goes into the address (mqtt://any:password@host).
  --clinic NAME      The clinic's topic segment. Default: demo
  --speed X          Simulated seconds in one real second, greater than 0. Default: 1
  --for SECONDS      Stop after so many real seconds. Default: at the end of a recording; a scenario goes on.
  -h, --help         This text.

A scenario: simulated patients with devices
  --scenario NAME    One of:
${scenarios}
  --seed N           Whole number; the same seed gives the same readings. Default: 1
  --devices N        How many patients have devices. Default: the scenario's own number.

A recording of numbers: a CSV file whose first line names the columns
  --replay FILE      The file. It is read whole and checked before anything is sent.
  --map A=x,B=y      Which column is which metric (hr, pr, rr, spo2, temp, nibp-sys, ...). Needed.
  --absent N         A number that stands for "no value" (0, -1, ...); sent as absent with a reason. Empty cells are left out.
  --interval S       Seconds between rows. Default: 60
  --time COLUMN      Column with the time of each row (a date and time, or seconds) instead of --interval.
  --units A=u        Unit of a metric that is not in the metric's own, e.g. glucose=mg/dL. Needed for glucose.

A recording of a waveform: a CSV file with one column of raw whole numbers
  --wave NAME        ecg-i, ecg-ii, ecg-v, pleth, resp, abp or heart-sound
  --rate HZ          Samples a second. Needed.
  --gain G           Physical value = raw x gain + offset. Default: 1
  --offset O         Default: 0
  --unit U           uV for ECG, mm[Hg] for abp, 1 for the others. Needed.

Both recordings
  --device ID        Default: replay- and the file's name
  --type TYPE        Device type said in the hello. Default: bedside-monitor
Rows are sent with the time of sending, as live values; only the spacing is divided by --speed.

  --demo-clinic      Used by the hub, as its child process; not by hand.

Exit codes: 0 done, 1 the broker could not be reached or was lost for good, 2 wrong options or a broken file.
`;
}
