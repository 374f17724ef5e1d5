import { number } from '../../../parts/words';
import type { FirstLines } from '../../../api/types';

/** The first lines as they stand in the file, and how each is read; without a header nothing of it can be. */
export function Lines({ lines, header = 0, ignored = new Set(), set }: {
  lines: FirstLines;
  header?: number;
  /** Lines below the header that are no rows. */
  ignored?: ReadonlySet<number>;
  set?: (header: number) => void;
}) {
  const isOut = (line: number) => line < header || ignored.has(line);
  return (
    <section aria-labelledby="lines">
      <div class="sec">
        <h2 id="lines">Its first lines</h2>{header > 0 && <p>The header is in line {number(header)}; what stands above it is no row</p>}
      </div>
      <div class="scroll x" role="region" tabIndex={0} aria-label="First lines of the file, table">
        <table class="raw">
          <caption class="vh">First lines of the file</caption>
          <thead>
            <tr>
              <th scope="col" class="n">Line</th>
              {set && <th scope="col">Read as</th>}
              <th scope="col">Text</th>
              {set && <th scope="col">Header</th>}
            </tr>
          </thead>
          <tbody>
            {lines.lines.map(line => (
              <tr key={line.number} class={isOut(line.number) ? 'skipd' : line.number === header ? 'hd' : ''}>
                <td class="n">{number(line.number)}</td>
                {set && <td class="mark">{isOut(line.number) ? 'Skipped' : line.number === header ? 'Header' : 'Row'}</td>}
                <td>{line.text}{line.cut && '…'}</td>
                {set && (
                  <td class="act">
                    {line.number !== header && (
                      <button class="btn slim plain" type="button" onClick={() => set(line.number)}>
                        It is the header<span class="vh">: line {line.number}</span>
                      </button>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
