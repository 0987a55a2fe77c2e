import { serve } from '../driver.cjs';
import * as orders from './orders.ts';
serve(orders);
