import { keepPreviousData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useQueryOf, useZone } from '#renderer/client/hooks.ts';
import { useNow } from '#renderer/client/live-hooks.ts';
import { sayError } from '#renderer/client/say-error.ts';
import { FigureChart } from '#renderer/ui/charts/FigureChart.tsx';
import { usePlotColours } from '#renderer/ui/charts/plot-colours.ts';
import { daysIn } from '#renderer/ui/clinic-days.ts';
import { formatDateTime, formatNumber } from '#renderer/ui/format.ts';
import { Definition } from './Definition.tsx';
import styles from './Forecast.module.css';
import { forecastOption } from './forecast-option.ts';
import { aheadRows, bandWords, type ForecastAnswer, pastWords } from './forecast-words.ts';

const READ_EVERY_MS = 900_000;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Arrivals, discharges and occupied beds of the next three days, and how far such forecasts were off. */
export function Forecast({ ward }: { readonly ward: string | undefined }) {
  const step = useNow(READ_EVERY_MS);
  const asked = ward === undefined ? { hours: 72 } : { hours: 72, ward };
  const forecast = useQueryOf(['figures', 'forecast', asked, step], (hub) => hub.flow.forecast(asked), {
    placeholderData: keepPreviousData,
  });
  return (
    <section className={styles.forecast} aria-label="Forecast">
      <h2>
        The next three days <Definition name="forecast" />
      </h2>
      {forecast.isPending && <p role="status">Working the forecast out…</p>}
      {forecast.isError && !forecast.data && <p role="alert">There is no forecast. {sayError(forecast.error)}</p>}
      {forecast.data && !forecast.data.usable && (
        <p>No forecast: {forecast.data.why ?? 'there is too little history.'}</p>
      )}
      {forecast.data?.usable && <Usable forecast={forecast.data} />}
    </section>
  );
}

function Usable({ forecast }: { readonly forecast: ForecastAnswer }) {
  const zone = useZone();
  const colours = usePlotColours();
  const option = useMemo(() => {
    const days = daysIn(zone);
    return forecastOption(forecast, colours, zone, (at) => WEEKDAYS[days.weekdayOf(days.dayOf(at))] ?? '');
  }, [forecast, colours, zone]);
  const rows = aheadRows(forecast);
  return (
    <div className={styles.parts}>
      <FigureChart
        label={`Occupied beds, of ${forecast.beds}: ${forecast.present} now, ${rows.map(({ hours, occupied }) => `in ${hours} h ${bandWords(occupied)}`).join(', ')}`}
        option={option}
        height={220}
      />
      <div>
        <table>
          <caption className="visually-hidden">Forecast and its past error</caption>
          <thead>
            <tr>
              <th scope="col">Ahead</th>
              <th scope="col">Beds occupied then</th>
              <th scope="col">Arrivals in the 24 h before</th>
              <th scope="col">Discharges in the 24 h before</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Now</th>
              <td>
                <strong>{forecast.present}</strong> of {forecast.beds}
              </td>
              <td />
              <td />
            </tr>
            {rows.map(({ hours, occupied, arrivals, discharges }) => (
              <tr key={hours}>
                <th scope="row">{hours} h</th>
                <td>
                  <strong>{bandWords(occupied)}</strong> of {forecast.beds}
                </td>
                <td>{formatNumber(arrivals, 0)}</td>
                <td>{formatNumber(discharges, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <ul className={styles.past}>
          {rows.map((row) => (
            <li key={row.hours}>{pastWords(row)}</li>
          ))}
        </ul>
        <p className={styles.made}>
          Made {formatDateTime(forecast.madeAt, zone)} from this clinic’s own history
          {forecast.historyFrom !== null && ` since ${formatDateTime(forecast.historyFrom, zone)}`}.
        </p>
      </div>
    </div>
  );
}
