import { describeChannel } from '#channels/testkit';
import { ozonDriver } from './conformance-ozon.js';

describeChannel('ozon', ozonDriver);
