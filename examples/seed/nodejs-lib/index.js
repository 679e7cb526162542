/** The package's folder in the origin document; the library is `distributed-logs`. */
module.exports = require('../../../clients/node');
