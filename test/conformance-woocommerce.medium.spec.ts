import { describeChannel } from '#channels/testkit';
import { woocommerceDriver } from './conformance-woocommerce.js';

describeChannel('woocommerce', woocommerceDriver);
