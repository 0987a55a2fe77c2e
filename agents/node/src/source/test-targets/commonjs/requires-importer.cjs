const { twice } = require('../modules/importer.mjs');
console.log('required importer', twice());
