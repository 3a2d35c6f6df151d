import { describeChannel } from '#channels/testkit';
import { wildberriesDriver } from './conformance-wildberries.js';

describeChannel('wildberries', wildberriesDriver);
