import { useMemo, useState } from 'preact/hooks';
import type { Palette } from '../draw/palette';
import { formatCondition, isFiltering, NO_FILTER, parseCondition, type Filter } from '../model/filter';
import { HEALTH_NAMES, healthOfService } from '../model/health';
import { kindName } from '../model/kinds';
import { inOrder } from '../model/name';
import { HEALTHS, type Health } from '../model/types';
import type { Derived } from '../session/derive';
import { failureKey, type State } from '../session/state';
import { useSession } from './hooks';
import { ServiceList } from './ServiceList';
import { HealthSymbol, KindSymbol } from './Symbols';

interface Props {
  readonly state: State;
  readonly derived: Derived;
  readonly palette: Palette;
}

export function Sidebar({ state, derived, palette }: Props) {
  return (
    <aside class="sidebar" aria-label="Filters and services">
      <Filters state={state} palette={palette} />
      <ServiceList state={state} derived={derived} palette={palette} />
    </aside>
  );
}

function Filters({ state, palette }: { state: State; palette: Palette }) {
  const session = useSession();
  const { filter } = state.view;
  const put = (change: Partial<Filter>) => session.setView({ filter: { ...filter, ...change } });
  const toggled = <T,>(values: readonly T[], value: T) => (values.includes(value) ? values.filter((each) => each !== value) : [...values, value]);
  const counts = useMemo(() => countsOf(state), [state.graph]);
  return (
    <section class="filters" aria-label="Filters">
      <div class="section-head">
        <h2>Filter</h2>
        {isFiltering(filter) && (
          <button class="link" data-testid="filter-clear" onClick={() => put(NO_FILTER)}>
            Clear
          </button>
        )}
      </div>
      <div class="chips" role="group" aria-label="Health" data-testid="filter-health">
        {HEALTHS.filter((health) => counts.healths.has(health) || filter.healths.includes(health)).map((health: Health) => (
          <button
            key={health}
            class="chip"
            data-value={health}
            aria-pressed={filter.healths.includes(health)}
            onClick={() => put({ healths: toggled(filter.healths, health) })}
          >
            <HealthSymbol health={health} palette={palette} />
            {HEALTH_NAMES[health]} <span class="count">{counts.healths.get(health) ?? 0}</span>
          </button>
        ))}
      </div>
      <Choice
        label="Namespace"
        testId="filter-namespace"
        options={counts.namespaces}
        chosen={filter.namespaces}
        onToggle={(value) => put({ namespaces: toggled(filter.namespaces, value) })}
      />
      <div class="chips kinds" role="group" aria-label="Kind" data-testid="filter-kind">
        {[...counts.kinds].map(([kind, count]) => (
          <button
            key={kind}
            class="chip"
            data-value={kind}
            title={kindName(kind)}
            aria-label={`${kindName(kind)}, ${count} services`}
            aria-pressed={filter.kinds.includes(kind)}
            onClick={() => put({ kinds: toggled(filter.kinds, kind) })}
          >
            <KindSymbol kind={kind} /> <span class="count">{count}</span>
          </button>
        ))}
      </div>
      <Conditions state={state} filter={filter} put={put} keys={counts.keys} />
    </section>
  );
}

function countsOf(state: State) {
  const healths = new Map<Health, number>();
  const kinds = new Map<string, number>();
  const inNamespace = new Map<string, number>();
  const keys = new Set(['stage', 'version', 'AVAILABILITY_ZONE', 'ECS_CLUSTER_NAME']);
  for (const service of state.graph.services.values()) {
    const health = healthOfService(service);
    healths.set(health, (healths.get(health) ?? 0) + 1);
    for (const kind of service.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    inNamespace.set(service.namespaceArn, (inNamespace.get(service.namespaceArn) ?? 0) + 1);
    if (keys.size < 200) for (const key of Object.keys(service.tags)) keys.add(key);
  }
  const namespaces = [...state.graph.namespaces.values()]
    .map(({ arn, name }) => ({ value: arn, label: name, count: inNamespace.get(arn) ?? 0 }))
    .sort((a, b) => inOrder(a.label, b.label));
  return { healths, kinds: new Map([...kinds].sort(([, a], [, b]) => b - a)), namespaces, keys: [...keys].sort() };
}

interface ChoiceProps {
  readonly label: string;
  readonly testId: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly count: number }[];
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}

function Choice({ label, testId, options, chosen, onToggle }: ChoiceProps) {
  return (
    <div class="choice">
      <select
        data-testid={testId}
        aria-label={label}
        value=""
        onChange={(event) => {
          const select = event.currentTarget as HTMLSelectElement;
          if (select.value !== '') onToggle(select.value);
          select.value = '';
        }}
      >
        <option value="">{chosen.length === 0 ? `All ${options.length} namespaces` : 'Another namespace …'}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {`${chosen.includes(option.value) ? '✓ ' : ''}${option.label} (${option.count})`}
          </option>
        ))}
      </select>
      <Chosen values={chosen.map((value) => ({ value, label: options.find((option) => option.value === value)?.label ?? value }))} onRemove={onToggle} />
    </div>
  );
}

function Chosen({ values, onRemove }: { values: readonly { value: string; label: string }[]; onRemove: (value: string) => void }) {
  if (values.length === 0) return null;
  return (
    <div class="chips">
      {values.map(({ value, label }) => (
        <button key={value} class="chip chosen" data-value={value} aria-label={`Remove ${label}`} onClick={() => onRemove(value)}>
          <span class="ellipsis">{label}</span> <span aria-hidden="true">×</span>
        </button>
      ))}
    </div>
  );
}

function Conditions({ state, filter, put, keys }: { state: State; filter: Filter; put: (change: Partial<Filter>) => void; keys: readonly string[] }) {
  const [text, setText] = useState('');
  const failures = filter.conditions.map(formatCondition).flatMap((text) => {
    const failure = state.failures.get(failureKey('condition', text));
    return failure === undefined ? [] : [{ text, failure }];
  });
  const waiting = filter.conditions.some((condition) => !state.byInstances.has(formatCondition(condition))) && failures.length === 0;
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    const condition = parseCondition(text);
    if (condition === undefined) return;
    setText('');
    if (!filter.conditions.some((each) => formatCondition(each) === formatCondition(condition))) put({ conditions: [...filter.conditions, condition] });
  };
  return (
    <div class="choice">
      <form class="inline" onSubmit={add}>
        <input
          data-testid="filter-tag"
          type="text"
          list="attribute-keys"
          spellcheck={false}
          autocomplete="off"
          aria-label="Tag or attribute, as name=value"
          placeholder="stage=dev, owner"
          value={text}
          onInput={(event) => setText((event.currentTarget as HTMLInputElement).value)}
        />
        <button type="submit" aria-label="Add this condition" disabled={parseCondition(text) === undefined}>
          +
        </button>
      </form>
      <datalist id="attribute-keys">
        {keys.map((key) => (
          <option key={key} value={`${key}=`} />
        ))}
      </datalist>
      <Chosen
        values={filter.conditions.map(formatCondition).map((value) => ({ value, label: value }))}
        onRemove={(value) => put({ conditions: filter.conditions.filter((each) => formatCondition(each) !== value) })}
      />
      {failures.map(({ text, failure }) => (
        <p key={text} class="hint">
          Which instances have {text} could not be asked: {failure}
        </p>
      ))}
      {waiting && <p class="hint">Asking the database …</p>}
    </div>
  );
}
