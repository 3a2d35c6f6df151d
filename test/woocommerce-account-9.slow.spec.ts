import { describeAccount } from './woocommerce-account.js';

describeAccount(9);
