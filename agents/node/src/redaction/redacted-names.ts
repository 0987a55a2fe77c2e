/**
 * Names whose values never leave the process, as `normalizeName` writes them: lower case, without `_ - $ @ .`.
 * Whole names, not parts of names: `tokens` the count and `passwordless` the flag stay readable.
 */
export const redactedNames: readonly string[] = [
  // Passwords and pass phrases
  ...['password', 'passwords', 'passwd', 'passwort', 'passwordhash', 'hashedpassword', 'passwordsalt', 'userpassword'],
  ...['adminpassword', 'dbpassword', 'newpassword', 'oldpassword', 'currentpassword', 'confirmpassword', 'pwd', 'pass'],
  ...['passphrase', 'passcode', 'rootpassword', 'pgpassword', 'mysqlpassword', 'redispassword', 'smtppassword'],
  // Secrets
  ...['secret', 'secrets', 'secretkey', 'secretkeybase', 'secretvalue', 'secretaccesskey', 'awssecretaccesskey'],
  ...['sharedsecret', 'clientsecret', 'appsecret', 'apisecret', 'consumersecret', 'webhooksecret', 'sessionsecret'],
  ...['jwtsecret', 'cookiesecret', 'masterkey', 'recoverycode', 'recoverycodes', 'securityanswer', 'mysecret'],
  // Tokens
  ...['token', 'accesstoken', 'refreshtoken', 'idtoken', 'authtoken', 'bearertoken', 'usertoken', 'apitoken'],
  ...['sessiontoken', 'securitytoken', 'resettoken', 'passwordresettoken', 'verificationtoken', 'devicetoken'],
  ...['clienttoken', 'oauthtoken', 'oauthtokensecret', 'tokensecret', 'xauthtoken', 'xamzsecuritytoken', 'xapitoken'],
  ...['awssessiontoken', 'githubtoken', 'ghtoken', 'npmtoken', 'slacktoken', 'vaulttoken', 'xvaulttoken', 'bearer'],
  // Authorization
  ...['auth', 'authentication', 'authorization', 'proxyauthorization', 'xauthorization', 'basicauth', 'authkey'],
  ...['authcode', 'authorizationcode', 'authinfo', 'credential', 'credentials', 'wwwauthenticate', 'clientid'],
  ...['oauth', 'oauthcode', 'codeverifier', 'assertion', 'samlresponse', 'remoteuser'],
  // Keys
  ...['apikey', 'xapikey', 'appkey', 'applicationkey', 'accesskey', 'accesskeyid', 'awsaccesskeyid', 'privatekey'],
  ...['publickey', 'sshkey', 'sshprivatekey', 'gpgkey', 'pgpkey', 'rsakey', 'encryptionkey', 'decryptionkey'],
  ...['signingkey', 'sharedkey', 'servicekey', 'serviceaccountkey', 'subscriptionkey', 'licensekey', 'keymaterial'],
  ...['stripekey', 'sendgridapikey', 'openaiapikey', 'anthropicapikey', 'accountkey', 'storagekey', 'pem'],
  // Sessions and forgery tokens
  ...['cookie', 'cookies', 'setcookie', 'session', 'sessionid', 'sessionkey', 'sessiondata', 'sid', 'connectsid'],
  ...['jsessionid', 'phpsessid', 'csrf', 'csrftoken', 'xcsrftoken', 'csrfmiddlewaretoken', 'xsrf', 'xsrftoken'],
  ...['xxsrftoken', 'antiforgerytoken'],
  // One-time and signed things
  ...['jwt', 'jti', 'nonce', 'otp', 'otpcode', 'totp', 'totpsecret', 'mfa', 'mfacode', 'mfasecret', '2fa', '2facode'],
  ...['twofactorcode', 'pin', 'pincode', 'pinnumber', 'signature', 'xsignature', 'xhubsignature', 'xhubsignature256'],
  ...['hmac', 'salt', 'cipher', 'ciphertext', 'privateexponent', 'seedphrase', 'mnemonic'],
  // Payment
  ...['creditcard', 'creditcardnumber', 'cardnumber', 'ccnumber', 'ccn', 'pan', 'cvv', 'cvv2', 'cvc', 'cvc2'],
  ...['cardcvc', 'cardcvv', 'securitycode', 'cardexpiry', 'accountnumber', 'bankaccount', 'bankaccountnumber', 'iban'],
  ...['bic', 'routingnumber', 'sortcode', 'transactionid'],
  // A person's numbers
  ...['ssn', 'socialsecuritynumber', 'socialsecurity', 'taxid', 'taxpayerid', 'passport'],
  ...['passportnumber', 'driverslicense', 'driverlicense', 'driverslicensenumber', 'voterid', 'nationalid'],
  // Ways into a store
  ...['connectionstring', 'dbconnectionstring', 'databaseurl', 'dburl', 'dsn', 'sentrydsn', 'redisurl', 'mongodburi'],
  ...['mongouri', 'amqpurl', 'postgresurl', 'jdbcurl'],
  // Where a person is
  ...['ip', 'ipaddress', 'ipaddr', 'clientip', 'remoteip', 'remoteaddr', 'remoteaddress', 'xforwardedfor'],
  ...['forwarded', 'forwardedfor', 'xrealip', 'trueclientip', 'cfconnectingip', 'geolocation'],
  ...['latitude', 'longitude', 'latlng'],
];
