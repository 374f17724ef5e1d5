import { answer, api } from '../../../api/client';
import type { Product } from '../../../api/types';
import { useAnswer } from '../../../api/useAnswer';
import { Icon } from '../../../parts/Icon';
import { Text } from '../../../parts/Look';
import { plain, plural } from '../../../parts/words';
import { lacks } from '../draft';
import { absent, leaveOut, shownTarget } from '../targets';
import { Foot, Next } from '../Foot';
import { stepAt } from '../places';
import type { StepProps } from '../Wizard';
import { ColumnRow } from './ColumnRow';
import { ProductChoice } from './ProductChoice';

/** What each column of the file is. */
export default function ColumnsStep({ upload, suggestion, kept }: StepProps) {
  const { draft } = kept;
  const products = useAnswer('products', () => answer(api.GET('/products', { params: { query: { top: 1000 } } })));
  const product = products.data?.items.find(one => one.id === draft.integration.products?.[0]?.product);
  const open = suggestion.columns.filter(column => shownTarget(draft, column) === '');
  const missing = absent(draft, suggestion.columns);
  return (
    <>
      <section aria-labelledby="columns">
        <div class="sec">
          <h2 id="columns">What each column is</h2>
          <p>
            {open.length > 0
              ? <b>{plural(open.length, 'column')} {open.length === 1 ? 'waits' : 'wait'} for you</b>
              : lacks(draft).length > 0 ? <b>{lacks(draft)[0]}</b>
                : missing.length > 0
                  ? <b>{plural(missing.length, 'mapped column')} {missing.length === 1 ? 'isn’t' : 'aren’t'} in this file</b>
                  : 'Nothing waits for you'}
          </p>
          <ProductChoice products={products.data?.items ?? []} upload={upload} suggestion={suggestion} kept={kept} />
        </div>
        <div class="scroll">
          <table class="map">
            <caption class="vh">Columns of the file, what they hold and what they are</caption>
            <thead>
              <tr>
                <th scope="col">Column</th><th scope="col">Samples</th><th scope="col" class="n">Blank</th><th scope="col">Type</th>
                <th scope="col">Target</th><th scope="col">How sure</th><th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {suggestion.columns.map((column, at) => (
                <ColumnRow key={at} column={column} kept={kept} suggestion={suggestion} dimensions={dimensionsOf(product, kept)} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {missing.length > 0 && (
        <section aria-labelledby="missing">
          <h2 id="missing">Not in this file</h2>
          <p class="soft">Without them it can’t be imported: say which column of the file each is, or leave it out.</p>
          {missing.map(name => (
            <div class="note warn after" key={name}>
              <Icon name="warn" /><span><code>{name}</code> is mapped, and no column of the file is called so.</span>
              <button class="btn slim" type="button" onClick={() => kept.change(now => leaveOut(now, name))}>
                Leave out<span class="vh"> {name}</span>
              </button>
            </div>
          ))}
        </section>
      )}
      {suggestion.warnings.length > 0 && (
        <section aria-labelledby="warnings">
          <h2 id="warnings">Look at these</h2>
          {suggestion.warnings.map(one => (
            <div class="note warn after" key={one.message}><Icon name="warn" /><span>{plain(one.message)}</span></div>
          ))}
        </section>
      )}
      <section aria-labelledby="reasons">
        <h2 id="reasons" class="before">Of the file as a whole</h2>
        <ul class="plain-list">
          <li>
            The header is in line {suggestion.file.headerRow}.
            {suggestion.file.nullTokens.length > 0 && (
              <> As blank count {suggestion.file.nullTokens.map(one => <><Text>{one}</Text> </>)}.</>
            )}
            {' '}<a class="u" href={stepAt(upload.id, 'file')}>Its first lines</a>
          </li>
          {suggestion.file.sheets.length > 1 && (
            <li>
              Of its {plural(suggestion.file.sheets.length, 'sheet')} this is
              {' '}<b>{draft.integration.file?.sheet ?? suggestion.file.sheets[0]}</b>.
              {' '}<a class="u" href={stepAt(upload.id, 'file')}>Take another sheet</a>
            </li>
          )}
          {suggestion.reasons.filter(one => one.column === null).map(one => <li key={one.reason}>{plain(one.reason)}</li>)}
        </ul>
      </section>
      <Foot back={stepAt(upload.id, 'file')} next={<Next to={stepAt(upload.id, 'dates')} word="Dates and accounts" />}>
        {open.length > 0 && (
          <>
            <Icon name="ask" class="wait" /> <b>{open.map(one => one.name).join(', ')}</b>
            {open.length === 1 ? ' has' : ' have'} no target, and would be left out
          </>
        )}
      </Foot>
    </>
  );
}

/** Those that are there, and those that are made with the import. */
function dimensionsOf(product: Product | undefined, { draft }: StepProps['kept']): readonly (readonly [string, string])[] {
  const stored = (product?.dimensions ?? []).map((one): [string, string] => [one.id, one.name]);
  const made = (draft.integration.products?.[0]?.dimensions ?? [])
    .filter(one => one.create && !stored.some(([id]) => id === one.dimension))
    .map((one): [string, string] => [one.dimension, `${one.create?.name ?? one.dimension} (new)`]);
  return [...stored, ...made];
}
