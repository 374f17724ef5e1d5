import { stepAt } from '../places';
import type { StepProps } from '../Wizard';
import { Repair } from './Repairs';

/** What mends every cell or row that an issue is about; where nothing does, where it is mended. */
export function RepairAll({ code, upload, kept }: { code: string } & Pick<StepProps, 'upload' | 'kept'>) {
  if (code.startsWith('decimal-separator-')) return <Separators kept={kept} />;
  const place = code.startsWith('date-order-') || code === 'file-date-missing' ? 'dates'
    : code === 'missing-column' || code === 'duplicate-column' ? 'columns'
      : code === 'not-a-csv' || code === 'empty-file' ? 'file' : null;
  if (place !== null) return <a class="btn slim" href={stepAt(upload.id, place)}>{words[place]}</a>;
  return byRow.includes(code) ? <span class="soft small">Row by row, once it is imported</span> : null;
}

const words = { dates: 'Say how dates are read', columns: 'Say what each column is', file: 'See its first lines' } as const;

const byRow = ['wrong-cell-count', 'malformed-quote', 'nul-byte', 'bad-encoding'];

function Separators({ kept: { draft, change } }: Pick<StepProps, 'kept'>) {
  const now = draft.integration.file?.decimalSeparator ?? null;
  const set = (decimalSeparator: string | null) => change(one => ({
    ...one, integration: { ...one.integration, file: { ...one.integration.file, decimalSeparator } },
  }));
  return (
    <span class="btns tight end-j">
      {[['.', 'Point: 1.5'], [',', 'Comma: 1,5']].map(([separator = '', word = '']) => (
        <Repair key={separator} word={word} of="decimals" on={now === separator} toggle={() => set(now === separator ? null : separator)} />
      ))}
    </span>
  );
}
