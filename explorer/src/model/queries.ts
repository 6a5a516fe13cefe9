/** A file of docs/queries: a question, its parameters, one statement that only reads. */
export interface Query {
  readonly name: string;
  readonly question: string;
  /** What has to be known to read the answer. */
  readonly remarks: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly statement: string;
}

export interface Parameter {
  readonly name: string;
  readonly description: string;
  /** As Cypher's literal says it; undefined where a person has to choose. */
  readonly defaultValue: string | undefined;
}

const COMMENT = /^\s*\/\/\s*/;
const PARAMETER = /^\/\/\s*\$(\w+):\s*(.*?)\s*(?:\(default:\s*(.*)\))?\s*$/;

/** Reads a file: its first line is the question, those below it describe parameters, or are remarks. */
export function parseQuery(path: string, text: string): Query {
  const lines = text.split(/\r?\n/);
  const name = path.replace(/^.*\//, '').replace(/\.cypher$/, '');
  const question = (lines[0] ?? '').replace(/^\/\/\s*/, '').trim();
  const parameters = lines.flatMap((line) => {
    const match = PARAMETER.exec(line);
    return match === null ? [] : [{ name: match[1]!, description: match[2]!, defaultValue: literal(match[3]) }];
  });
  // Comments within the statement are for those who read that.
  const begin = lines.findIndex((line) => !COMMENT.test(line));
  const remarks = lines
    .slice(1, begin < 0 ? undefined : begin)
    .filter((line) => !PARAMETER.test(line))
    .map((line) => line.replace(COMMENT, '').trim())
    .filter((remark) => remark !== '');
  const statement = lines
    .filter((line) => !COMMENT.test(line))
    .join('\n')
    .trim()
    .replace(/;\s*$/, '');
  return { name, question, remarks, parameters, statement };
}

function literal(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const quoted = /^(['"])(.*)\1$/s.exec(text.trim());
  return quoted === null ? text.trim() : quoted[2]!;
}

/** What a person typed, as the database gets it: a number where the parameter counts something. */
export function valueOf(parameter: Parameter, text: string): string | number | null {
  if (text === '' || text === 'null') return null;
  return parameter.name === 'hours' || /^-?\d+$/.test(parameter.defaultValue ?? '') ? Number(text) : text;
}
