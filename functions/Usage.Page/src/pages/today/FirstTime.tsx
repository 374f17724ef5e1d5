import { useAction } from '../../api/useAction';
import { Icon } from '../../parts/Icon';
import { runAt, usePlace } from '../../parts/place';
import { Empty, ErrorBox } from '../../parts/States';
import { sendSample } from './sample';

/** The first thing that somebody sees of a new installation. */
export function FirstTime({ may }: { may: boolean }) {
  const place = usePlace();
  const action = useAction();
  const start = () => action.run(async () => place.route(runAt(await sendSample())));
  return (
    <Empty title="Nothing is set up yet">
      <p>
        Files of product usage become values by account, product and date. An integration says how one kind of file is read; the API
        makes products, accounts and integrations.
      </p>
      {may && (
        <>
          <p>Try it first: a product, three accounts, an integration and a file of three rows are made, which you can undo and delete.</p>
          <div class="btns">
            <button class="btn main" type="button" disabled={action.busy} onClick={start}>
              <Icon name="import" />Try it with a sample file
            </button>
          </div>
        </>
      )}
      {action.problem && <ErrorBox problem={action.problem} />}
    </Empty>
  );
}
