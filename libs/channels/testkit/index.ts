export { adoptedProduct, changedByAdoption } from './adopted-again.js';
export { describeChannel } from './describe-channel.js';
export type { AppliedWrite, Change, Driver, ThrottleAnswer } from './driver.js';
export { DUTIES, DUTIES_OF_ABILITIES } from './duties/index.js';
export { model } from './model/model.channel.js';
export { ModelMarket } from './model/model-market.js';
export { SCRIPTED_NOW, scripted, scriptedRun, type Scripted, type ScriptedAnswer, type ScriptedRequest } from './scripted.js';
