import { useState } from 'preact/hooks';
import type { Parameter, Query } from '../model/queries';
import type { Value } from '../model/types';
import { QUERIES } from '../session/queries';
import type { QueryResult } from '../session/result';
import type { State } from '../session/state';
import { useSession } from './hooks';
import { Icon } from './Icon';

const MOST_ROWS = 500;

/** The questions of docs/queries, as a menu. */
export function Questions({ state }: { state: State }) {
  const session = useSession();
  return (
    <aside class="panel" data-testid="queries" aria-label="Questions">
      <header>
        <h2>Questions</h2>
        <button class="close" aria-label="Close" onClick={() => session.setView({ panel: undefined })}>
          <Icon name="close" />
        </button>
      </header>
      {QUERIES.map((query) => (
        <Question key={query.name} query={query} state={state} />
      ))}
    </aside>
  );
}

function Question({ query, state }: { query: Query; state: State }) {
  const session = useSession();
  const chosen = state.view.query === query.name;
  const [asking, setAsking] = useState(false);
  const ask = (values: Record<string, string>) => {
    setAsking(false);
    void session.runQuery(query.name, values);
  };
  const onClick = () => (query.parameters.length === 0 ? ask({}) : setAsking(!asking));
  return (
    <section class="question" data-query={query.name}>
      <button class="service" aria-current={chosen ? 'true' : undefined} aria-expanded={query.parameters.length > 0 ? asking : undefined} onClick={onClick}>
        <span class="grow">{query.question}</span>
        {query.parameters.length > 0 && <span aria-hidden="true">{asking ? '▾' : '▸'}</span>}
      </button>
      {query.remarks.map((remark) => (
        <p key={remark} class="hint">
          {remark}
        </p>
      ))}
      {asking && <Parameters query={query} state={state} onAsk={ask} />}
    </section>
  );
}

function Parameters({ query, state, onAsk }: { query: Query; state: State; onAsk: (values: Record<string, string>) => void }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    onAsk(Object.fromEntries([...data].map(([name, value]) => [name, String(value)])));
  };
  return (
    <form class="parameters" onSubmit={submit}>
      {query.parameters.map((parameter) => (
        <label key={parameter.name}>
          {parameter.description}
          <ParameterInput parameter={parameter} state={state} start={startOf(parameter, state, query)} />
        </label>
      ))}
      <button class="primary" type="submit">
        Ask
      </button>
    </form>
  );
}

function ParameterInput({ parameter, state, start }: { parameter: Parameter; state: State; start: string }) {
  const names = optionsOf(parameter, state);
  const list = names.length === 0 ? undefined : `values-of-${parameter.name}`;
  return (
    <>
      <input name={parameter.name} type="text" required={parameter.defaultValue === undefined} list={list} spellcheck={false} autocomplete="off" defaultValue={start} />
      {list !== undefined && (
        <datalist id={list}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      )}
    </>
  );
}

function startOf(parameter: Parameter, state: State, query: Query): string {
  const before = state.view.query === query.name ? state.view.parameters[parameter.name] : undefined;
  if (before !== undefined) return before;
  const selected = state.view.service === undefined ? undefined : state.graph.services.get(state.view.service);
  if (selected !== undefined && (parameter.name === 'service' || parameter.name === 'from')) return selected.arn;
  if (selected !== undefined && parameter.name === 'namespace') return selected.namespace;
  return parameter.defaultValue === 'null' ? '' : (parameter.defaultValue ?? '');
}

/** Choices for what a parameter's name says that it is. */
function optionsOf(parameter: Parameter, state: State): string[] {
  const { services, namespaces } = state.graph;
  switch (parameter.name) {
    case 'service':
    case 'from':
    case 'to':
      return [...new Set([...services.values()].map((service) => service.name))].slice(0, 2000);
    case 'namespace':
      return [...namespaces.values()].map((namespace) => namespace.name);
    case 'tag':
      return [...new Set([...services.values()].flatMap((service) => Object.keys(service.tags)))].slice(0, 200);
    default:
      return [];
  }
}

/** The answer below the graph: what is drawn is said, what is not is a table. */
export function Answer({ result }: { result: QueryResult }) {
  const session = useSession();
  const query = QUERIES.find((each) => each.name === result.query);
  const drawn = result.services.size;
  return (
    <section class="answer" data-testid="query-result" data-query={result.query} data-state={result.state} data-count={result.count} data-rows={result.rows.length} data-services={drawn} aria-label="Answer">
      <header>
        <b class="grow">{query?.question}</b>
        <span class="muted">{summary(result)}</span>
        <button class="close" aria-label="Close the answer" onClick={() => session.setView({ query: undefined, parameters: {} })}>
          <Icon name="close" />
        </button>
      </header>
      {query?.remarks.map((remark) => (
        <p key={remark} class="hint">
          {remark}
        </p>
      ))}
      {result.state === 'failed' && (
        <p class="problem" role="alert">
          {result.message}
        </p>
      )}
      {result.rows.length > 0 && <ResultTable result={result} />}
    </section>
  );
}

/** What an answer is, in a few words. */
export function summary(result: QueryResult): string {
  if (result.state === 'running') return 'Asking …';
  if (result.state === 'failed') return 'failed';
  if (result.count === 0) return 'Nothing: no row answers it.';
  const parts = [
    ...(result.services.size > 0 ? [counted(result.services.size, 'service') + ' drawn'] : []),
    ...(result.others.length > 0 ? [counted(result.others.length, 'other node') + ' drawn'] : []),
    ...(result.rows.length > 0 ? [counted(result.rows.length, 'row')] : []),
  ];
  return parts.length === 0 ? `${counted(result.count, 'row')}, of namespaces only` : parts.join(', ');
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

function ResultTable({ result }: { result: QueryResult }) {
  return (
    <div class="table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            {result.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.rows.slice(0, MOST_ROWS).map((row, index) => (
            <tr key={index}>
              {row.map((value, column) => (
                <td key={column}>{cell(value)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {result.rows.length > MOST_ROWS && <p class="hint">{result.rows.length - MOST_ROWS} more rows</p>}
    </div>
  );
}

function cell(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map((each) => cell(each as Value)).join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
