import { Radio, Stack, TextInput } from '@mantine/core';
import type { StepProps } from './SetupWizard.tsx';

/** Whether devices speak to Wardline's own broker or to one the clinic runs. */
export function BrokerStep({ draft, problems, change }: StepProps) {
  return (
    <>
      <h2>How do devices reach Wardline?</h2>
      <p>Devices speak MQTT. A broker passes on what they say.</p>
      <Radio.Group
        aria-label="Broker"
        value={draft.ownBroker ? 'own' : 'embedded'}
        onChange={(value) => change({ ownBroker: value === 'own' })}
      >
        <Stack gap="sm">
          <Radio
            value="embedded"
            label="Wardline’s own broker, on this computer"
            description="Nothing to install. Good for one computer and for trying it out."
          />
          <Radio
            value="own"
            label="The clinic’s broker"
            description="Mosquitto, EMQX, HiveMQ or another, already running in the clinic’s network."
          />
        </Stack>
      </Radio.Group>
      {draft.ownBroker && (
        <>
          <TextInput
            mt="md"
            label="Address of the broker"
            description="Certificates and keys are named in Settings afterwards."
            placeholder="mqtts://broker.clinic.example:8883"
            spellCheck={false}
            value={draft.brokerUrl}
            error={problems.brokerUrl}
            onChange={(event) => change({ brokerUrl: event.currentTarget.value })}
          />
          <p>The broker is used from the next start of the hub. Until then Wardline’s own broker runs.</p>
        </>
      )}
    </>
  );
}
