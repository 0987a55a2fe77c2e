const { serve } = require('../driver.cjs');
serve(require('./orders.cts'));
