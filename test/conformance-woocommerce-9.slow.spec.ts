import { describeChannel } from '#channels/testkit';
import { woocommerceDriver } from './conformance-woocommerce.js';

describeChannel('woocommerce 9', () => woocommerceDriver(9));
