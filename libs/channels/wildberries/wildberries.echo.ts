import { attributesEcho, echoJudge, numberForm, plainEchoes } from '#channels/contract';

/** Does Wildberries show what we want, in its own way of showing it? Rules: docs/channels/wildberries.md, "What counts as equal". Case is its own. */
export const isEcho = echoJudge({
  ...plainEchoes,
  attributes: attributesEcho((_id, desired, observed) => numberForm(desired.text).toLowerCase() === numberForm(observed.text).toLowerCase()),
});
