import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import { createRoot } from 'react-dom/client';
import { Console } from './app/Console.tsx';
import { LookProvider } from './ui/LookProvider.tsx';

const place = document.getElementById('console');
if (place) {
  createRoot(place).render(
    <LookProvider>
      <Console />
    </LookProvider>,
  );
}
