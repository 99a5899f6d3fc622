import { useQueryOf } from '#renderer/client/hooks.ts';
import { recordKeys } from '#renderer/client/records.ts';
import styles from './NoDevices.module.css';

/** How a device gets to this clinic: the broker's address, its topic, and what it says first. */
export function NoDevices() {
  const status = useQueryOf(recordKeys.hub, (hub) => hub.hub.status({}));
  const clinic = status.data?.clinic ?? '…';
  return (
    <div className={styles.text}>
      <h2>How a device gets here</h2>
      <ol>
        <li>
          Connect it to the broker at <code>{status.data?.mqtt.url ?? 'reading…'}</code>, by MQTT 3.1.1 or 5. The
          embedded broker takes the device’s name as user name and client id.
        </li>
        <li>
          Let it say hello on <code>clinic/{clinic}/device/NAME/hello</code>, retained, with its type and the
          measurements it sends. It then waits in this list.
        </li>
        <li>An administrator admits it. Until then its values are counted and not charted.</li>
        <li>A nurse or physician ties it to a bed or a patient. From then on its values belong to that patient.</li>
      </ol>
      <p>
        Devices that speak FHIR R4 (<code>fhir/{clinic}/NAME/Observation</code>) or Sparkplug B are understood as well.
        Nothing is lost by waiting: what was refused, and why, is listed under “Refused and marked messages”.
      </p>
    </div>
  );
}
