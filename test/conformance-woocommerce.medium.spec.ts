import { describeChannel } from '#channels/testkit';
import { woocommerceDriver } from './conformance-woocommerce.js';

describeChannel('woocommerce 11', () => woocommerceDriver(11));
