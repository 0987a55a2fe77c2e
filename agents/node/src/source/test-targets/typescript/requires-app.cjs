require('./app.ts');
