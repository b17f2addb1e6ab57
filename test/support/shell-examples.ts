/** A request as an example of a page makes it with curl. */
export type ExampleRequest = { method: string; url: string; headers: Record<string, string>; body: string | undefined };

/** The words of one command: quoted parts belong to the word they touch, and names are filled in but in single quotes. */
function wordsOf(command: string, names: Readonly<Record<string, string>>): string[] {
  const fill = (text: string) =>
    text.replace(/\$([A-Z]+)/g, (_, name: string) => {
      const value = names[name];
      if (value === undefined) throw new Error(`$${name} is not set before: ${command}`);
      return value;
    });
  const words: string[] = [];
  for (const [word] of command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g))
    words.push(
      word.replace(/'([^']*)'|"([^"]*)"|([^'"]+)/g, (_, single?: string, double?: string, bare?: string) =>
        single === undefined ? fill(double ?? bare ?? '') : single,
      ),
    );
  return words;
}

function requestOf(words: readonly string[], files: Readonly<Record<string, string>>): ExampleRequest {
  const request: ExampleRequest = { method: 'GET', url: '', headers: {}, body: undefined };
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? '';
    const value = words[index + 1] ?? '';
    if (!word.startsWith('-')) {
      request.url = word;
      continue;
    }
    index++;
    if (word === '-X') request.method = value;
    else if (word === '-H') request.headers[value.split(': ', 1)[0] ?? ''] = value.replace(/^[^:]*: /, '');
    else if (word === '-d') request.body = value;
    else if (word === '--data-binary' && value.startsWith('@')) request.body = files[value.slice(1)];
    else throw new Error(`An example uses ${word}, which is not known here`);
  }
  return request;
}

/**
 * The requests that the examples of a page make, in order: of its blocks marked `sh`, read as a shell would read the
 * little that they use (quotes, continued lines, `export`, files written with `cat`), so that nobody needs one to test
 * them. `set` stands for what a reader puts in place of the values that are exported.
 */
export function exampleRequests(page: string, set: Readonly<Record<string, string>>): ExampleRequest[] {
  const script = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block).join('');
  const files: Record<string, string> = {};
  const withoutFiles = script.replace(/^cat > (\S+) <<'END'\n(.*?)^END\n/gms, (_, name: string, text: string) => {
    files[name] = text;
    return '';
  });
  const commands = withoutFiles.replaceAll('\\\n', ' ').matchAll(/^\S(?:'[^']*'|"[^"]*"|[^'"\n])*$/gm);
  const requests: ExampleRequest[] = [];
  for (const [command] of commands) {
    const words = wordsOf(command, set);
    if (words[0] === 'curl') requests.push(requestOf(words, files));
    else if (words[0] !== 'export') throw new Error(`An example runs ${words[0]}, which is not known here`);
  }
  return requests;
}
