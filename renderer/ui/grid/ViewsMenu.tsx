import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand, useMe, useQueryOf, useWritable } from '#renderer/client/hooks.ts';
import type { Records } from '#renderer/client/records.ts';
import { sayError } from '#renderer/client/say-error.ts';
import styles from './ListMenu.module.css';
import type { SearchParams } from './list-params.ts';
import { stateOf, withState } from './view-state.ts';

type SavedView = Records['views']['list'][number];

const keyOf = (list: string) => ['views', list];

interface ViewsProps {
  readonly list: string;
  /** The screen's own choices in the address that belong to a view. */
  readonly choices: readonly string[];
}

/** Views of a list, one's own and everyone's: filters, order and columns under a name. */
export function ViewsMenu(props: ViewsProps) {
  const { may } = useMe();
  if (!may('saved-views')) return null;
  return (
    <Popover position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          px={8}
          className={styles.tool}
          leftSection={<IconBookmark size={14} aria-hidden />}
        >
          Views
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu} aria-label="Views">
        <Views {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Views({ list, choices }: ViewsProps) {
  const views = useQueryOf(keyOf(list), (hub) => hub.views.list({ screen: list }), { staleTime: 0 });
  const params = useSearch({ strict: false }) as SearchParams;
  const now = stateOf(params, choices);
  return (
    <>
      {views.isPending && <p role="status">Reading the views…</p>}
      {views.isError && <p role="alert">The views could not be read. {sayError(views.error)}</p>}
      {views.data?.length === 0 && (
        <p className={styles.more}>No view is saved yet. Search, filter and sort as you like, then save it here.</p>
      )}
      <ul className={styles.items}>
        <ViewItem list={list} choices={choices} view={null} current={now === '{}'} />
        {views.data?.map((view) => (
          <ViewItem key={view.id} list={list} choices={choices} view={view} current={view.state === now} />
        ))}
      </ul>
      <SaveView list={list} state={now} />
      <Button fullWidth mt={8} onClick={() => void navigator.clipboard.writeText(location.href)}>
        Copy a link to this view
      </Button>
    </>
  );
}

interface ViewItemProps extends ViewsProps {
  /** null: the list as it is made. */
  readonly view: SavedView | null;
  readonly current: boolean;
}

function ViewItem({ list, choices, view, current }: ViewItemProps) {
  const navigate = useNavigate();
  const writable = useWritable();
  const remove = useCommand((hub, input: { id: string }) => hub.views.remove(input), { invalidate: [keyOf(list)] });
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.view}
        aria-current={current || undefined}
        onClick={() =>
          void navigate({
            to: '.',
            search: (before: SearchParams) => withState(before, view?.state ?? '{}', choices),
          })
        }
      >
        {view?.name ?? 'Everything, as the list is made'}{' '}
        {view?.shared && <small>{view.mine ? 'yours, for everyone' : 'for everyone'}</small>}
      </button>
      {view?.mine && (
        <ActionIcon
          aria-label={`Remove the view ${view.name}`}
          disabled={!writable.ok}
          title={writable.why ?? ''}
          loading={remove.pending}
          onClick={() => void remove.run({ id: view.id })}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
      {remove.error && <span role="alert">{sayError(remove.error)}</span>}
    </li>
  );
}

function SaveView({ list, state }: { readonly list: string; readonly state: string }) {
  const writable = useWritable();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useCommand(
    (hub, input: { screen: string; name: string; state: string; shared: boolean }) => hub.views.save(input),
    { invalidate: [keyOf(list)], onDone: () => setName('') },
  );
  return (
    <form
      className={styles.save}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') void save.run({ screen: list, name: name.trim(), state, shared });
      }}
    >
      <TextInput
        label="Save what is on screen as"
        placeholder="such as Out today, ward A"
        value={name}
        maxLength={60}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Checkbox
        label="Everyone may use it"
        checked={shared}
        onChange={({ currentTarget }) => setShared(currentTarget.checked)}
      />
      {save.error && (
        <p role="alert" className={styles.problem}>
          {sayError(save.error)}
        </p>
      )}
      <Button
        type="submit"
        variant="filled"
        disabled={!writable.ok || name.trim() === ''}
        title={writable.why ?? ''}
        loading={save.pending}
      >
        Save the view
      </Button>
    </form>
  );
}
